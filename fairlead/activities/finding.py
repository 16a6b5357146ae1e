"""How activities and tasks are found: by what they say and whom they are about."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from fairlead.activities import access
from fairlead.activities.models import Activity, ActivityLink, Kind, Task
from fairlead.events.public import Event
from fairlead.kernel.ids import read_id
from fairlead.records.public import Record, nouns
from fairlead.search.public import Entry, Source, by_subject
from fairlead.tenancy.public import Actor

TITLE, TEXT, NAMED = 80, 4_000, 3
VERBS = ("written", "logged", "scheduled", "associated", "dissociated", "edited", "deleted", "restored")
OWNER_MOVED = ("contact.owner_changed", "company.owner_changed")
TASK_VERBS = ("created", "updated", "assigned", "completed", "reopened", "snoozed", "skipped", "put_back", "deleted",
              "purged", "restored")  # fmt: skip


def activity_id(event: Event) -> UUID | None:
    """Return the activity that an event tells of, None when it tells of none."""
    return read_id(event.data.get("activity") or event.data.get("note"))


def describe_activities(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living activities among `ids`; each is seen through the owner of its first record."""
    about: dict[UUID, list[tuple[str, UUID]]] = {}
    links = ActivityLink.rows().filter(activity__in=ids).order_by("created_at", "id")
    for pk, noun, record_id in links.values_list("activity_id", "noun", "record_id"):
        about.setdefault(pk, []).append((noun, record_id))
    records = _records(about.values())
    for found in Activity.rows().filter(pk__in=ids, deleted_at=None):
        seen = [records[pk] for _, pk in about.get(found.pk, []) if pk in records]
        if seen:
            names = ", ".join(str(r) for r in seen[:NAMED])
            title = (found.subject or found.text).replace("\n", " ")[:TITLE] or found.get_kind_display()
            text = f"{found.subject} {found.text[:TEXT]} {names}"
            yield Entry(found.pk, title, names, "", text, (), seen[0].owner_id)


def describe_tasks(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living tasks among `ids`."""
    for task in Task.rows().filter(pk__in=ids, deleted_at=None).select_related("owner__user"):
        who = task.owner.user.name if task.owner else ""
        said = "done" if task.is_done else (f"due {task.due_on:%-d %b %Y}" if task.due_on else "")
        subtitle = " · ".join(part for part in (who, said) if part)
        yield Entry(task.pk, task.title, subtitle, "", task.text[:TEXT], (), task.owner_id)


def _records(about: Iterable[list[tuple[str, UUID]]]) -> dict[UUID, Record]:
    wanted: dict[str, set[UUID]] = {}
    for places in about:
        for noun, record_id in places:
            wanted.setdefault(noun, set()).add(record_id)
    found: dict[UUID, Record] = {}
    for noun, ids in wanted.items():
        model = nouns.get(noun).model
        found |= {r.pk: r for r in model.rows().filter(pk__in=ids, deleted_at=None)}
    return found


def _touched(events: Iterable[Event]) -> set[UUID]:
    touched: set[UUID] = set()
    moved: set[UUID] = set()
    for event in events:
        if event.type in OWNER_MOVED and event.subject_id:
            moved.add(event.subject_id)
        elif (pk := activity_id(event)) is not None:
            touched.add(pk)
    if moved:
        touched.update(ActivityLink.rows().filter(record_id__in=moved).values_list("activity_id", flat=True))
    return touched


def _seen(actor: Actor, ids: Sequence[UUID]) -> Iterable[UUID]:
    return access.activities(actor).filter(pk__in=ids).values_list("pk", flat=True)


def _subtitles(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return what activities are about, as far as the actor may see it."""
    rows = ActivityLink.rows().filter(activity__in=ids).order_by("created_at", "id")
    links = list(rows.values_list("activity_id", "noun", "record_id"))
    seen = access.records(actor, [(noun, record_id) for _, noun, record_id in links])
    names: dict[UUID, list[str]] = {}
    for pk, _, record_id in links:
        if record_id in seen:
            names.setdefault(pk, []).append(str(seen[record_id][1]))
    return {pk: ", ".join(some[:NAMED]) for pk, some in names.items()}


def _page(after: UUID | None, size: int) -> list[UUID]:
    rows = Activity.rows().order_by("id").values_list("id", flat=True)
    return list((rows.filter(id__gt=after) if after else rows)[:size])


def _task_page(after: UUID | None, size: int) -> list[UUID]:
    rows = Task.rows().order_by("id").values_list("id", flat=True)
    return list((rows.filter(id__gt=after) if after else rows)[:size])


def _url(firm: str, record_id: UUID) -> str:
    return reverse("activities:activity", kwargs={"firm": firm, "activity_id": record_id})


def _task_url(firm: str, record_id: UUID) -> str:
    return reverse("activities:task", kwargs={"firm": firm, "record_id": record_id})


ACTIVITIES = Source(
    noun="note",
    label_plural="Notes and calls",
    icon="note",
    permission="notes.view",
    describe=describe_activities,
    page=_page,
    url=_url,
    touched=_touched,
    types=frozenset({f"{kind}.{verb}" for kind in Kind.values for verb in VERBS} | set(OWNER_MOVED)),
    order=30,
    seen=_seen,
    subtitles=_subtitles,
)
TASKS = Source(
    noun="task",
    label_plural="Tasks",
    icon="checkbox",
    permission="tasks.view",
    describe=describe_tasks,
    page=_task_page,
    url=_task_url,
    touched=by_subject("task"),
    types=frozenset(f"task.{verb}" for verb in TASK_VERBS),
    order=40,
)
