"""What an import made by the way and nobody uses: tags, lists and companies."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from fairlead.kernel.text import fold
from fairlead.people import leaving
from fairlead.people.actions.lists import archive_list
from fairlead.people.actions.tag_ends import delete_tag
from fairlead.people.importing.reverting import undo_companies
from fairlead.people.models import ContactList, ListSubscription, Tag
from fairlead.records.public import ImportChange, ImportRun
from fairlead.tenancy.public import Actor


def clear_away(run: ImportRun, *, by: Actor, spare: Iterable[UUID] = ()) -> dict[str, Sequence[str]]:
    """Delete the tags that the run made and no living record carries, archive its lists that nobody is on.

    Companies go with the chunks that a revert undoes; those that are left belong to a run that wrote nothing, and go
    too but for those to `spare`. Returns the names of tags and lists. What somebody else has begun to use meanwhile
    stays, as does what the actor may not manage.
    """
    made = run.report.get("made", {})
    tags = _tags(made.get("tags", ()), by) if by.can("tags.manage") else []
    lists = _lists(made.get("lists", ()), by) if by.can("lists.manage") else []
    undo_companies(ImportChange.rows().filter(run=run).exclude(record_id__in=spare), by)
    return {"tags": tags, "lists": lists}


def _tags(names: Sequence[str], by: Actor) -> list[str]:
    going = leaving.leaving()
    busy = [pk for pk in (*going.keys(), *going.values()) if pk]
    rows = Tag.rows().filter(name_norm__in=[fold(n) for n in names], usage_count=0).exclude(pk__in=busy)
    unused = list(rows.order_by("pk"))
    for tag in unused:
        delete_tag(tag.id, by=by)
    return [tag.name for tag in unused]


def _lists(names: Sequence[str], by: Actor) -> list[str]:
    people = ListSubscription.rows().filter(contact__deleted_at=None).values("list_id")
    rows = ContactList.rows().filter(name_norm__in=[fold(n) for n in names], archived_at=None, is_primary=False)
    unused = list(rows.exclude(pk__in=people).order_by("pk"))
    for found in unused:
        archive_list(found.id, by=by)
    return [found.name for found in unused]
