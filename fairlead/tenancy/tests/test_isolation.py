"""PostgreSQL itself refuses to show or write another firm's rows."""

import pytest
from django.db import DatabaseError, connection, transaction

from fairlead.people.models import Company, Contact
from fairlead.tenancy.context import NoFirm
from fairlead.tenancy.policies import firm_models
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms() -> tuple[Firm, Firm]:
    return Firm.objects.create(slug="alice-co", name="Alice & Co"), Firm.objects.create(slug="charlie", name="Charlie")


def test_without_a_firm_the_manager_raises() -> None:
    with pytest.raises(NoFirm):
        Contact.objects.all()


def test_without_a_firm_raw_sql_sees_no_row_of_any_firm_table(firms: tuple[Firm, Firm]) -> None:
    with firm_context(firms[0].id):
        Contact.objects.create(first_name="Ann")
    with connection.cursor() as cursor:
        for model in firm_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            assert cursor.fetchone() == (0,), model


def test_a_firm_sees_and_changes_only_its_own_rows(firms: tuple[Firm, Firm]) -> None:
    alice, charlie = firms
    with firm_context(alice.id):
        ann = Contact.objects.create(first_name="Ann")
    with firm_context(charlie.id), connection.cursor() as cursor:
        assert not Contact.objects.filter(pk=ann.pk).exists()
        cursor.execute("UPDATE people_contact SET first_name = 'x'")
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Contact.objects.create(first_name="Eve", firm_id=alice.id)


def test_a_key_to_another_firms_row_is_refused(firms: tuple[Firm, Firm]) -> None:
    alice, charlie = firms
    with firm_context(alice.id):
        acme = Company.objects.create(name="Acme")
    with firm_context(charlie.id), pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
        Contact.objects.create(first_name="Eve", company_id=acme.pk)
        connection.check_constraints()


def test_every_firm_table_has_its_policy_and_no_partition_is_open(firms: tuple[Firm, Firm]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'firm_isolation'")
        policed = {row[0] for row in cursor.fetchall()}
        assert policed == {m._meta.db_table for m in firm_models()}
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"
            " AND has_table_privilege(oid, 'SELECT') AND relname LIKE 'events_%%'"
        )
        assert cursor.fetchall() == []


def test_the_application_role_has_no_way_round(firms: tuple[Firm, Firm]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_nothing_that_runs_as_the_owner_can_be_lured_into_the_callers_own_schema() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
            " AND NOT coalesce(proconfig, '{}')::text LIKE '%search\\_path=pg\\_catalog, public, pg\\_temp%'"
        )
        assert cursor.fetchall() == []


def test_a_view_in_the_callers_schema_runs_nothing_as_the_owner() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.spy() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN"
            " PERFORM set_config('spy.ran_as', current_user, true); RETURN true; END $$"
        )
        cursor.execute(
            "CREATE TEMP VIEW segments_segment AS SELECT now() AS stale_since, ''::text AS problem,"
            " 'active'::text AS status WHERE pg_temp.spy()"
        )
        cursor.execute("GRANT SELECT ON segments_segment TO PUBLIC")
        cursor.execute("SELECT segments_health(now(), now())")
        cursor.execute("SELECT current_setting('spy.ran_as', true)")
        assert cursor.fetchone() in ((None,), ("",))
