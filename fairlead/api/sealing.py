"""Bodies of kept answers, encrypted at rest: one may hold the text of a new key, which is stored nowhere else."""

from fairlead.kernel import crypto
from fairlead.kernel.errors import Conflict

_BEGINNING = b"gAAAA"  # of whatever Fernet wrote; JSON, as it was kept before, begins otherwise
_BYTES = "latin-1"  # each byte is a character


def sealed(body: bytes) -> bytes:
    """Return a body as it is stored."""
    return crypto.encrypt(body.decode(_BYTES)).encode("ascii")


def opened(stored: bytes) -> bytes:
    """Return what was sealed. Raises `Conflict` when the field key that did it is gone: nothing is done twice."""
    if not stored.startswith(_BEGINNING):
        return stored
    try:
        return crypto.decrypt(stored.decode("ascii")).encode(_BYTES)
    except crypto.UnreadableSecret:
        raise Conflict("The first answer to this Idempotency-Key cannot be read any more. Use another key.") from None


def rotated(stored: bytes) -> bytes:
    """Return a stored body under the first field key; raises `crypto.UnreadableSecret`."""
    if not stored.startswith(_BEGINNING):
        return sealed(stored)
    return crypto.rotate(stored.decode("ascii")).encode("ascii")
