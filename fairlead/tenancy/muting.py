"""Muting the whole installation: whatever sends to the outside asks `is_muted()` first."""

from django.db import DEFAULT_DB_ALIAS, transaction

from fairlead.kernel.clock import now
from fairlead.tenancy.models import Muting


def is_muted() -> bool:
    """Tell whether nothing may leave this installation now."""
    return Muting.objects.filter(ended_at=None).exists()


def mute(reason: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Hold back everything from now on; nothing changes when it is held back already."""
    with transaction.atomic(using=using):
        if not Muting.objects.using(using).filter(ended_at=None).exists():
            Muting.objects.using(using).create(reason=reason)


def unmute(by: str) -> bool:
    """Let the installation send again; `by` is the person's name. Return False when it was not muted."""
    return bool(Muting.objects.filter(ended_at=None).update(ended_at=now(), ended_by=by))
