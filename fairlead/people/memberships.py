"""What a record can belong to, for the criteria: tags and lists."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.people.models import ContactList, ListSubscription, Tag
from fairlead.records.public import Option, memberships
from fairlead.tenancy.public import Actor


def _tag_rows(noun: str, ids: Sequence[UUID]) -> memberships.Rows:
    return memberships.Rows("people_tagging", "record_id", "m.tag_id = ANY(%s) AND m.noun = %s", (list(ids), noun))


def _missing_tags(ids: Sequence[UUID]) -> Sequence[UUID]:
    return sorted(set(ids).difference(Tag.rows().filter(pk__in=ids).values_list("pk", flat=True)))


def _tag_choices(noun: str, by: Actor) -> Sequence[Option]:
    return [Option(str(t.pk), t.name, t.color) for t in Tag.rows().order_by("name_norm").only("name", "color")]


def _list_rows(noun: str, ids: Sequence[UUID]) -> memberships.Rows | None:
    if ContactList.rows().filter(pk__in=ids, is_primary=True).exists():
        return None  # everybody is on the primary list, and it stores no rows
    subscribed = ListSubscription.Status.SUBSCRIBED.value
    where = "m.list_id = ANY(%s) AND m.status = %s"
    return memberships.Rows("people_listsubscription", "contact_id", where, (list(ids), subscribed))


def _missing_lists(ids: Sequence[UUID]) -> Sequence[UUID]:
    return sorted(set(ids).difference(ContactList.rows().filter(pk__in=ids).values_list("pk", flat=True)))


def _list_choices(noun: str, by: Actor) -> Sequence[Option]:
    rows = ContactList.rows().filter(archived_at=None).order_by("name_norm").only("name")
    return [Option(str(found.pk), found.name) for found in rows]


TAGS = memberships.Kind(
    "tag", "Tags", "tag", "set", frozenset({"contact", "company"}), _tag_rows, _missing_tags, _tag_choices
)
LISTS = memberships.Kind(
    "list", "Lists", "list", "list", frozenset({"contact"}), _list_rows, _missing_lists, _list_choices
)
