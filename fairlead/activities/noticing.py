"""Which events of this room concern whom."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.text import Truncator

from fairlead.accounts.public import Membership, User, actor_by_id, as_read_by
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
    when = _Due([e for some in groups.values() if len(some) <= FEW for e in some])
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
    doers, when = _doers([e.subject_id for e in events if e.subject_id]), _Due(events)
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
    for event in events:
        member = read_id(event.data.get("member"))
        if member is not None:
            yield Draft(
                event,
                member,
                "mentioned",
                f"{event.actor_label} mentioned you {_where(event, member)}",
                _text(event),
                _link(event),
            )


def commented(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell who wrote it, who is to do it, and who has commented before; who is named with @ is told of that alone."""
    tasks = _doers([e.subject_id for e in events if e.type == "task.commented" and e.subject_id])
    ids = [pk for e in events if e.type != "task.commented" and (pk := activity_id(e))]
    authors: dict[UUID | None, UUID | None] = dict(Activity.rows().filter(pk__in=ids).values_list("pk", "author_id"))
    for event in events:
        own = read_id(event.data.get("comment"))
        about = Comment.rows().filter(pk=own).first() if own else None
        if about is None:
            continue
        concerned = set(tasks.get(event.subject_id or UUID(int=0), ())) | {authors.get(activity_id(event) or own)}
        concerned |= _talkers(about)
        for member in sorted((m for m in concerned if m and m not in named(about.body)), key=str):
            yield Draft(
                event, member, "commented", f"{event.actor_label} commented {_where(event, member)}", _text(event),
                _link(event),
            )  # fmt: skip


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

    def __init__(self, events: Sequence[Event]) -> None:
        self._tasks = Task.rows().in_bulk([e.subject_id for e in events if e.subject_id])
        self._readers: dict[UUID, User] = {}

    def told(self, event: Event, member: UUID) -> str:
        """Return "Due 9 March 2026", with its time where the task has one; "" for a task without a date."""
        task = self._tasks.get(event.subject_id) if event.subject_id else None
        if task is None or task.due_on is None:
            return ""
        with as_read_by(self._reader(member)):
            return f"Due {dates.moment(task.due_at) if task.due_time else dates.full_day(task.due_on)}"

    def _reader(self, member: UUID) -> User:
        if member not in self._readers:
            self._readers[member] = Membership.rows().select_related("user").get(pk=member).user
        return self._readers[member]


def _where(event: Event, member: UUID) -> str:
    if event.type.startswith("task."):
        return f"on “{_title(event)}”"
    kind = event.type.partition(".")[0]
    what = f"{'an' if kind == 'email' else 'a'} {kind}{_about(event, member)}"
    return f"{'on' if 'comment' in event.data else 'in'} {what}"


def _about(event: Event, member: UUID) -> str:
    """Return " about Ada Byron"; "" where the record is gone, or not the member's to see."""
    if event.subject_id is None:
        return ""
    try:
        found = access.records(actor_by_id(member), [(event.subject_noun, event.subject_id)])
    except Membership.DoesNotExist:
        return ""
    return "".join(f" about {Truncator(str(record)).chars(80)}" for _, record in found.values())


def _title(event: Event) -> str:
    return Truncator(event.data.get("title") or "a task").chars(120)


def _text(event: Event) -> str:
    return Truncator(event.data.get("text") or "").chars(PREVIEW - 1)  # the log ends there in the middle of a word


def _link(event: Event) -> str:
    if event.type.startswith("task."):
        return f"tasks/{event.subject_id}/"
    return f"activities/{activity_id(event)}/"
