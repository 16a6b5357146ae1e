"""What a record can belong to, for the criteria: tags and lists."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Sum

from fairlead.people import leaving
from fairlead.people.models import ContactList, ListSubscription, Tag, Tagging
from fairlead.records.public import Option, memberships, nouns
from fairlead.tenancy.public import Actor


def _tag_rows(noun: str, ids: Sequence[UUID]) -> memberships.Rows:
    # The noun is left out: ids are unique across nouns, and so the unique key alone answers for one record.
    merged = leaving.becoming(ids)
    ids = [*ids, *merged]

    def about() -> int | None:
        count: int | None = Tag.rows().filter(pk__in=ids).aggregate(Sum("usage_count"))["usage_count__sum"]
        return count

    return memberships.Rows("people_tagging", "record_id", "tag_id", "m.tag_id = ANY(%s)", (ids,), about, merged)


def _missing_tags(ids: Sequence[UUID]) -> Sequence[UUID]:
    return sorted(set(ids).difference(Tag.rows().filter(pk__in=ids).values_list("pk", flat=True), leaving.leaving()))


def _tag_choices(noun: str, by: Actor) -> Sequence[Option]:
    rows = Tag.rows().exclude(pk__in=list(leaving.leaving())).order_by("name_norm")
    return [Option(str(t.pk), t.name, t.color) for t in rows.only("name", "color")]


def _list_rows(noun: str, ids: Sequence[UUID]) -> memberships.Rows | None:
    if ContactList.rows().filter(pk__in=ids, is_primary=True).exists():
        return None  # everybody is on the primary list, and it stores no rows
    subscribed = ListSubscription.Status.SUBSCRIBED.value
    where = "m.list_id = ANY(%s) AND m.status = %s"
    return memberships.Rows("people_listsubscription", "contact_id", "list_id", where, (list(ids), subscribed))


def _missing_lists(ids: Sequence[UUID]) -> Sequence[UUID]:
    return sorted(set(ids).difference(ContactList.rows().filter(pk__in=ids).values_list("pk", flat=True)))


def _list_choices(noun: str, by: Actor) -> Sequence[Option]:
    return _lists(archived=False)


def _past_lists() -> Sequence[Option]:
    return _lists(archived=True)


def _lists(*, archived: bool) -> list[Option]:
    rows = ContactList.rows().filter(archived_at__isnull=not archived).order_by("name_norm").only("name")
    return [Option(str(found.pk), found.name) for found in rows]


def _tags_of(noun: str, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Option]]:
    found: dict[UUID, list[Option]] = defaultdict(list)
    rows = Tagging.rows().filter(record_id__in=ids).order_by("tag__name_norm")
    for record, pk, name, color in rows.values_list("record_id", "tag_id", "tag__name", "tag__color"):
        found[record].append(Option(str(pk), name, color))
    return found


def _lists_of(noun: str, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Option]]:
    found: dict[UUID, list[Option]] = defaultdict(list)
    rows = ListSubscription.rows().filter(contact_id__in=ids, status=ListSubscription.Status.SUBSCRIBED)
    for contact, pk, name in rows.order_by("list__name_norm").values_list("contact_id", "list_id", "list__name"):
        found[contact].append(Option(str(pk), name))
    return found


CONTACTS = frozenset({"contact"})
TAGS = memberships.Kind("tag", "Tags", "tag", "set", nouns.Taggable(), _tag_rows, _missing_tags, _tag_choices, _tags_of)
LISTS = memberships.Kind(
    "list", "Lists", "list", "list", CONTACTS, _list_rows, _missing_lists, _list_choices, _lists_of, _past_lists
)
