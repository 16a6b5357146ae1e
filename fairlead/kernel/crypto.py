"""Secrets at rest: Fernet (AES-128-CBC with HMAC-SHA-256) under the installation's field key."""

import base64
from collections.abc import Callable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableSecret(Exception):
    """The stored secret was written with a field key that this installation does not have."""


def encrypt(text: str) -> str:
    """Return `text` encrypted under the first field key, as URL-safe ASCII."""
    return _keys(settings.FIELD_KEY).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Return the text of what `encrypt` returned under any of the field keys; raise `UnreadableSecret`."""
    try:
        return _keys(settings.FIELD_KEY).decrypt(token.encode()).decode()
    except InvalidToken:
        raise UnreadableSecret("A stored secret cannot be read with the field keys of this installation.") from None


def rotate(token: str) -> str:
    """Return `token` encrypted anew under the first field key; raise `UnreadableSecret`."""
    return encrypt(decrypt(token))


# Encrypts anew, in one transaction, whatever a room keeps encrypted; returns how many secrets that were.
Reencrypt = Callable[[], int]
_holders: dict[str, Reencrypt] = {}


def register_holder(name: str, reencrypt: Reencrypt) -> None:
    """Register what holds secrets, such as `second factors`; another function under the same name raises ValueError."""
    if _holders.setdefault(name, reencrypt) is not reencrypt:
        raise ValueError(f"A holder of secrets called {name} is registered twice.")


def reencrypt_all() -> dict[str, int]:
    """Encrypt every stored secret under the first field key; return how many each holder had.

    Raises `UnreadableSecret` when one was written with a key that is not among the field keys any more; the holder
    that has it is left as it was.
    """
    return {name: reencrypt() for name, reencrypt in _holders.items()}


@lru_cache(maxsize=8)
def _keys(field_key: str) -> MultiFernet:
    """Derive one key from each of the comma-separated field keys (RFC 5869): the first writes, all of them read."""
    return MultiFernet([Fernet(_derive(part.strip())) for part in field_key.split(",") if part.strip()])


def _derive(secret: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fairlead field key").derive(secret.encode())
    return base64.urlsafe_b64encode(key)
