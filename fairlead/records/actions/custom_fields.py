"""Add, change, archive, merge and delete custom fields."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max

from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.unique import unique
from fairlead.records import access
from fairlead.records.actions import field_errands, field_rules
from fairlead.records.fields import FieldType
from fairlead.records.models import CustomField, FieldValue, Kind
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor

MAX_FIELDS = 500
CHANGEABLE = ("label", "group", "help", "options", "is_required", "is_unique", "default", "rules", "position")


@transaction.atomic
def create_field(noun: Noun, values: Mapping[str, Any], *, by: Actor) -> CustomField:
    """Add a field: `label`, `kind`, and what `update_field` takes; `key` is made of the label when it is not given.

    No table changes and nothing is locked: a field is a row. Raises `InvalidInput`.
    """
    by.require("fields.manage")
    rows = CustomField.rows().filter(noun=noun.name)
    if rows.count() >= MAX_FIELDS:
        raise InvalidInput(f"A noun has at most {MAX_FIELDS} custom fields.")
    if values.get("kind") not in Kind.values:
        raise InvalidInput({"kind": [f"One of {', '.join(Kind.values)} is expected."]})
    field = CustomField(noun=noun.name, kind=values["kind"], created_by_id=by.membership_id)
    field.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    given = {n: v for n, v in values.items() if n not in ("kind", "key")}
    field_rules.assign(field, {"label": "", **given}, CHANGEABLE)
    field.key = field_rules.key(values.get("key") or "", field.label, dict(rows.values_list("key", "label")))
    with unique(f"There is already a field with the key {field.key}, perhaps in the archive.", field="key"):
        field.save(force_insert=True)
    field_errands.tell("custom_field.created", field, by, kind=field.kind)
    return field


@transaction.atomic
def update_field(field_id: UUID, values: Mapping[str, Any], *, by: Actor) -> CustomField:
    """Change a field; key and kind stay for good. Options that records hold may be archived, not left out.

    Raises `InvalidInput`, also when values that must become unique are not.
    """
    by.require("fields.manage")
    field = _locked(field_id, by)
    used = _used_options(field) if "options" in values else set()
    was_unique = field.is_unique
    field_rules.assign(field, values, CHANGEABLE)
    lost = used - {option["value"] for option in field.options}
    if lost:
        message = f"Records still hold {', '.join(sorted(lost))}: archive or merge these options."
        raise InvalidInput({"options": [message]})
    if field.is_unique and not was_unique:
        _refuse_repeated(field)
    field.save()
    field_errands.tell("custom_field.updated", field, by, fields=sorted(values))
    return field


@transaction.atomic
def archive_field(field_id: UUID, *, by: Actor) -> CustomField:
    """Put a field away: forms, lists and filters forget it, its values stay, and their index goes on following them."""
    by.require("fields.manage")
    field = _locked(field_id, by)
    if field.archived_at is None:
        field.archived_at, field.archived_by_id = clock.now(), by.membership_id
        field.save()
        field_errands.tell("custom_field.archived", field, by)
    return field


@transaction.atomic
def restore_field(field_id: UUID, *, by: Actor) -> CustomField:
    """Take a field out of the archive: its values, and their index, are as they were or have become."""
    by.require("fields.manage")
    field = _locked(field_id, by)
    if field.archived_at is not None:
        field.archived_at, field.archived_by = None, None
        field.save()
        field_errands.tell("custom_field.restored", field, by)
    return field


@transaction.atomic
def merge_options(field_id: UUID, gone: str, kept: str, *, by: Actor) -> int:
    """Give every record that holds the option `gone` the option `kept` instead; returns how many.

    Many go on to be changed in the background, and 0 is returned. Raises `InvalidInput`, and `Conflict` as long as the
    field's values are being changed.
    """
    by.require("fields.manage")
    field = _locked(field_id, by)
    known = {option["value"] for option in field.options}
    if gone not in known or kept not in known or gone == kept:
        raise InvalidInput({"options": ["Choose two options of this field."]})
    return field_errands.merge(field, gone, kept, by=by)


@transaction.atomic
def delete_field(field_id: UUID, *, by: Actor, confirm: str) -> None:
    """Delete an archived field with all its values, for good, many in the background; `confirm` must be its key."""
    by.require("fields.manage")
    field = _locked(field_id, by)
    if field.archived_at is None:
        raise Conflict("Archive the field first.")
    if confirm != field.key:
        raise InvalidInput({"confirm": [f"Type {field.key} to delete the field and all its values."]})
    field_errands.delete(field, by=by)


def usage(field: CustomField) -> int:
    """Return how many records hold a value of the field."""
    return FieldValue.rows().filter(field_id=field.id).values("record_id").distinct().count()


def usage_of(fields: Sequence[CustomField]) -> dict[UUID, int]:
    """Return how many records hold a value of each field: who chose several options is one of them."""
    several = [f.pk for f in fields if f.type is FieldType.MULTI_CHOICE]
    single = [f.pk for f in fields if f.type is not FieldType.MULTI_CHOICE]  # a row is a record: no need to sort
    rows = FieldValue.rows().values("field_id")
    counted = [
        *rows.filter(field_id__in=single).annotate(n=Count("record_id")),
        *rows.filter(field_id__in=several).annotate(n=Count("record_id", distinct=True)),
    ]
    return {row["field_id"]: row["n"] for row in counted}


def _locked(field_id: UUID, by: Actor) -> CustomField:
    access.custom_field(by, field_id)
    found: CustomField = CustomField.rows().select_for_update(of=("self",)).get(pk=field_id)
    field_errands.require_quiet(found)
    return found


def _used_options(field: CustomField) -> set[str]:
    return set(FieldValue.rows().filter(field_id=field.id).values_list("key", flat=True).distinct())


def _refuse_repeated(field: CustomField) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM records_fieldvalue WHERE firm_id = %s AND field_id = %s GROUP BY key HAVING count(*) > 1 "
            "LIMIT 1",
            [field.firm_id, field.id],
        )
        repeated = cursor.fetchone()
    if repeated:
        raise InvalidInput({"is_unique": [f"Several records hold “{repeated[0][:80]}”."]})
