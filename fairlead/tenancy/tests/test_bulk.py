"""The bulk door gives what foreign keys and policies give, for a set of rows at once."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fairlead.kernel.ids import uuid7_texts
from fairlead.people.models import Company, Contact, ContactEmail
from fairlead.tenancy import bulk
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db
KINDS = {"id": "uuid", "first_name": "text", "company_id": "uuid"}


def write(names: list[str], company: str | None = None) -> list[str]:
    ids = uuid7_texts(len(names))
    bulk.stage("people", KINDS, bulk.copy_block([ids, names, [company] * len(names)]))
    bulk.insert(bulk.Insert(Contact, "people", list(KINDS), {"source": "import"}))
    return ids


def test_rows_land_in_the_firm_in_context_with_their_defaults(firm_a: Firm, firm_b: Firm) -> None:
    names = ["Ann", "tab\tand\nline \\ end", ""]
    with firm_context(firm_a.id):
        write(names)
        assert sorted(Contact.rows().values_list("first_name", flat=True)) == sorted(names)
        ann = Contact.rows().get(first_name="Ann")
        assert (ann.source, ann.lifecycle, ann.custom, ann.version, ann.do_not_contact) == (
            "import",
            "lead",
            {},
            1,
            False,
        )
    with firm_context(firm_b.id):
        assert not Contact.rows().exists()


def test_a_key_that_points_nowhere_or_into_another_firm_is_refused(firm_a: Firm, firm_b: Firm) -> None:
    with firm_context(firm_b.id):
        theirs = Company.objects.create(name="Theirs")
    with firm_context(firm_a.id):
        ours = Company.objects.create(name="Ours")
        write(["Ann"], ours.id.hex)
        for wrong in (theirs.id.hex, uuid7_texts(1)[0]):
            with pytest.raises(IntegrityError), transaction.atomic():
                write(["Eve"], wrong)
        assert list(Contact.rows().values_list("first_name", flat=True)) == ["Ann"]


def test_children_are_proven_by_the_parents_of_the_same_call_only(firm_a: Firm) -> None:
    with firm_context(firm_a.id):
        ids, address_ids, stray = uuid7_texts(2), uuid7_texts(2), uuid7_texts(2)
        bulk.stage("people", {"id": "uuid"}, bulk.copy_block([ids]))
        kinds = {"id": "uuid", "contact_id": "uuid", "address": "text", "address_norm": "text"}
        columns = [address_ids, ids, ["a@x.example", "b@x.example"], ["a@x.example", "b@x.example"]]
        bulk.stage("addresses", kinds, bulk.copy_block(columns))
        parents, children = bulk.Insert(Contact, "people", ["id"]), bulk.Insert(ContactEmail, "addresses", list(kinds))
        assert bulk.insert(parents, children) == [2, 2]
        bulk.stage("people", {"id": "uuid"}, bulk.copy_block([uuid7_texts(2)]))
        bulk.stage("addresses", kinds, bulk.copy_block([uuid7_texts(2), stray, ["c@x", "d@x"], ["c@x", "d@x"]]))
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk.insert(parents, children)


def test_without_a_firm_nothing_is_written(firm_a: Firm) -> None:
    with pytest.raises(DatabaseError, match="no firm"), transaction.atomic():
        write(["Ann"])


@pytest.mark.parametrize("step", [
    '{"target": "tenancy_firm", "staged": "t", "columns": ["id"], "constants": {}}',
    '{"target": "people_contact", "staged": "t", "columns": ["id", "firm_id"], "constants": {}}',
    '{"target": "people_contact", "staged": "v", "columns": ["id"], "constants": {}}',
])  # fmt: skip
def test_the_door_opens_for_firm_tables_and_plain_stages_only(firm_a: Firm, step: str) -> None:
    with firm_context(firm_a.id), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE t (id uuid) ON COMMIT DROP")
        cursor.execute("CREATE TEMP VIEW v AS SELECT id FROM people_contact")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT firm_bulk_insert(jsonb_build_array(%s::jsonb))", [step])
        cursor.execute("DROP VIEW v")


def test_a_constant_cannot_smuggle_sql(firm_a: Firm) -> None:
    with firm_context(firm_a.id):
        bulk.stage("people", {"id": "uuid"}, bulk.copy_block([uuid7_texts(1)]))
        bulk.insert(bulk.Insert(Contact, "people", ["id"], {"city": "'; DROP TABLE people_contact; --"}))
        assert Contact.rows().get().city == "'; DROP TABLE people_contact; --"
