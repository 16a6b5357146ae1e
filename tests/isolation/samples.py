"""One row in every firm table, made from the models alone, so that a room of tomorrow is covered without a line.

Every free text of a row holds `MARK`: an answer to a stranger that contains it has leaked. All rows have one and the
same id, so whoever asks an address for it asks every table at once, whichever of them the view looks it up in.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event, NewEvent, record_many
from fairlead.people.models import Contact
from fairlead.tenancy.policies import firm_models
from fairlead.tenancy.public import FirmModel, firm_context

MARK = "zanzibar"
# Where a model's words are not free. Keyed by model label and field, by field alone as a fallback.
WORDS: dict[str, Any] = {
    "noun": "contact",
    "role": "member",
    "activities.ActivityOption.role": "outcome",
    "records.CustomField.kind": "text",
    "verb": "tag",
    "key": f"{MARK}_key",
    "records.DuplicateKey.key": 7,
    "records.Merge.loser_id": UUID(int=5),  # another record than the winner
}
UNSAMPLED = {"events.Head", "events.Cursor"}  # bookkeeping of consumers, without an id that anybody could name

SPOKEN = {"name", "first_name", "last_name", "title", "description", "city", "job_title", "text"}

MEMBERS = "accounts_membership"
Ids = dict[str, UUID | int]


def fill(owner: Person, colleague: Person) -> Ids:
    """Give the firm of both a row in each firm table; return its id for each: that of the colleague, or a number."""
    ids: Ids = {MEMBERS: colleague.membership.id}
    waiting = [m for m in firm_models() if m._meta.label not in UNSAMPLED and m is not Event]
    with firm_context(owner.firm.id):
        waiting.remove(type(owner.membership))
        while waiting:
            ready = [m for m in waiting if all(t._meta.db_table in ids for t in _needs(m))]
            assert ready, f"These models need each other: {waiting}"
            for model in ready:
                ids[model._meta.db_table] = _row(model, ids).pk
                waiting.remove(model)
        about = ids["people_contact"]
        event = NewEvent("contact.created", ("contact", about), contact_id=about, data={"name": MARK}, id=ids[MEMBERS])
        record_many([event], by=owner.actor)
        ids["events_event"] = event.id
        assert {i for i in ids.values() if isinstance(i, UUID)} == {ids[MEMBERS]}
    return ids


def _needs(model: type[FirmModel]) -> list[type[models.Model]]:
    keys = [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey) and not f.null]
    targets = [f.remote_field.model for f in keys]
    if any(type(f) is models.UUIDField and not f.null and not f.primary_key for f in model._meta.concrete_fields):
        targets.append(Contact)  # what names a record of any noun names the contact
    return [t for t in targets if issubclass(t, FirmModel) and t is not model]


def _row(model: type[FirmModel], ids: Ids) -> FirmModel:
    values = {f.attname: _value(model, f, ids) for f in model._meta.concrete_fields if _wanted(f)}
    if isinstance(model._meta.pk, models.UUIDField):
        values["id"] = ids[MEMBERS]
    return model.objects.create(**{k: v for k, v in values.items() if v is not None})


def _wanted(field: Any) -> bool:
    if field.name in ("id", "firm", "created_at", "updated_at") or field.name.endswith(("deleted_at", "revoked_at")):
        return False
    if getattr(field, "generated", False):
        return False  # PostgreSQL computes it
    if field.name in ("archived_at", "accepted_at", "deactivated_at"):
        return False
    if isinstance(field, models.TextField | models.CharField) and field.blank:
        return field.name in SPOKEN  # others have a form of their own, such as a date or a language
    return isinstance(field, models.ForeignKey | models.TextField | models.CharField) or not field.has_default()


def _value(model: type[FirmModel], field: Any, ids: Ids) -> Any:
    for name in (f"{model._meta.label}.{field.name}", field.name):
        if name in WORDS:
            return WORDS[name]
    if field.name == "low_id":
        return _twin(ids)
    if isinstance(field, models.ForeignKey):
        return ids.get(field.remote_field.model._meta.db_table)
    if isinstance(field, models.UUIDField):
        return ids.get("people_contact", UUID(int=7))
    if isinstance(field, models.FileField) or (field.null and not isinstance(field, models.CharField)):
        return None
    if field.choices:
        return field.default if field.has_default() else field.choices[0][0]
    return _plain(field)


def _twin(ids: Ids) -> UUID:
    """Make another contact with a smaller id: the first of a pair."""
    contact = ids["people_contact"]
    assert isinstance(contact, UUID)
    return Contact.objects.create(id=UUID(int=contact.int - 1), name=f"{MARK} twin").pk


def _plain(field: Any) -> Any:
    now = datetime.now(UTC)
    kinds: list[tuple[type, Any]] = [
        (models.EmailField, f"{MARK}@alder.example"),
        (models.CharField, f"{MARK}-{field.name}"[: field.max_length or 200]),
        (models.TextField, field.default if field.has_default() and field.default else f"{MARK} {field.name}"),
        (models.DateTimeField, now + timedelta(days=1)),
        (models.DateField, date(2027, 1, 31)),
        (models.BooleanField, False),
        (models.IntegerField, 1),
        (models.FloatField, 1.0),
        (models.DecimalField, Decimal(1)),
        (models.DurationField, timedelta(minutes=1)),
        (models.TimeField, now.time()),
        (models.BinaryField, b""),
        (SearchVectorField, MARK),
        (models.JSONField, {}),
        (ArrayField, []),
        (SearchVectorField, MARK),
    ]
    found = [value for kind, value in kinds if isinstance(field, kind)]
    assert found, f"{field} is of a kind without a sample: add one to `_plain`, or a word to WORDS."
    return found[0]


def fingerprint(person: Person) -> dict[str, str]:
    """Return a checksum of each firm table's rows of the person's firm."""
    with firm_context(person.firm.id), connection.cursor() as cursor:
        tables = [m._meta.db_table for m in firm_models()]
        parts = " UNION ALL ".join(
            f"SELECT '{t}', coalesce(md5(string_agg(r::text, ',' ORDER BY r::text)), '') FROM \"{t}\" r" for t in tables
        )
        cursor.execute(
            f"{parts} UNION ALL SELECT 'firm', md5(r::text) FROM tenancy_firm r WHERE id = %s", [person.firm.id]
        )
        return dict(cursor.fetchall())


def mentions(person: Person, ids: Ids) -> list[str]:
    """Return where rows of the person's firm name one of `ids`: a reference into another firm."""
    found = []
    with firm_context(person.firm.id), connection.cursor() as cursor:
        for model in firm_models():
            for field in model._meta.concrete_fields:
                if field.db_type(connection) != "uuid" or field.name == "firm":
                    continue
                table, uuids = model._meta.db_table, [str(i) for i in ids.values() if isinstance(i, UUID)]
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{field.column}"::text = ANY(%s)', [uuids])
                if cursor.fetchone() != (0,):
                    found.append(f"{table}.{field.column}")
    return found
