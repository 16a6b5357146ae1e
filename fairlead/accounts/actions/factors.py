"""Second factors: what is stored of them is encrypted under the installation's field key."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from fairlead.kernel import crypto

# Where allauth keeps what it had us encrypt; the rest of `data` is counters and public keys.
_SECRETS = ("secret", "seed", "migrated_codes")


@transaction.atomic
def reencrypt_second_factors() -> int:
    """Encrypt TOTP secrets and recovery codes under the first field key; return how many logins' factors had one.

    Not an act of anybody in a firm: the operator calls it after a change of keys. Raises `crypto.UnreadableSecret`.
    """
    count = 0
    for factor in Authenticator.objects.select_for_update().order_by("pk").iterator(chunk_size=500):
        held = {name: _rotated(factor.data[name]) for name in _SECRETS if factor.data.get(name)}
        if held:
            factor.data |= held
            factor.save(update_fields=["data"])
            count += 1
    return count


def _rotated(stored: Any) -> Any:
    return [crypto.rotate(s) for s in stored] if isinstance(stored, list) else crypto.rotate(stored)
