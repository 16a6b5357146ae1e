"""The work of the demo firm: deals on their way, tasks, calls, segments, snippets, and who gets what is new."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fairlead.activities import public as activities
from fairlead.assignment import public as assignment
from fairlead.kernel import clock
from fairlead.operations.demo import story
from fairlead.people.public import Contact, ensure_tags
from fairlead.sales import public as sales
from fairlead.segments import public as segments
from fairlead.tenancy.public import Actor

# How many deals are under way, how many days ago the oldest of those began and of those that ended, and how many
# stages they have been in at most.
OPEN, YOUNG, LONGEST, FURTHEST = 0.6, 45, 110, 5
FRIDAY, LOSES = 4, 3  # of that many that ended, one is lost


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody the firm works for."""

    contact: UUID
    company: UUID
    firm_name: str


def fill_work(actors: Sequence[Actor]) -> None:
    """Give the demo firm in context something to do, the same every time; its contacts are there already."""
    chance = random.Random(11)  # noqa: S311  invented work, no secrets
    rows = Contact.rows().filter(company__isnull=False).select_related("company").order_by("email")
    clients = [Client(c.pk, c.company.pk, c.company.name) for c in rows if c.company]
    deals = _deals(chance, clients, actors)
    _onboarding(chance, clients, actors)
    _tasks(chance, clients, deals, actors)
    _calls(chance, clients, actors)
    _sets(actors[0])
    _rules(actors)
    for shortcut, name, category, body in story.SNIPPETS:
        given = {"shortcut": shortcut, "name": name, "category": category, "body": body, "scope": "firm"}
        activities.save_snippet(given, by=actors[0])


def _deals(chance: random.Random, clients: Sequence[Client], actors: Sequence[Actor]) -> list[UUID]:
    """Make deals of the sales pipeline; return those that are open."""
    pipeline = sales.access.pipelines(actors[0]).first()
    assert pipeline is not None
    line = [s.pk for s in sales.access.stages(actors[0], pipeline.pk) if s.kind == "open"]
    still_open: list[UUID] = []
    for number, (title, low, high) in enumerate(story.DEALS):
        client, by = chance.choice(clients), chance.choice(actors)
        is_open = number < len(story.DEALS) * OPEN
        days = chance.randint(3, YOUNG) if is_open else chance.randint(8, LONGEST)
        began = clock.now() - timedelta(days=days, hours=chance.randint(0, 9))
        value = chance.randrange(low, high, 250)
        deal = sales.create_deal(_values(chance, client, by, f"{client.firm_name}: {title}", value), by=by, at=began)
        if is_open:
            _advance(deal.pk, line[: chance.randint(1, FURTHEST)], began, clock.now(), chance, by)
            still_open.append(deal.pk)
        else:
            end = began + (clock.now() - began) * chance.uniform(0.4, 0.95)
            won = number % LOSES > 0
            # Who signs has gone all the way; who does not leaves early.
            _advance(deal.pk, line if won else line[: chance.randint(2, 3)], began, end, chance, by)
            _close(deal.pk, end, chance, by, won=won)
    return still_open


def _values(chance: random.Random, client: Client, by: Actor, title: str, value: int) -> dict[str, Any]:
    close = clock.now().date() + timedelta(days=chance.randint(-6, 75))
    found: dict[str, Any] = {
        "title": title, "company": str(client.company), "contact": str(client.contact),
        "owner": str(by.membership_id), "value": value * 100, "expected_close": close.isoformat(),
        "priority": chance.choice(("", "normal", "normal", "high")), "source": chance.choice(story.SOURCES),
    }  # fmt: skip
    if chance.random() < OPEN:
        found["next_step"] = chance.choice(story.NEXT_STEPS)
    return found


def _advance(
    deal: UUID, stages: Sequence[UUID], began: datetime, until: datetime, chance: random.Random, by: Actor
) -> None:
    """Move a deal through the stages after the first, at moments between `began` and `until`."""
    moments = sorted(chance.uniform(0.1, 0.9) for _ in stages[1:])
    for stage, share in zip(stages[1:], moments, strict=True):
        sales.move_deal(deal, stage, by=by, at=began + (until - began) * share)


def _close(deal: UUID, at: datetime, chance: random.Random, by: Actor, *, won: bool) -> None:
    reasons = list(sales.access.reasons(by, "win" if won else "loss").order_by("name_norm"))
    reason = chance.choice(reasons).pk if reasons else None
    if won:
        sales.win_deal(deal, by=by, reason_id=reason, at=at)
    else:
        sales.lose_deal(deal, by=by, reason_id=reason, note=chance.choice(story.LOST), at=at)


def _onboarding(chance: random.Random, clients: Sequence[Client], actors: Sequence[Actor]) -> None:
    """A second pipeline, for those who have just become clients."""
    pipeline = sales.create_pipeline("customer_onboarding", by=actors[0])
    line = [s.pk for s in sales.access.stages(actors[0], pipeline.pk) if s.kind == "open"]
    firms = list({client.company: client for client in clients}.values())
    for client in chance.sample(firms, story.ONBOARDED):
        by, began = chance.choice(actors), clock.now() - timedelta(days=chance.randint(3, 25))
        values = _values(chance, client, by, f"Welcome {client.firm_name}", 0)
        deal = sales.create_deal({**values, "pipeline": pipeline.pk, "value": None}, by=by, at=began)
        _advance(deal.pk, line[: chance.randint(1, len(line))], began, clock.now(), chance, by)


def _tasks(chance: random.Random, clients: Sequence[Client], deals: Sequence[UUID], actors: Sequence[Actor]) -> None:
    today = clock.now().date()
    for number, (title, days) in enumerate(story.TASKS):
        by, doer = chance.choice(actors), chance.choice(actors) if number % 2 else actors[0]  # who looks at it first
        about = (
            ("deal", chance.choice(deals)) if chance.random() < OPEN else ("contact", chance.choice(clients).contact)
        )
        task = activities.create_task(
            {"title": title, "due_on": (today + timedelta(days=days)).isoformat(), "about": [about],
             "assignees": [doer.membership_id]}, by=by,
        )  # fmt: skip
        if days < -story.FORGOTTEN:
            activities.complete_task(task.pk, by=doer)


def _calls(chance: random.Random, clients: Sequence[Client], actors: Sequence[Actor]) -> None:
    """Write down calls, meetings and mails as a firm does, and one call that is still to come."""
    known = {(o.kind, o.role, o.name): o.pk for o in activities.access.options(actors[0])}
    told = [("call", "", *call) for call in story.CALLS] + [(*met, "") for met in story.MET]
    for kind, subject, body, direction, minutes, outcome, type_ in told:
        values = {
            "subject": subject, "body": f"<p>{body}</p>", "direction": direction, "duration_minutes": minutes,
            "occurred_at": _at_work(chance), "outcome": known.get((kind, "outcome", outcome)),
            "type": known.get((kind, "type", type_)),
        }  # fmt: skip
        about = [("contact", chance.choice(clients).contact)]
        given = {name: value for name, value in values.items() if value not in ("", None)}
        activities.log_activity(kind, given, about, by=chance.choice(actors))
    soon = (clock.now() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    soon += timedelta(days=7 - soon.weekday() if soon.weekday() > FRIDAY else 0)  # nobody calls on a Sunday
    activities.log_activity("call", {"subject": "Second opinion on the lease", "scheduled_at": soon},
                            [("contact", clients[0].contact)], by=actors[0])  # fmt: skip


def _at_work(chance: random.Random) -> datetime:
    """Return a moment of the last month when people are at their desks."""
    moment = clock.now() - timedelta(days=chance.randint(1, 30))
    moment -= timedelta(days=max(0, moment.weekday() - FRIDAY))
    return moment.replace(hour=chance.randint(9, 16), minute=chance.randrange(0, 60, 5), second=0, microsecond=0)


def _sets(by: Actor) -> None:
    """Segments of people, one of them made of another, and a persona."""
    made: dict[str, UUID] = {}
    for name, description, tree in story.segments():
        given = {"name": name, "description": description, "criteria": tree}
        made[name] = segments.create_segment(given, by=by).pk
    [tag] = ensure_tags(["Key contact"], by=by).values()
    both = {"all": [{"segment": {"op": "has_any", "value": [str(made[story.CLIENTS])]}},
                    {"tag": {"op": "has_any", "value": [str(tag.pk)]}}]}  # fmt: skip
    segments.create_segment({"name": "Key people at clients", "criteria": both}, by=by)
    segments.create_persona({**story.PERSONA, "segment": str(made[story.CLIENTS])}, by=by)


def _rules(actors: Sequence[Actor]) -> None:
    """Who gets what is new: by place where somebody looks after it, else everybody in turn."""
    owner, members = actors[0], [a.membership_id for a in actors]
    for place, (name, countries) in enumerate(story.TERRITORIES):
        assignment.create_territory({"name": name, "countries": countries, "members": [members[place + 1]]}, by=owner)
    assignment.create_rule({"name": "By territory", "takers_from": "territory"}, by=owner)
    assignment.create_rule({"name": "Everybody in turn", "members": members}, by=owner)
    known = {"name": "Who knows the client", "noun": "deal", "takers_from": "relation"}
    assignment.create_rule(known, by=owner)
