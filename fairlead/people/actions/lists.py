"""Create, change and archive lists; subscribe people and take them off."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from fairlead.events.public import NewEvent, record, record_many
from fairlead.jobs.public import enqueue_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.ids import uuid7
from fairlead.kernel.text import fold, squeeze, whole_number
from fairlead.kernel.unique import unique
from fairlead.people import access
from fairlead.people.jobs import ask_confirmation
from fairlead.people.models import ContactList, ListSubscription
from fairlead.tenancy.public import Actor, require_firm

NAME_LENGTH, DESCRIPTION_LENGTH = 100, 500
SUBJECT_LENGTH, TEXT_LENGTH, MOST_DAYS = 150, 2000, 90
CONFIRMING = ("confirm_subject", "confirm_text", "confirm_days")
ASK_AGAIN = timedelta(hours=1)
PRIMARY_NAME = "All contacts"


@transaction.atomic
def create_primary_list(*, by: Actor) -> ContactList:
    """Create the list that holds everybody, once a firm; a second call returns the first one's list."""
    existing = ContactList.rows().filter(is_primary=True).first()
    if existing is not None:
        return existing
    made = ContactList(name=PRIMARY_NAME, name_norm=fold(PRIMARY_NAME), is_primary=True,
                       description="Everybody you know, by itself.")  # fmt: skip
    ContactList.objects.bulk_create([made], ignore_conflicts=True)
    kept = ContactList.rows().get(is_primary=True)
    if kept.id == made.id:
        record("list.created", by=by, subject=("list", made.id), data={"list": made.name})
    return kept


def furnish(by: Actor) -> None:
    """Give a new firm its primary list."""
    create_primary_list(by=by)


@transaction.atomic
def create_list(name: str, *, by: Actor, description: str = "", **confirming: Any) -> ContactList:
    """Create a list; `confirming` are the `CONFIRMING` fields. Raises `InvalidInput` when the name is taken."""
    by.require("lists.manage")
    made = ContactList()
    _set(made, name, description, confirming)
    _save(made, new=True)
    record("list.created", by=by, subject=("list", made.id), data={"list": made.name})
    return made


@transaction.atomic
def update_list(
    list_id: UUID, *, by: Actor, name: str | None = None, description: str | None = None, **confirming: Any
) -> ContactList:
    """Change a list and how it asks to confirm (`CONFIRMING`); None leaves as it is. The primary one keeps its name."""
    by.require("lists.manage")
    found = access.contact_list(by, list_id, lock=True)
    if found.is_primary and name is not None and squeeze(name) != found.name:
        raise Conflict("The list of all contacts keeps its name.")
    before = {field: getattr(found, field) for field in ("name", "description", *CONFIRMING)}
    description = found.description if description is None else description
    _set(found, found.name if name is None else name, description, confirming)
    changes = {n: [was, getattr(found, n)] for n, was in before.items() if was != getattr(found, n)}
    if changes:
        _save(found)
        record("list.updated", by=by, subject=("list", found.id), data={"list": found.name, "changes": changes})
    return found


@transaction.atomic
def archive_list(list_id: UUID, *, by: Actor) -> ContactList:
    """Put a list away: it keeps its people, but is no longer offered or written to."""
    by.require("lists.manage")
    found = access.contact_list(by, list_id, lock=True)
    if found.is_primary:
        raise Conflict("The list of all contacts cannot be archived.")
    if found.archived_at is None:
        found.archived_at = clock.now()
        found.save(update_fields=["archived_at", "updated_at"])
        record("list.archived", by=by, subject=("list", found.id), data={"list": found.name})
    return found


@transaction.atomic
def unarchive_list(list_id: UUID, *, by: Actor) -> ContactList:
    """Take a list out again."""
    by.require("lists.manage")
    found = access.contact_list(by, list_id, lock=True)
    if found.archived_at is not None:
        found.archived_at = None
        found.save(update_fields=["archived_at", "updated_at"])
        record("list.unarchived", by=by, subject=("list", found.id), data={"list": found.name})
    return found


@transaction.atomic
def subscribe(list_id: UUID, contact_ids: Sequence[UUID], *, by: Actor, source: str = "") -> int:
    """Subscribe the contacts that the actor may see; returns how many were not subscribed before."""
    found = _open_list(list_id, by)
    status, event = ListSubscription.Status.SUBSCRIBED, "list.subscribed"
    return len(_set_status(found, _locked(contact_ids, by), status, event, source or by.via, by))


@transaction.atomic
def unsubscribe(list_id: UUID, contact_ids: Sequence[UUID], *, by: Actor, source: str = "") -> int:
    """Take contacts off a list; they stay known as unsubscribed. Returns how many were subscribed or pending."""
    found = _open_list(list_id, by)
    rows = ListSubscription.rows().filter(list=found, contact_id__in=_locked(contact_ids, by))
    ids = list(rows.exclude(status=ListSubscription.Status.UNSUBSCRIBED).values_list("contact_id", flat=True))
    status, event = ListSubscription.Status.UNSUBSCRIBED, "list.unsubscribed"
    return len(_set_status(found, ids, status, event, source or by.via, by))


@transaction.atomic
def ask_to_confirm(list_id: UUID, contact_ids: Sequence[UUID], *, by: Actor, source: str = "") -> int:
    """Put contacts on a list until they confirm (pending) and mail them the link; those subscribed already stay so.

    Who is pending is asked again, at most once an hour. Returns how many were asked. The mail keeps quiet to whoever
    wants none (see `confirming`): they stay pending.
    """
    found, now = _open_list(list_id, by), clock.now()
    known = ListSubscription.rows().filter(list=found, contact_id__in=contact_ids)
    again = Q(status=ListSubscription.Status.PENDING) & (Q(asked_at=None) | Q(asked_at__lt=now - ASK_AGAIN))
    due = set(known.filter(again).values_list("contact_id", flat=True))
    on = set(known.filter(status=ListSubscription.Status.SUBSCRIBED).values_list("contact_id", flat=True))
    ids = [pk for pk in _locked(contact_ids, by) if pk not in on]
    status, event = ListSubscription.Status.PENDING, "list.confirmation_asked"
    asked = _set_status(found, ids, status, event, source or by.via, by)
    repeated = [pk for pk in ids if pk in due]
    _record(found, repeated, event, source or by.via, by)
    _mail_later(found, [*asked, *repeated], now)
    return len(asked) + len(repeated)


def _mail_later(found: ContactList, ids: Sequence[UUID], now: datetime) -> None:
    ListSubscription.rows().filter(list=found, contact_id__in=ids).update(asked_at=now)
    each = [{"list_id": found.pk, "contact_id": pk} for pk in ids]
    enqueue_many(ask_confirmation, each, firm_id=require_firm())


@transaction.atomic
def confirm(list_id: UUID, contact_ids: Sequence[UUID], *, by: Actor, source: str = "") -> int:
    """Subscribe those who were asked and have confirmed; returns how many were pending."""
    found = _open_list(list_id, by)
    rows = ListSubscription.rows().filter(list=found, contact_id__in=_locked(contact_ids, by))
    ids = list(rows.filter(status=ListSubscription.Status.PENDING).values_list("contact_id", flat=True))
    return len(_set_status(found, ids, ListSubscription.Status.SUBSCRIBED, "list.confirmed", source or by.via, by))


def _open_list(list_id: UUID, by: Actor) -> ContactList:
    by.require("contacts.edit")
    found = access.contact_list(by, list_id)
    if found.is_primary:
        raise InvalidInput({"list": ["Everybody is on the list of all contacts; record an opt-out instead."]})
    if found.archived_at is not None:
        raise Conflict(f"The list {found.name} is archived.")
    return found


def _locked(ids: Sequence[UUID], by: Actor) -> list[UUID]:
    rows = access.contacts(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(rows.values_list("pk", flat=True))


_UPSERT = """
INSERT INTO people_listsubscription AS s
    (id, firm_id, created_at, updated_at, list_id, contact_id, status, source)
SELECT p.id, %(firm)s, %(now)s, %(now)s, %(list)s, p.contact, %(status)s, %(source)s
FROM unnest(%(ids)s::uuid[], %(contacts)s::uuid[]) AS p(id, contact)
ON CONFLICT (firm_id, contact_id, list_id)
    DO UPDATE SET status = excluded.status, source = excluded.source, updated_at = excluded.updated_at
    WHERE s.status <> excluded.status
RETURNING contact_id
"""


def _set_status(found: ContactList, ids: Sequence[UUID], status: str, event: str, source: str, by: Actor) -> list[UUID]:
    """Give contacts a status and write it into the log; return those whose status that changes."""
    if not ids:
        return []
    values: dict[str, Any] = {
        "firm": by.firm_id, "now": clock.now(), "list": found.id, "status": str(status), "source": source,
        "ids": [uuid7() for _ in ids], "contacts": list(ids),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, values)
        changed = [row[0] for row in cursor.fetchall()]
    _record(found, changed, event, source, by)
    return changed


def _record(found: ContactList, ids: Sequence[UUID], event: str, source: str, by: Actor) -> None:
    data = {"list": found.name, "list_id": str(found.id), "source": source}
    record_many([NewEvent(event, ("contact", pk), contact_id=pk, data=data) for pk in ids], by=by)


def _set(found: ContactList, name: str, description: str, confirming: Mapping[str, Any]) -> None:
    found.name, found.description = squeeze(name), description.strip()
    errors: dict[str, list[str]] = {}
    if not 0 < len(found.name) <= NAME_LENGTH:
        errors["name"] = [f"A name of 1 to {NAME_LENGTH} characters is expected."]
    if len(found.description) > DESCRIPTION_LENGTH:
        errors["description"] = [f"At most {DESCRIPTION_LENGTH} characters fit."]
    _set_confirming(found, {field: value for field, value in confirming.items() if value is not None}, errors)
    if errors:
        raise InvalidInput(errors)
    found.name_norm = fold(found.name)


def _set_confirming(found: ContactList, given: Mapping[str, Any], errors: dict[str, list[str]]) -> None:
    """Set what the list writes to those whom it asks to confirm."""
    if "confirm_subject" in given:
        found.confirm_subject = squeeze(given["confirm_subject"])
        if len(found.confirm_subject) > SUBJECT_LENGTH:
            errors["confirm_subject"] = [f"At most {SUBJECT_LENGTH} characters fit."]
    if "confirm_text" in given:
        found.confirm_text = given["confirm_text"].strip()
        if len(found.confirm_text) > TEXT_LENGTH:
            errors["confirm_text"] = [f"At most {TEXT_LENGTH} characters fit."]
    if said := str(given.get("confirm_days", "")).strip():
        days = whole_number(said)
        if days is None or not 1 <= days <= MOST_DAYS:
            errors["confirm_days"] = [f"A number of days from 1 to {MOST_DAYS} is expected."]
        else:
            found.confirm_days = days


def _save(found: ContactList, *, new: bool = False) -> None:
    with unique(f"There is already a list called {found.name}."):
        found.save(force_insert=new)
