"""Which events of this room concern whom."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from django.utils.text import Truncator

from fairlead.accounts.public import Membership, actors_by_id, as_read_by
from fairlead.activities import access
from fairlead.activities.actions.associating import PREVIEW
from fairlead.activities.finding import activity_id
from fairlead.activities.mentioning import for_who_sees
from fairlead.activities.models import Activity, Comment, Kind, Task, TaskAssignment
from fairlead.activities.richtext import mentioned as named
from fairlead.events.public import Event
from fairlead.kernel import dates
from fairlead.kernel.ids import read_id
from fairlead.notifications.public import Draft, MailWhen, add_rule, declare
from fairlead.notifications.public import Kind as NoticeKind

FEW = 3  # so many at once are told one by one
TASKS, TALK = "Tasks", "Conversations"
KINDS = (
    NoticeKind("task_assigned", "A task is assigned to me", TASKS, "user-check", "violet", mail=MailWhen.NOW, order=10),
    NoticeKind("task_reminder", "A reminder of a task is due", TASKS, "alarm", "amber", mail=MailWhen.NOW, order=20),
    NoticeKind("task_overdue", "A task of mine is overdue", TASKS, "clock-exclamation", "red", order=30),
    NoticeKind("task_completed", "A task that I gave is done", TASKS, "circle-check", "green", order=40),
    NoticeKind("mentioned", "Somebody mentions me", TALK, "at", "blue", mail=MailWhen.NOW, order=50),
    NoticeKind("commented", "Somebody comments on what I wrote or do", TALK, "message", "cyan", order=60),
)
MENTIONS = frozenset({f"{kind}.mentioned" for kind in Kind.values} | {"task.mentioned"})
COMMENTS = frozenset({f"{kind}.commented" for kind in Kind.values} | {"task.commented"})


def register() -> None:
    """Declare the kinds and plug in the rules."""
    declare(*KINDS)
    add_rule("tasks assigned", {"task.assigned"}, assigned)
    add_rule("tasks due", {"task.reminded", "task.overdue"}, due)
    add_rule("tasks completed", {"task.completed"}, completed)
    add_rule("mentions", MENTIONS, lambda events: for_who_sees(mentioned(events)))
    add_rule("comments", COMMENTS, lambda events: for_who_sees(commented(events)))


def assigned(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell who is to do a task; of many in one transaction, such as those of a colleague who left, in one notice."""
    groups: dict[tuple[UUID, int, int], list[Event]] = {}
    for event in events:
        member = read_id(event.data.get("member"))
        if member is not None:
            groups.setdefault((member, event.generation, event.tx), []).append(event)
    few = [some for some in groups.values() if len(some) <= FEW]
    when = _Due([e for some in few for e in some], {member for member, *_ in groups})
    for (member, *_), some in groups.items():
        who = some[-1].actor_label
        if len(some) > FEW:
            title = f"{who} assigned you {len(some)} tasks"
            yield Draft(some[-1], member, "task_assigned", title, _first(some), "tasks/mine/")
            continue
        for event in some:
            title = f"{who} assigned you “{_title(event)}”"
            yield Draft(event, member, "task_assigned", title, when.told(event, member), _link(event))


def _first(events: Sequence[Event]) -> str:
    return ", ".join(f"“{_title(e)}”" for e in events[:FEW]) + f" and {len(events) - FEW} more"


def due(events: Sequence[Event]) -> Iterable[Draft]:
    """Remind everybody who is to do a task, who set it for themselves as well; once for each due instant."""
    doers = _doers([e.subject_id for e in events if e.subject_id])
    when = _Due(events, {member for members in doers.values() for member in members})
    for event in events:
        kind = "task_reminder" if event.type == "task.reminded" else "task_overdue"
        words = f"Reminder: {_title(event)}" if kind == "task_reminder" else f"Overdue: {_title(event)}"
        for member in doers.get(event.subject_id or UUID(int=0), ()):
            key = f"{kind}:{event.subject_id}:{event.data.get('due')}:{event.data.get('minutes', '')}"
            yield Draft(event, member, kind, words, when.told(event, member), _link(event), key, even_to_actor=True)


def completed(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell who gave a task that it is done."""
    rows = Task.rows().filter(pk__in=[e.subject_id for e in events])
    givers = dict(rows.values_list("pk", "assigned_by_id"))
    for event in events:
        giver = givers.get(event.subject_id) if event.subject_id else None
        if giver is not None:
            yield Draft(
                event, giver, "task_completed", f"{event.actor_label} completed “{_title(event)}”", link=_link(event)
            )


def mentioned(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell who was named with @."""
    named_in = [(event, member) for event in events if (member := read_id(event.data.get("member")))]
    place = _Places(named_in)
    for event, member in named_in:
        title = f"{event.actor_label} mentioned you {place.told(event, member)}"
        yield Draft(event, member, "mentioned", title, _text(event), _link(event))


def commented(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell who wrote it, who is to do it, and who has commented before; who is named with @ is told of that alone."""
    concerned = list(_concerned(events))
    place = _Places(concerned)
    for event, member in concerned:
        title = f"{event.actor_label} commented {place.told(event, member)}"
        yield Draft(event, member, "commented", title, _text(event), _link(event))


def _concerned(events: Sequence[Event]) -> Iterator[tuple[Event, UUID]]:
    tasks = _doers([e.subject_id for e in events if e.type == "task.commented" and e.subject_id])
    ids = [pk for e in events if e.type != "task.commented" and (pk := activity_id(e))]
    authors: dict[UUID | None, UUID | None] = dict(Activity.rows().filter(pk__in=ids).values_list("pk", "author_id"))
    for event in events:
        own = read_id(event.data.get("comment"))
        about = Comment.rows().filter(pk=own).first() if own else None
        if about is None:
            continue
        found = set(tasks.get(event.subject_id or UUID(int=0), ())) | {authors.get(activity_id(event) or own)}
        found |= _talkers(about)
        yield from ((event, m) for m in sorted((m for m in found if m and m not in named(about.body)), key=str))


def _talkers(about: Comment) -> set[UUID | None]:
    rows = Comment.rows().filter(deleted_at=None)
    rows = rows.filter(task_id=about.task_id) if about.task_id else rows.filter(activity=about.activity)
    return set(rows.values_list("author_id", flat=True))


def _doers(task_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    rows = TaskAssignment.rows().filter(task__in=task_ids, task__deleted_at=None)
    for task, member in rows.values_list("task_id", "member_id"):
        found.setdefault(task, []).append(member)
    return found


class _Due:
    """When the tasks that events tell of are due, in the zone and the manner of whoever is told."""

    def __init__(self, events: Sequence[Event], members: Collection[UUID]) -> None:
        self._tasks = Task.rows().in_bulk([e.subject_id for e in events if e.subject_id])
        self._readers = Membership.rows().select_related("user").in_bulk(members)

    def told(self, event: Event, member: UUID) -> str:
        """Return "Due 9 March 2026", with its time where the task has one; "" for a task without a date."""
        task = self._tasks.get(event.subject_id) if event.subject_id else None
        reader = self._readers.get(member)
        if task is None or task.due_on is None or reader is None:
            return ""
        with as_read_by(reader.user):
            return f"Due {dates.moment(task.due_at) if task.due_time else dates.full_day(task.due_on)}"


class _Places:
    """Where something was said, in words: about whom only for those who may see them. Read for all of them at once."""

    def __init__(self, told: Sequence[tuple[Event, UUID]]) -> None:
        about = {(e.subject_noun, e.subject_id) for e, _ in told if e.subject_id and not e.type.startswith("task.")}
        self._seen = access.seen_by_each(actors_by_id({m for _, m in told}), about) if about else {}

    def told(self, event: Event, member: UUID) -> str:
        """Return "in a note about Ada Byron"; without the name where the record is gone, or not the member's to see."""
        if event.type.startswith("task."):
            return f"on “{_title(event)}”"
        kind = event.type.partition(".")[0]
        record = self._seen.get(member, {}).get(event.subject_id or UUID(int=0))
        about = f" about {Truncator(str(record)).chars(80)}" if record else ""
        return f"{'on' if 'comment' in event.data else 'in'} {'an' if kind == 'email' else 'a'} {kind}{about}"


def _title(event: Event) -> str:
    return Truncator(event.data.get("title") or "a task").chars(120)


def _text(event: Event) -> str:
    return Truncator(event.data.get("text") or "").chars(PREVIEW - 1)  # the log ends there in the middle of a word


def _link(event: Event) -> str:
    if event.type.startswith("task."):
        return f"tasks/{event.subject_id}/"
    return f"activities/{activity_id(event)}/"
