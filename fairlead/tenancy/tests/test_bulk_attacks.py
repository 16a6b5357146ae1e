"""Whoever speaks SQL as the application role tries to get through the bulk door: everything he may do, he tries.

What the door promises, and what it does not, is in docs/decisions/0005-bulk-door.md.
"""

import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, IntegrityError, connection, transaction

from fairlead.events.public import Event
from fairlead.kernel.ids import uuid7_texts
from fairlead.people.models import Company, Contact, ContactEmail
from fairlead.tenancy import bulk
from fairlead.tenancy.policies import firm_models
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db
# Tells who runs it: the attacker himself, or the owner of the tables on his behalf.
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SPY = """CREATE FUNCTION pg_temp.spy(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS
    $$ BEGIN IF current_user <> session_user THEN PERFORM set_config('spy.ran_as', current_user, false); END IF;
    RETURN n; END $$"""


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def value(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0]


def knock(*steps: dict[str, Any]) -> None:
    """Call the door as it is, past the Python that prepares its steps."""
    sql("SELECT firm_bulk_insert(%s::jsonb)", json.dumps(steps, cls=DjangoJSONEncoder))


def contact_step(staged: str, *columns: str, **constants: Any) -> dict[str, Any]:
    return bulk.Insert(Contact, staged, columns, constants).step(NOW)


@pytest.fixture
def theirs(firm_b: Firm) -> Company:
    with firm_context(firm_b.id):
        return Company.objects.create(name="Theirs")


# -- code that runs as the owner ------------------------------------------------------------------------------


@pytest.mark.parametrize("trap", [
    "CREATE INDEX ON t ((pg_temp.spy(1)))",
    "CREATE INDEX ON t (id) WHERE pg_temp.spy(1) = 1",
    "ALTER TABLE t ADD CHECK (pg_temp.spy(1) = 1); SET LOCAL constraint_exclusion = on",
    "CREATE STATISTICS pg_temp.s ON (pg_temp.spy(1)), id FROM t",
    "ALTER TABLE t ADD n int GENERATED ALWAYS AS (1 + 1) VIRTUAL",
    "ALTER TABLE t ADD n int GENERATED ALWAYS AS (pg_temp.spy(1)) STORED",
    "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (pg_temp.spy(1) = 1)",
    "CREATE TEMP TABLE child () INHERITS (t)",
    "CREATE DOMAIN pg_temp.trap AS text CHECK (pg_temp.spy(1) = 1); ALTER TABLE t ADD x pg_temp.trap",
    "CREATE TYPE pg_temp.trap AS (x int); ALTER TABLE t ADD x pg_temp.trap[]",
    "ALTER TABLE t RENAME TO base; CREATE VIEW pg_temp.t AS SELECT id FROM base WHERE pg_temp.spy(1) = 1",
])  # fmt: skip
def test_a_stage_that_could_run_code_is_none(firm_a: Firm, trap: str) -> None:
    with firm_context(firm_a.id):
        sql(SPY)
        sql("CREATE TEMP TABLE t (id uuid) ON COMMIT DROP")
        sql("GRANT SELECT ON t TO PUBLIC")
        for statement in trap.split("; "):
            sql(statement)
        with pytest.raises(DatabaseError, match="no staged table"), transaction.atomic():
            knock(contact_step("t", "id"))
        assert value("SELECT current_setting('spy.ran_as', true)") in (None, "")


def test_what_he_makes_does_not_shadow_what_the_door_uses(firm_a: Firm, theirs: Company) -> None:
    """The door finds its functions, operators, types and tables elsewhere than where everybody may make some."""
    with firm_context(firm_a.id):
        for statement in (
            "CREATE FUNCTION pg_temp.firm_bulk_prove(regclass, regclass, jsonb, jsonb, uuid) RETURNS void"
            " LANGUAGE sql AS 'SELECT'",
            "CREATE FUNCTION pg_temp.has_table_privilege(name, regclass, text) RETURNS bool LANGUAGE sql"
            " AS 'SELECT true'",
            "CREATE FUNCTION pg_temp.same(uuid, uuid) RETURNS bool LANGUAGE sql AS 'SELECT true'",
            "CREATE OPERATOR pg_temp.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = pg_temp.same)",
            "CREATE TEMP TABLE people_company (firm_id uuid, id uuid)",
            "CREATE TEMP TABLE pg_policy (polrelid oid, polname name)",
            "SET LOCAL search_path = pg_temp, public",
        ):
            sql(statement)
        sql("INSERT INTO pg_temp.people_company VALUES (%s, %s)", firm_a.id, theirs.id)
        bulk.stage("people", {"id": "uuid", "company_id": "uuid"}, bulk.copy_block([uuid7_texts(1), [theirs.id.hex]]))
        with pytest.raises(IntegrityError), transaction.atomic():
            knock(contact_step("people", "id", "company_id"))


def test_he_may_make_nothing_where_the_door_looks() -> None:
    for schema in ("public", "pg_catalog"):
        assert value("SELECT has_schema_privilege(current_user, %s, 'CREATE')", schema) is False
    assert value("SELECT has_function_privilege('firm_bulk_prove(regclass,regclass,jsonb,jsonb,uuid)', 'EXECUTE')") is (
        False
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        sql("SET session_replication_role = replica")


# -- rows of another firm --------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [
    {"columns": ["id", "firm_id"]},
    {"columns": ["id"], "constants": {"firm_id": "01900000-0000-7000-8000-000000000000"}},
    {"columns": {"id": 1, "firm_id": 2}},
    {"columns": "firm_id"},
])  # fmt: skip
def test_the_firm_is_never_his_to_say(firm_a: Firm, step: dict[str, Any]) -> None:
    with firm_context(firm_a.id):
        bulk.stage("people", {"id": "uuid", "firm_id": "uuid"}, bulk.copy_block([uuid7_texts(1), uuid7_texts(1)]))
        with pytest.raises(DatabaseError), transaction.atomic():
            knock(contact_step("people", "id") | step)


@pytest.mark.parametrize(
    "staged", ["people_contact", "public.people_contact", 'x" UNION SELECT id FROM "people_contact']
)
def test_he_reads_no_table_but_his_stage(firm_a: Firm, staged: str) -> None:
    with firm_context(firm_a.id), pytest.raises(DatabaseError), transaction.atomic():
        knock(contact_step(staged, "id"))


@pytest.mark.parametrize(
    "column", ["(SELECT name FROM people_company LIMIT 1)", "id, firm_id", 'id" FROM people_contact --']
)
@pytest.mark.parametrize("place", ["columns", "order"])
def test_a_column_is_a_name_and_nothing_else(firm_a: Firm, theirs: Company, place: str, column: str) -> None:
    with firm_context(firm_a.id):
        bulk.stage("people", {"id": "uuid"}, bulk.copy_block([uuid7_texts(1)]))
        with pytest.raises(DatabaseError), transaction.atomic():
            knock(contact_step("people", "id") | {place: [column]})


def test_a_constant_is_a_value_and_nothing_else(firm_a: Firm, theirs: Company) -> None:
    with firm_context(firm_a.id):
        bulk.stage("people", {"id": "uuid"}, bulk.copy_block([uuid7_texts(1)]))
        knock(contact_step("people", "id", city="(SELECT name FROM people_company)"))
        assert Contact.rows().get().city == "(SELECT name FROM people_company)"


@pytest.mark.parametrize(
    "target", ["tenancy_firm", "accounts_user", "django_session", "pg_class", "pg_policy", "nowhere"]
)
def test_only_tables_of_firms_are_targets(firm_a: Firm, target: str) -> None:
    with firm_context(firm_a.id):
        bulk.stage("t", {"id": "uuid"}, bulk.copy_block([uuid7_texts(1)]))
        with pytest.raises(DatabaseError), transaction.atomic():
            knock({"target": target, "staged": "t", "columns": ["id"], "constants": {}})


def test_a_partition_of_the_log_is_no_target(firm_a: Firm) -> None:
    partition = value(
        "SELECT min(relname) FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid"
        " WHERE i.inhparent = %s::regclass", Event._meta.db_table,
    )  # fmt: skip
    with firm_context(firm_a.id):
        bulk.stage("t", {"id": "bigint"}, bulk.copy_block([["1"]]))
        with pytest.raises(DatabaseError, match="no firm table"), transaction.atomic():
            knock({"target": partition, "staged": "t", "columns": ["id"], "constants": {}})


def test_a_firm_that_does_not_exist_gets_no_row(firm_a: Firm) -> None:
    """The key to the firm itself is proven too: a member of no firm leaves nothing behind."""
    ghost = uuid7_texts(1)[0]
    with transaction.atomic():
        sql("SELECT set_config('app.firm_id', %s, true)", ghost)
        bulk.stage("companies", {"id": "uuid"}, bulk.copy_block([uuid7_texts(1)]))
        step = bulk.Insert(Company, "companies", ["id"], {"name": "Ghost"}).step(NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            knock(step)


# -- keys ------------------------------------------------------------------------------------------------------


def test_a_constant_key_to_another_firms_row_is_refused(firm_a: Firm, theirs: Company) -> None:
    with firm_context(firm_a.id):
        bulk.stage("people", {"id": "uuid"}, bulk.copy_block([uuid7_texts(1)]))
        with pytest.raises(IntegrityError), transaction.atomic():
            knock(contact_step("people", "id", company_id=str(theirs.id)))


def test_a_key_to_a_login_that_does_not_exist_is_refused(firm_a: Firm) -> None:
    """Keys to tables of no firm are proven as well."""
    from fairlead.accounts.public import Membership

    with firm_context(firm_a.id):
        bulk.stage("members", {"id": "uuid", "user_id": "uuid"}, bulk.copy_block([uuid7_texts(1), uuid7_texts(1)]))
        step = bulk.Insert(Membership, "members", ["id", "user_id"], {"role": "owner"}).step(NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            knock(step)


def test_keys_in_text_are_none(firm_a: Firm, theirs: Company) -> None:
    """Text has collations, and anybody may define one that takes two ids for the same."""
    with firm_context(firm_a.id):
        bulk.stage("people", {"company_id": "text"}, bulk.copy_block([[str(theirs.id).upper()]]))
        with pytest.raises(IntegrityError), transaction.atomic():
            knock(contact_step("people", "company_id"))
        ours = Company.objects.create(name="Ours")
        bulk.stage("people", {"company_id": "text"}, bulk.copy_block([[str(ours.id)]]))
        with pytest.raises(DatabaseError, match="of type uuid"), transaction.atomic():
            knock(contact_step("people", "company_id"))


def test_every_key_of_every_firm_table_has_a_shape_that_the_door_proves() -> None:
    unknown = value(
        """SELECT coalesce(array_agg(conname::text), '{}') FROM pg_constraint c WHERE contype = 'f'
        AND conrelid = ANY (%s::regclass[]) AND conparentid = 0 AND NOT (
            (cardinality(conkey) = 1 OR cardinality(conkey) = 2 AND conkey[1] = (SELECT attnum FROM pg_attribute
                WHERE attrelid = c.conrelid AND attname = 'firm_id'))
            AND confkey[array_upper(confkey, 1)] = (SELECT attnum FROM pg_attribute
                WHERE attrelid = c.confrelid AND attname = 'id' AND atttypid = 'uuid'::regtype))""",
        [m._meta.db_table for m in firm_models()],
    )
    assert unknown == []


def test_no_firm_table_has_a_trigger_that_the_door_would_leave_out() -> None:
    assert value(
        "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY (%s::regclass[])",
        [m._meta.db_table for m in firm_models()],
    ) == 0  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_parent_cannot_be_deleted_between_its_proof_and_the_commit(firm_a: Firm) -> None:
    """The proof locks what it proves: whoever deletes the parent meanwhile waits, and then finds the child."""
    with firm_context(firm_a.id):
        parent = Contact.objects.create(first_name="Ann")
    refused: list[type[Exception]] = []

    def delete() -> None:
        try:
            with firm_context(firm_a.id):
                sql("DELETE FROM people_contact WHERE id = %s", parent.id)
        except IntegrityError as error:
            refused.append(type(error))
        finally:
            connection.close()

    deleter = threading.Thread(target=delete)
    with firm_context(firm_a.id):
        kinds = {"id": "uuid", "contact_id": "uuid", "address": "text", "address_norm": "text"}
        bulk.stage("addresses", kinds, bulk.copy_block([uuid7_texts(1), [parent.id.hex], ["a@x"], ["a@x"]]))
        bulk.insert(bulk.Insert(ContactEmail, "addresses", list(kinds)))
        deleter.start()
        while not _somebody_waits():
            assert deleter.is_alive(), refused
    deleter.join()
    assert refused == [IntegrityError]


def _somebody_waits() -> bool:
    return bool(value("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid')"))
