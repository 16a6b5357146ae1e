"""Every field that a column may be written to is written."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.models import Contact
from fairlead.people.nouns.contact import FIELDS
from fairlead.records.imports.public import import_file
from fairlead.records.public import Field, FieldType
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
WRITTEN: dict[FieldType, str] = {
    FieldType.TEXT: "Something", FieldType.LONG_TEXT: "Something", FieldType.NUMBER: "7", FieldType.BOOLEAN: "yes",
    FieldType.DATE: "2001-02-03", FieldType.DATETIME: "2001-02-03T04:05:06Z", FieldType.RECURRING_DATE: "2001-02-03",
    FieldType.EMAIL: "ada@heron.example", FieldType.PHONE: "+44 20 7946 0000", FieldType.URL: "https://heron.example",
    FieldType.COUNTRY: "GB", FieldType.TIME_ZONE: "Europe/Rome", FieldType.LANGUAGE: "de", FieldType.COMPANY: "Heron",
    FieldType.MEMBER: "alice@alder.example",
}  # fmt: skip


def sample(field: Field, person: Person) -> str:
    if field.type is FieldType.MEMBER:
        return person.user.email
    return field.options[-1].label if field.options else WRITTEN[field.type]


def test_each_mapped_column_arrives(alice: Person, charlie: Person) -> None:
    fields = [f for f in FIELDS if f.importable and f.editable]
    file = StringIO()
    csv.writer(file).writerows([[f"Column {f.name}" for f in fields], [sample(f, alice) for f in fields]])
    mapping: dict[str, Any] = {f"Column {f.name}": f.name for f in fields}
    found = import_file("contacts", BytesIO(file.getvalue().encode()), name="all.csv", by=alice.actor, mapping=mapping)
    assert (found["created"], found["errors"]) == (1, 0), found["problems"]
    with firm_context(alice.firm.id):
        made = Contact.rows().get()
        empty = Contact()
        left = [f.name for f in fields if getattr(made, f.attribute) == getattr(empty, f.attribute)]
    assert left == []
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()
