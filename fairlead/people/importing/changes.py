"""What a row changes about a contact that is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fairlead.kernel import clock
from fairlead.kernel import phone as phones
from fairlead.people import naming
from fairlead.people.importing.drafts import CHANNELS, Address, Drafts, Number, bounce
from fairlead.people.importing.targets import BOUNCED, Blocked
from fairlead.people.models import Consent, Contact, ContactEmail, ContactPhone, Lifecycle
from fairlead.records.imports.plug import Context

ONLY_WHEN_NEW = frozenset({"created_at"})
KEPT_IF_EMPTY = frozenset({"lifecycle", "owner_id", "converted_by_id"})
_WEAKER: dict[str, tuple[str, ...]] = {
    Consent.OPTED_IN: (Consent.UNKNOWN, Consent.PENDING),
    Consent.PENDING: (Consent.UNKNOWN,),
}
MOMENTS = frozenset({"last_activity_at", "converted_at"})  # a file has their whole seconds


@dataclass(slots=True)
class Known:
    """A contact as it is: its row, addresses, numbers, tag and list ids."""

    contact: Contact
    emails: list[ContactEmail] = field(default_factory=list)
    phones: list[ContactPhone] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Change:
    """What becomes of a known contact. `before` and `after` hold the attributes of its row that differ."""

    known: Known
    line: int
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    emails: list[Address] = field(default_factory=list)
    phones: list[tuple[Number, str]] = field(default_factory=list)
    replaced_phone: ContactPhone | None = None
    tags: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    suppress: list[Blocked] = field(default_factory=list)
    extras: dict[str, list[str]] = field(default_factory=dict)

    def set(self, attribute: str, value: Any) -> None:
        """Note a new value of an attribute, unless it is the old one."""
        old = getattr(self.known.contact, attribute)
        if old != value:
            self.before.setdefault(attribute, old)
            self.after[attribute] = value

    def now(self, attribute: str) -> Any:
        """Return the attribute's value after the change."""
        return self.after.get(attribute, getattr(self.known.contact, attribute))

    @property
    def converts(self) -> bool:
        """Tell whether the person becomes a client."""
        return self.after.get("lifecycle") == Lifecycle.CLIENT

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        beside = self.emails or self.phones or self.tags or self.lists or self.left or self.suppress or self.extras
        return not (self.after or beside)


class Comparer:
    """Compares the rows of a batch with the contacts they match."""

    def __init__(self, drafts: Drafts, context: Context, references: Mapping[str, Sequence[Any]]) -> None:
        self._drafts = drafts
        self._options, self._by, self._required = context.options, context.by, context.required
        self._country = context.home.country
        self._speaks_of_channels = any(name in drafts.kept for name in CHANNELS)
        self._references = references  # attribute to one resolved id a row: company_id, owner_id

    def change(self, index: int, known: Known, tags: Sequence[str], lists: Sequence[str]) -> Change:
        """Return what the row at `index` changes."""
        change = Change(known, self._drafts.batch.lines[index])
        self._fields(index, change)
        self._converted(index, change)
        self._custom(index, change)
        self._emails(index, change)
        self._phones(index, change)
        self._consent(index, change)
        change.tags = [t for t in tags if t not in known.tags]
        change.lists = [c for c in lists if c not in known.lists]
        if any(n in change.after for n in ("first_name", "last_name", "email", "phone")):
            first, last = change.now("first_name"), change.now("last_name")
            change.set("name", naming.full_name(first, last, change.now("email"), change.now("phone")))
            change.set("sort_key", naming.sort_key(first, last, change.now("name")))
        return change

    def _fields(self, index: int, change: Change) -> None:
        for name, values in [*self._drafts.plain.items(), *self._references.items()]:
            if name in ONLY_WHEN_NEW:
                continue
            value, old = values[index], getattr(change.known.contact, name)
            if value is None:
                if self._options.clear and name not in KEPT_IF_EMPTY:
                    change.set(name, Contact._meta.get_field(name).get_default())  # type: ignore[union-attr]
            elif old in (None, "") or old is False:  # a score of 0 is filled, no mark is not
                change.set(name, value)
            elif self._options.overwrite:
                same = name in MOMENTS and value == old.replace(microsecond=0)
                change.set(name, old if same else value)

    def _converted(self, index: int, change: Change) -> None:
        """Say since when and by whom somebody who becomes a client is one: at the row's time, else now."""
        if change.converts:
            dates = self._drafts.plain.get("converted_at")
            change.set("converted_at", (dates[index] if dates else None) or clock.now())
            if not (given := self._references.get("converted_by_id")) or given[index] is None:
                change.set("converted_by_id", self._by.membership_id)

    def _custom(self, index: int, change: Change) -> None:
        if not self._drafts.custom:
            return
        custom = dict(change.known.contact.custom)
        for key, values in self._drafts.custom.items():
            value = values[index]
            if value is None:
                if self._options.clear and key not in self._required:
                    custom.pop(key, None)
            elif key not in custom or self._options.overwrite:
                custom[key] = value.value
        change.set("custom", custom)

    def _emails(self, index: int, change: Change) -> None:
        had = {e.address_norm for e in change.known.emails}
        change.emails = [a for a in self._drafts.emails[index] if a.norm not in had]
        if change.emails and not change.known.contact.email:
            change.set("email", change.emails[0].written)
            change.set("email_norm", change.emails[0].norm)

    def _phones(self, index: int, change: Change) -> None:
        country = change.now("country") or self._country
        had = {p.e164 or phones.digits(p.number) for p in change.known.phones}
        for number in self._drafts.phones[index]:
            e164 = phones.e164(number.typed, country)
            key = e164 or phones.digits(number.typed)
            if key not in had:
                had.add(key)
                change.phones.append((number, e164))
        if not change.phones:
            return
        contact = change.known.contact
        if not contact.phone or self._options.overwrite:
            first, e164 = change.phones[0]
            change.set("phone", e164 or first.typed)
            change.replaced_phone = next((p for p in change.known.phones if p.is_primary), None)

    def _consent(self, index: int, change: Change) -> None:
        words = self._drafts.kept.get("consent")
        word = words[index] if words else None
        contact = change.known.contact
        addresses, days = self._drafts.emails[index], self._drafts.kept.get("opt_out_date")
        change.suppress = list(self._drafts.blocked[index])
        if word == BOUNCED and addresses:
            change.suppress.append(bounce(addresses))
        elif word == Consent.OPTED_OUT and contact.opt_in_status != word:
            change.set("opt_in_status", word)
            change.set("do_not_contact", True)
            change.set("opt_out_date", (days and days[index]) or clock.now())
        elif contact.opt_in_status in _WEAKER.get(word or "", ()):
            change.set("opt_in_status", word)
        if self._speaks_of_channels:
            said, had = self._drafts.channels(index), contact.channels
            change.set("channels", {**had, **said} if self._options.overwrite else {**said, **had})
