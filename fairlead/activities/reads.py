"""Queries for pages and API of activities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.activities.models import (
    Activity,
    ActivityAttachment,
    ActivityLink,
    ActivityOption,
    ActivityRevision,
    Comment,
    Kind,
    Pin,
)
from fairlead.people.public import access as of_people
from fairlead.records.public import Record
from fairlead.tenancy.public import Actor

PEOPLE = 1_000  # of one company; those come first with whom something happened last


def counted(rows: QuerySet[Any]) -> Subquery:
    """Return how many `rows` there are, as a column of a query: counting joined rows would group the whole query."""
    return Subquery(rows.order_by().annotate(n=Func("pk", function="count")).values("n"), output_field=IntegerField())


def on_timeline(actor: Actor, ids: Sequence[UUID], about: About) -> dict[UUID, Activity]:
    """Return the same as `with_parts`, quickly: most of what stands on a record's timeline is about that record."""
    found = _with_parts(access.activities_about(actor, about), ids)
    others = [pk for pk in ids if pk not in found]
    return found | with_parts(actor, others) if others else found


def with_parts(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Activity]:
    """Return activities that the actor may see by id, with author, options, attachments and how many places and
    comments each has.
    """
    return _with_parts(access.activities(actor), ids)


def _with_parts(rows: QuerySet[Any], ids: Sequence[UUID]) -> dict[UUID, Activity]:
    rows = rows.filter(pk__in=ids).select_related("author__user", "type", "outcome").annotate(
        places=counted(ActivityLink.rows().filter(activity=OuterRef("pk"))),
        said=counted(Comment.rows().filter(activity=OuterRef("pk"), deleted_at=None)),
    )  # fmt: skip
    files = Prefetch("attachments", ActivityAttachment.rows().order_by("created_at", "id"))
    return {found.pk: found for found in rows.prefetch_related(files)}


@dataclass(frozen=True)
class Placed:
    """An activity with the records that it is about, those the actor may see: (noun, record)."""

    activity: Activity
    records: list[tuple[str, Record]]

    @property
    def people(self) -> str:
        """Return the names of the people among the records."""
        return ", ".join(str(record) for noun, record in self.records if noun == "contact")


def of_record(actor: Actor, rows: QuerySet[Any], about: About) -> QuerySet[Any]:
    """Return those activities that are about a record, or about the people of a company."""
    links = ActivityLink.rows().filter(record_id__in=around(actor, about))
    return rows.filter(pk__in=links.values("activity"))


def around(actor: Actor, about: About) -> list[UUID]:
    """Return the ids of a record and, of a company, of the people there whom the actor may see, up to `PEOPLE`."""
    noun, pk = about
    if noun != "company" or not actor.can("contacts.view"):
        return [pk]
    people = of_people.contacts(actor).filter(company_id=pk).order_by(F("last_activity_at").desc(nulls_last=True), "pk")
    return [pk, *people.values_list("pk", flat=True)[:PEOPLE]]


def recent(
    actor: Actor,
    *,
    kinds: Sequence[str] = (),
    mine: bool = False,
    about: About | None = None,
    after: Activity | None = None,
    limit: int = 20,
) -> list[Placed]:
    """Return the newest activities that the actor may see: of some kinds, their own only, or of one record; after
    an activity for more. What is only planned is left out.
    """
    rows = access.activities(actor, *kinds).select_related("author__user", "type", "outcome")
    rows = rows.exclude(scheduled_at__isnull=False, ended_at=None).order_by("-occurred_at", "-id")
    if mine:
        rows = rows.filter(author_id=actor.membership_id)
    if about is not None:
        rows = of_record(actor, rows, about)
    return placed(actor, list(older(rows, after)[:limit]))


def older(rows: QuerySet[Any], after: Activity | None) -> QuerySet[Any]:
    """Return what comes after an activity in a list whose newest stands first."""
    if after is None:
        return rows
    return rows.filter(Q(occurred_at__lt=after.occurred_at) | Q(occurred_at=after.occurred_at, pk__lt=after.pk))


def placed(actor: Actor, found: Sequence[Activity], known: access.Known = access.NOTHING) -> list[Placed]:
    """Return activities with their records, in a few queries whatever their number; those `known` are not read."""
    links = ActivityLink.rows().filter(activity__in=[a.pk for a in found]).order_by("created_at", "id")
    by_activity: dict[UUID, list[UUID]] = {}
    about: list[About] = []
    for activity_id, noun, record_id in links.values_list("activity_id", "noun", "record_id"):
        by_activity.setdefault(activity_id, []).append(record_id)
        about.append((noun, record_id))
    records = access.records(actor, about, known)
    return [Placed(a, [records[pk] for pk in by_activity.get(a.pk, []) if pk in records]) for a in found]


def revisions(found: Activity) -> list[ActivityRevision]:
    """Return what an activity said before, newest first."""
    rows = ActivityRevision.rows().filter(activity=found)
    return list(rows.select_related("edited_by__user").order_by("-version"))


def pinned(noun: str, record_id: UUID) -> list[UUID]:
    """Return the events pinned on a record's timeline, the newest pin first."""
    rows = Pin.rows().filter(noun=noun, record_id=record_id).order_by("-created_at", "-id")
    return list(rows.values_list("event_id", flat=True))


def options(actor: Actor, kind: str, role: str, *, archived: bool = False) -> list[ActivityOption]:
    """Return the types or outcomes of a kind of activity, in the firm's order."""
    rows = access.options(actor).filter(kind=kind, role=role)
    return list((rows if archived else rows.filter(archived_at=None)).order_by("position", "name_norm"))


def options_by_role(actor: Actor, kind: str) -> dict[str, list[ActivityOption]]:
    """Return what is offered of a kind of activity, its types and its outcomes, in one query."""
    found: dict[str, list[ActivityOption]] = {role: [] for role in ActivityOption.Role.values}
    for option in access.options(actor).filter(kind=kind, archived_at=None).order_by("position", "name_norm"):
        found[option.role].append(option)
    return found


def comments_of(*, activity_id: UUID | None = None, task_id: UUID | None = None) -> list[Comment]:
    """Return the comments on an activity or a task, oldest first; the caller has seen to it that it may be seen."""
    rows = Comment.rows().filter(deleted_at=None)
    rows = rows.filter(activity_id=activity_id) if activity_id else rows.filter(task_id=task_id or access.NOBODY)
    return list(rows.select_related("author__user").order_by("created_at", "id"))


def upcoming(
    actor: Actor, *, kinds: Sequence[str] = (Kind.CALL, Kind.MEETING), member: UUID | None = None,
    about: About | None = None, limit: int = 20,
) -> list[Placed]:  # fmt: skip
    """Return planned calls and meetings, the next one first: of a member, or about a record."""
    rows = access.activities(actor, *kinds).filter(scheduled_at__isnull=False, ended_at=None)
    if member is not None:
        rows = rows.filter(author_id=member)
    if about is not None:
        rows = of_record(actor, rows, about)
    rows = rows.select_related("author__user", "type", "outcome").order_by("scheduled_at", "id")
    return placed(actor, list(rows[:limit]))


@dataclass(frozen=True)
class CallFigures:
    """The calls of one member in a period."""

    member: UUID | None
    name: str
    calls: int
    inbound: int
    outbound: int
    connected: int
    minutes: int

    @property
    def average(self) -> float:
        """Return the mean length in minutes of the calls that lasted."""
        return round(self.minutes / self.calls, 1) if self.calls else 0.0


def calls_between(actor: Actor, since: datetime, until: datetime, *, member: UUID | None = None) -> QuerySet[Any]:
    """Return the calls held in a period."""
    rows = access.activities(actor, Kind.CALL).filter(
        ended_at__isnull=False, occurred_at__gte=since, occurred_at__lt=until
    )
    return rows if member is None else rows.filter(author_id=member)


def call_stats(actor: Actor, since: datetime, until: datetime, *, member: UUID | None = None) -> list[CallFigures]:
    """Return the figures of each member who called between two instants, most calls first."""
    rows = calls_between(actor, since, until, member=member).values("author_id").annotate(
        first=F("author__user__first_name"), last=F("author__user__last_name"), calls=Count("pk"),
        inbound=Count("pk", filter=Q(direction="inbound")), outbound=Count("pk", filter=Q(direction="outbound")),
        connected=Count("pk", filter=Q(duration_minutes__gt=0)), minutes=Sum("duration_minutes"),
    )  # fmt: skip
    found = [
        CallFigures(r["author_id"], f"{r['first'] or ''} {r['last'] or ''}".strip() or "Somebody", r["calls"],
                    r["inbound"], r["outbound"], r["connected"], r["minutes"] or 0)
        for r in rows
    ]  # fmt: skip
    return sorted(found, key=lambda f: (-f.calls, f.name))


def outcomes_of(rows: QuerySet[Any]) -> list[tuple[str, str, int]]:
    """Return (outcome, colour, how many) of some activities, most first; "" is no outcome."""
    counted = rows.values("outcome__name", "outcome__color").annotate(count=Count("pk")).order_by("-count")
    return [(r["outcome__name"] or "", r["outcome__color"] or "slate", r["count"]) for r in counted]
