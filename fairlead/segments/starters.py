"""Segments to start from: criteria that most firms want, ready to be changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fairlead.events.public import find
from fairlead.records.public import nouns

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Starter:
    """A proposal: `key` names it in addresses."""

    key: str
    name: str
    description: str
    icon: str
    criteria: Tree


def starters() -> list[Starter]:
    """Return what can be offered; behaviour is only asked for once some room writes it down."""
    return [*_people(), *_industries(), *_behaviour()]


def starter(key: str) -> Starter | None:
    """Return the starter called `key`, or None."""
    return next((s for s in starters() if s.key == key), None)


def engaged() -> Tree:
    """Return the criteria of people who were active in the last 30 days."""
    return {"any": [_active(30), *(_did(name, 30) for name in _known("email.opened", "email.clicked", "page.viewed"))]}


def dormant() -> Tree:
    """Return the criteria of people known for 90 days in which nothing happened."""
    quiet = [{"not": _active(90)}, {"field": "created_at", "op": "before", "value": _ago(90)}]
    names = _known("email.opened", "email.clicked", "page.viewed")
    return {"all": [*quiet, *({"event": {"type": n, "op": "none", "within": {"days": 90}}} for n in names)]}


def _people() -> Iterator[Starter]:
    clients = {"field": "lifecycle", "op": "in", "value": ["client", "evangelist"]}
    large = {"field": "size_band", "op": "in", "value": ["smb", "commercial"]}
    yield Starter(
        "high-value-clients", "High-value clients", "Clients at companies with more than five people.", "diamond",
        {"all": [clients, {"any": [large, {"field": "company.employees", "op": "gte", "value": 6}]}]},
    )  # fmt: skip
    yield Starter(
        "engaged", "Engaged contacts", "Something happened with them in the last 30 days.", "flame", engaged()
    )
    yield Starter("dormant", "Dormant contacts", "Known for 90 days, and silent for as long.", "zzz", dormant())
    yield Starter(
        "new-leads", "New leads", "Leads of the last 30 days who may be contacted.", "sparkles",
        {"all": [{"field": "lifecycle", "op": "in", "value": ["lead", "marketing_qualified", "sales_qualified"]},
                 {"field": "created_at", "op": "in_last", "value": {"amount": 30, "unit": "days"}},
                 {"field": "do_not_contact", "op": "is_false"}]},
    )  # fmt: skip
    yield Starter(
        "win-back", "Former clients to win back", "Former clients who did not opt out.", "heart-handshake",
        {"all": [{"field": "lifecycle", "op": "is", "value": "former_client"},
                 {"not": {"field": "opt_in_status", "op": "is", "value": "OPTED_OUT"}}]},
    )  # fmt: skip
    yield Starter(
        "birthdays", "Birthdays this week", "Clients whose birthday comes within seven days.", "cake",
        {"all": [clients, {"field": "birthday", "op": "anniversary", "value": 7}]},
    )  # fmt: skip


def _industries() -> Iterator[Starter]:
    for option in nouns.get("contact").field("industry").options:
        either = [{"field": name, "op": "is", "value": option.value} for name in ("industry", "company.industry")]
        leads = {
            "field": "lifecycle",
            "op": "in",
            "value": ["lead", "marketing_qualified", "sales_qualified", "prospect"],
        }
        yield Starter(
            f"leads-{option.value.replace('_', '-')}", f"Leads in {option.label}",
            f"Leads and prospects whose own or whose company's industry is {option.label}.", "building-factory-2",
            {"all": [leads, {"any": either}]},
        )  # fmt: skip


def _behaviour() -> Iterator[Starter]:
    offers = (
        ("email.opened", "openers", "Opened an email", "Opened an email in the last 30 days.", "mail-opened", 30),
        ("email.clicked", "clickers", "Clicked a link", "Clicked a link of an email in the last 30 days.", "click", 30),
        ("campaign.sent", "campaign", "Campaign participants", "Were sent a campaign this year.", "speakerphone", 365),
        ("order.paid", "vip-shoppers", "VIP shoppers", "Bought at least five times within a year.", "crown", 365),
        ("note.written", "noted", "Recently talked about", "Somebody wrote a note in the last 14 days.", "notes", 14),
    )
    for event, key, name, description, icon, days in offers:
        if _known(event):
            count = 5 if event == "order.paid" else 1
            yield Starter(key, name, description, icon, {"all": [_did(event, days, count)]})


def _active(days: int) -> Tree:
    return {"field": "last_activity_at", "op": "in_last", "value": {"amount": days, "unit": "days"}}


def _ago(days: int) -> Tree:
    return {"relative": {"unit": "days", "amount": -days}}


def _did(event: str, days: int, count: int = 1) -> Tree:
    return {"event": {"type": event, "op": ">=", "count": count, "within": {"days": days}}}


def _known(*names: str) -> list[str]:
    return [name for name in names if find(name)]
