"""The firm's types and outcomes of activities."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.activities import access
from fairlead.activities.models import ActivityOption, Kind
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.shell.marks import COLORS
from fairlead.tenancy.public import Actor

NAME_LENGTH = 60
# What a new firm starts with: (kind, role, name, colour).
USUAL = (
    ("call", "type", "Assessment", "indigo"), ("call", "type", "Coaching", "violet"),
    ("call", "type", "Discovery", "cyan"), ("call", "type", "Follow-up", "blue"), ("call", "type", "Support", "teal"),
    ("call", "outcome", "Connected", "green"), ("call", "outcome", "Left voicemail", "blue"),
    ("call", "outcome", "Left message", "cyan"), ("call", "outcome", "No answer", "slate"),
    ("call", "outcome", "Busy", "amber"), ("call", "outcome", "Wrong number", "red"),
    ("meeting", "type", "Assessment", "indigo"), ("meeting", "type", "Coaching", "violet"),
    ("meeting", "type", "Kick-off", "teal"), ("meeting", "type", "Review", "blue"),
    ("meeting", "outcome", "Held", "green"), ("meeting", "outcome", "Rescheduled", "amber"),
    ("meeting", "outcome", "No-show", "red"), ("meeting", "outcome", "Cancelled", "slate"),
    ("email", "type", "Introduction", "cyan"), ("email", "type", "Proposal", "indigo"),
    ("email", "outcome", "Replied", "green"), ("email", "outcome", "No reply yet", "slate"),
    ("note", "type", "Assessment", "indigo"), ("note", "type", "Coaching", "violet"),
    ("note", "type", "Internal", "slate"),
)  # fmt: skip


@transaction.atomic
def create_option(kind: str, role: str, name: str, *, by: Actor, color: str = "slate") -> ActivityOption:
    """Add a type or outcome to a kind of activity. Raises `InvalidInput` when the name is taken."""
    by.require("activity_options.manage")
    if kind not in Kind.values or role not in ActivityOption.Role.values:
        raise InvalidInput({"kind": ["Choose a kind of activity, and whether it is a type or an outcome."]})
    last = ActivityOption.rows().filter(kind=kind, role=role).order_by("-position").first()
    made = ActivityOption(kind=kind, role=role, position=last.position + 1 if last else 0)
    _save(made, name, color, new=True)
    record("activity_option.created", by=by, subject=("activity_option", made.id), data=_words(made))
    return made


@transaction.atomic
def update_option(option_id: UUID, *, by: Actor, name: str | None = None, color: str | None = None) -> ActivityOption:
    """Rename or colour an option; what was logged with it shows the new name."""
    by.require("activity_options.manage")
    found = access.option(by, option_id, lock=True)
    _save(found, found.name if name is None else name, found.color if color is None else color)
    record("activity_option.updated", by=by, subject=("activity_option", found.id), data=_words(found))
    return found


@transaction.atomic
def archive_option(option_id: UUID, *, by: Actor, archived: bool = True) -> ActivityOption:
    """Offer an option no longer, or again; what was logged with it keeps it."""
    by.require("activity_options.manage")
    found = access.option(by, option_id, lock=True)
    if (found.archived_at is not None) != archived:
        found.archived_at = clock.now() if archived else None
        found.save(update_fields=["archived_at", "updated_at"])
        name = "activity_option.archived" if archived else "activity_option.unarchived"
        record(name, by=by, subject=("activity_option", found.id), data=_words(found))
    return found


@transaction.atomic
def sort_options(option_ids: Sequence[UUID], *, by: Actor) -> None:
    """Put options into the order of the first one's place; what is not named, added meanwhile say, comes after.

    All of a place are locked, in one order: of two people who sort at once the later has the last word, whole.
    """
    by.require("activity_options.manage")
    first = access.options(by).filter(pk__in=option_ids[:1]).first()
    if first is None:
        return
    alike = access.options(by).filter(kind=first.kind, role=first.role)
    found = {o.pk: o for o in alike.select_for_update(of=("self",)).order_by("pk")}
    named = [found.pop(pk) for pk in dict.fromkeys(option_ids) if pk in found]
    ordered = named + sorted(found.values(), key=lambda o: (o.position, o.name_norm))
    if [o.position for o in ordered] == list(range(len(ordered))):
        return
    for place, option in enumerate(ordered):
        option.position = place
    ActivityOption.objects.bulk_update(ordered, ["position"])
    data = _words(first) | {"order": [o.name for o in ordered]}
    record("activity_option.reordered", by=by, subject=("activity_option", first.id), data=data)


@transaction.atomic
def furnish(by: Actor) -> int:
    """Give the firm the usual types and outcomes; those it has stay. Returns how many are new."""
    made = [
        ActivityOption(kind=kind, role=role, name=name, name_norm=fold(name), color=color, position=place)
        for place, (kind, role, name, color) in enumerate(USUAL)
    ]
    before = ActivityOption.rows().count()
    ActivityOption.objects.bulk_create(made, ignore_conflicts=True)
    return ActivityOption.rows().count() - before


def furnish_firm(by: Actor) -> None:
    """Give a new firm its types and outcomes."""
    furnish(by)


def add_usual_options(*, by: Actor) -> int:
    """Add those of the usual types and outcomes that the firm does not have; returns how many."""
    by.require("activity_options.manage")
    return furnish(by)


def _save(found: ActivityOption, name: str, color: str, *, new: bool = False) -> None:
    found.name, found.color = squeeze(name), color
    found.name_norm = fold(found.name)
    errors: dict[str, list[str]] = {}
    if not 0 < len(found.name) <= NAME_LENGTH:
        errors["name"] = [f"A name of 1 to {NAME_LENGTH} characters is expected."]
    if color not in COLORS:
        errors["color"] = ["Choose a colour of the palette."]
    if errors:
        raise InvalidInput(errors)
    with unique(f"There is already one called {found.name}."):
        found.save(force_insert=new)


def _words(found: ActivityOption) -> dict[str, Any]:
    return {"name": found.name, "kind": Kind(found.kind).label.lower(), "role": found.role}
