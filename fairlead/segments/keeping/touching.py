"""What an event can change: which contacts, and which of the things that criteria speak of.

Known events are read closely; an unknown event of a contact counts as a change of everything about it, so that a
room that is built later cannot leave a segment behind.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fairlead.events.public import Event
from fairlead.people.public import Contact, rolling
from fairlead.records.public import nouns
from fairlead.segments.models import SegmentDependency

EVERYTHING, ALL_COMPANY = "*", "company:"
# What moves with any activity, whatever else an event does.
ALWAYS = ("field:last_activity_at", "field:updated_at")
ROLLED = "company:last_activity_at"  # moves with what happens to any of its people
NAMING = ("first_name", "last_name", "email", "phone")
CONSENT = ("opt_in_status", "opt_out_date", "do_not_contact")
_FIELDS: dict[str, tuple[str, ...]] = {
    "contact.owner_changed": ("owner",),
    "contact.stage_changed": ("lifecycle", "converted_at", "converted_by"),
    "contact.converted": ("converted_at", "converted_by"),
    "contact.opted_out": CONSENT,
    "contact.opted_in": CONSENT,
    "contact.channels_changed": ("channels",),
    "contact.picture_set": (),
    "contact.picture_removed": (),
}
MEMBERSHIPS = ("tag", "list", "segment", "persona")


@dataclass
class Touched:
    """Keys by contact, the event that touched each last, and in `whole` keys of which the records are unknown.

    `rolled` are companies whose last activity may have moved, when some segment asks for it.
    """

    contacts: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    causes: dict[UUID, Event] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    rolled: set[UUID] = field(default_factory=set)

    def note(self, contact: UUID, keys: Iterable[str], event: Event) -> None:
        """Add keys of a contact."""
        self.contacts[contact].update(keys)
        self.causes[contact] = event


def touched(events: Sequence[Event]) -> Touched:
    """Return what the events can have changed."""
    found = Touched()
    companies: dict[UUID, list[tuple[Event, set[str]]]] = defaultdict(list)
    for event in events:
        if event.contact_id is not None:
            found.note(event.contact_id, _of_contact(event), event)
        if event.subject_noun == "company" and event.subject_id is not None:
            keys = set(_of_company(event))
            companies[event.subject_id].append((event, keys))
            if event.type == "company.purged":  # nobody points there any more
                found.whole |= {*keys, "field:company"}
        found.whole |= set(_of_settings(event))
    for pk, event in _rolled(events).items():
        companies[pk].append((event, {ROLLED}))
        found.rolled.add(pk)
    for contact, company in _people_of(companies):
        for event, keys in companies[company]:
            found.note(contact, keys, event)
    return found


def _rolled(events: Sequence[Event]) -> Mapping[UUID, Event]:
    moving = rolling.moving()
    candidates = [e for e in events if e.type in moving]
    if not candidates or not SegmentDependency.rows().filter(key=ROLLED).exists():
        return {}
    return rolling.companies_of(candidates)


def _people_of(companies: Iterable[UUID]) -> Iterator[tuple[UUID, UUID]]:
    ids = list(companies)
    if ids:
        yield from Contact.rows().filter(company_id__in=ids, deleted_at=None).values_list("pk", "company_id")


def _of_contact(event: Event) -> Iterator[str]:
    yield f"event:{event.type}"
    yield from ALWAYS
    if event.type == "contact.updated" and isinstance(event.data.get("changes"), dict):
        yield from _fields(event.data["changes"])
    elif event.type in _FIELDS:
        yield from _fields(_FIELDS[event.type])
    elif event.type.startswith("contact."):
        yield EVERYTHING
    for kind in MEMBERSHIPS:
        if f"{kind}_id" in event.data:
            yield f"{kind}:{event.data[f'{kind}_id']}"


def _fields(names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of a contact's fields, and of those that are worked out from them."""
    computed = nouns.get("contact").computed
    for name in names:
        yield f"field:{name}"
        if name in NAMING:
            yield "field:name"
        yield from (f"field:{f.name}" for f in computed if f.computed and f.computed.reads(name))


def _of_company(event: Event) -> Iterator[str]:
    yield from ("company:last_activity_at", "company:updated_at")
    if event.type == "company.updated" and isinstance(event.data.get("changes"), dict):
        yield from (f"company:{name}" for name in event.data["changes"])
    elif event.type == "company.owner_changed":
        yield "company:owner"
    elif event.type.startswith("company.") and event.type != "company.created":
        yield ALL_COMPANY


def _of_settings(event: Event) -> Iterator[str]:
    """Yield what changes for records that no event of their own tells of."""
    if event.type == "tag.merged":
        yield f"tag:{event.subject_id}"  # their criteria name it by now
    elif event.type.startswith("custom_field."):
        name = f"custom.{event.data.get('field')}"
        if event.data.get("noun") == "contact":
            yield from _fields([name])  # a new field of the firm's makes every profile less complete
        elif event.type != "custom_field.created":
            yield f"{event.data.get('noun')}:{name}"
