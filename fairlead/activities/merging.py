"""Merge fields in texts: `{{contact.first_name|there}}` is the field's value, or "there" while it has none.

The firm's own fields are named by their key: `{{contact.custom.tier}}`. What nobody offers is an error when the text is
saved, so that it never shows up in front of a client.
"""

import html
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext

from fairlead.accounts.public import Membership, as_read_by
from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.activities.models import Signature
from fairlead.activities.worded import worded
from fairlead.kernel import clock, dates
from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Field, FieldType, Record, custom, nouns
from fairlead.tenancy.public import Actor, Firm

_FIELD = re.compile(r"\{\{([^{}]*)\}\}")
_NAME = re.compile(r"([a-z_]+)\.((?:custom\.)?[a-z0-9_]+)\Z")
NOUNS = ("contact", "company")
OWN = {
    "me": {"name": "My name", "first_name": "My first name", "email": "My address", "title": "My title",
           "meeting_link": "My meeting link"},
    "firm": {"name": "Name of the firm"},
    "today": {"date": "Today’s date"},
}  # fmt: skip
_SAID = {
    FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL, FieldType.CHOICE, FieldType.COUNTRY,
    FieldType.LANGUAGE, FieldType.TIME_ZONE, FieldType.DATE, FieldType.RECURRING_DATE,
}  # fmt: skip


def offered() -> dict[str, dict[str, str]]:
    """Return what may be named: group to name to label."""
    found: dict[str, dict[str, str]] = {}
    for noun in NOUNS:
        found[noun] = {f.name: f.label for f in _standard(noun) if f.name != "external_id"}
        if noun == "contact":
            found[noun]["company"] = "Company"
        found[noun] |= {own.name: own.label for own in custom.custom_fields(noun)}
    return found | OWN


def _standard(noun: str) -> list[Field]:
    return [f for f in nouns.get(noun).fields if f.type in _SAID]


def check(text: str) -> None:
    """Raise `InvalidInput` (`body`) naming each merge field that nobody offers."""
    known = offered()
    wrong = []
    for inner in _FIELD.findall(text):
        name = _NAME.match(inner.partition("|")[0].strip())
        if name is None or name[2] not in known.get(name[1], {}):
            wrong.append("{{" + inner + "}}")
    if wrong:
        raise InvalidInput({"body": [f"There is no such field: {', '.join(wrong[:5])}."]}, code="unknown_field")


def merged(text: str, about: About | None, by: Actor, *, escape: Callable[[str], str] = html.escape) -> str:
    """Return the text with its fields filled from a record that the actor may see, its people, and the actor.

    A deal's are its contact and company, else the contact's company.
    """
    if "{{" not in text:
        return text
    values = _values(about, by)

    def fill(match: re.Match[str]) -> str:
        name, _, default = match[1].partition("|")
        return escape(values.get(name.strip()) or html.unescape(default).strip())

    return _FIELD.sub(fill, text)


def _values(about: About | None, by: Actor) -> Mapping[str, str]:
    member = Membership.rows().select_related("user").filter(pk=by.membership_id or access.NOBODY).first()
    with as_read_by(member.user) if member else nullcontext():
        return _own(member, by) | _about(about, by)


def _about(about: About | None, by: Actor) -> dict[str, str]:
    values: dict[str, str] = {}
    found = access.records(by, [about]) if about else {}
    for noun, record in found.values():
        contact = _beside("contact", record, by)
        employer = _beside("company", contact or record, by)
        company = _beside("company", record, by) or employer
        for name, other in (("contact", contact), ("company", company), (noun, record)):
            values |= _of_record(name, other) if other is not None else {}
        values["contact.company"] = str(employer or "")
    return values


def _beside(noun: str, record: Record, by: Actor) -> Record | None:
    """Return the contact or company of a record (of a deal, say) that the actor may see, None without one."""
    other: Record | None = getattr(record, noun, None)
    return other if other is not None and access.records(by, [(noun, other.pk)]) else None


def _of_record(noun: str, record: Record) -> dict[str, str]:
    if noun not in NOUNS:
        return {}
    values = {f"{noun}.{f.name}": worded(f, getattr(record, f.attribute, "")) for f in _standard(noun)}
    for own in custom.custom_fields(noun, archived=True):
        values[f"{noun}.{own.name}"] = worded(own.as_field(), record.custom.get(own.key))
    return values


def _own(member: Membership | None, by: Actor) -> dict[str, str]:
    firm = Firm.objects.only("name").get(pk=by.firm_id)
    values = {"firm.name": firm.name, "today.date": dates.full_day(clock.now())}
    if member is not None:
        signature = Signature.rows().filter(member=member).only("meeting_link").first()
        values |= {
            "me.name": member.user.name, "me.first_name": member.user.first_name, "me.email": member.user.email,
            "me.title": member.title, "me.meeting_link": signature.meeting_link if signature else "",
        }  # fmt: skip
    return values
