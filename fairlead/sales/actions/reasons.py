"""The firm's words for why deals are won or lost, its competitors, and what it decides once for all deals."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze, whole_number
from fairlead.kernel.unique import unique
from fairlead.sales.models import Reason, SalesSettings
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor, one

NAME_LENGTH = 100
TAKEN = "This is on the list."


@transaction.atomic
def create_reason(kind: str, name: str, *, by: Actor) -> Reason:
    """Add a word to one of the lists: `win`, `loss` or `competitor`."""
    by.require("pipelines.manage")
    if kind not in Reason.Kind.values:
        raise InvalidInput({"kind": [f"Use one of: {', '.join(Reason.Kind.values)}."]})
    last = Reason.rows().filter(kind=kind).aggregate(last=Max("position"))["last"]
    reason = Reason(kind=kind, position=(last or 0) + 1)
    _name(reason, name)
    with unique(TAKEN):
        reason.save(force_insert=True)
    tell_settings("reason.created", reason, by, kind=kind)
    return reason


@transaction.atomic
def update_reason(reason_id: UUID, name: str, *, by: Actor) -> Reason:
    """Rename a word, in past ends too."""
    by.require("pipelines.manage")
    reason: Reason = one(Reason.rows().filter(archived_at=None), reason_id, lock=True)
    _name(reason, name)
    with unique(TAKEN):
        reason.save()
    tell_settings("reason.updated", reason, by, kind=reason.kind)
    return reason


@transaction.atomic
def archive_reason(reason_id: UUID, *, by: Actor) -> None:
    """Take a word off its list; past ends keep it."""
    by.require("pipelines.manage")
    reason: Reason = one(Reason.rows().filter(archived_at=None), reason_id, lock=True)
    reason.archived_at = clock.now()
    reason.save(update_fields=["archived_at", "updated_at"])
    tell_settings("reason.archived", reason, by, kind=reason.kind)


@transaction.atomic
def update_settings(given: dict[str, Any], *, by: Actor) -> SalesSettings:
    """Set `silent_days` (1 to 365) and `loss_reason_required` for the firm."""
    by.require("pipelines.manage")
    found: SalesSettings
    found, _ = SalesSettings.objects.get_or_create()
    if "silent_days" in given:
        days = whole_number(given["silent_days"])
        if days is None or not 1 <= days <= 365:
            raise InvalidInput({"silent_days": ["A number of days from 1 to 365 is expected."]})
        found.silent_days = days
    if "loss_reason_required" in given:
        found.loss_reason_required = bool(given["loss_reason_required"])
    found.save()
    record("sales_settings.updated", by=by, subject=("sales_settings", found.pk), data=dict(given))
    return found


def _name(reason: Reason, name: str) -> None:
    reason.name = squeeze(name)
    reason.name_norm = fold(reason.name)
    if not reason.name or len(reason.name) > NAME_LENGTH:
        raise InvalidInput({"name": [f"A name of 1 to {NAME_LENGTH} characters is expected."]})
    same = Reason.rows().filter(kind=reason.kind, name_norm=reason.name_norm, archived_at=None)
    if same.exclude(pk=reason.pk).exists():
        raise InvalidInput({"name": [TAKEN]})
