"""A database that lacks no migration, and one that stopped where no way leads on."""

import pytest
from django.core.management.commands import migrate
from django.db import connections

from fairlead.operations import schema

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
MAY_READ = "SELECT has_table_privilege('fairlead_app', 'people_contact', 'SELECT')"
POLICED = "SELECT count(*) FROM pg_policies WHERE tablename = 'people_contact' AND policyname = 'firm_isolation'"


def test_policies_and_grants_are_set_though_nothing_is_pending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate.Command, "handle", lambda *_, **__: pytest.fail("nothing is to be migrated"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE SELECT ON people_contact FROM fairlead_app")
        cursor.execute("DROP POLICY firm_isolation ON people_contact")
        assert schema.migrate() == 0
        cursor.execute(MAY_READ)
        assert cursor.fetchone() == (True,)
        cursor.execute(POLICED)
        assert cursor.fetchone() == (1,)
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_database_that_stopped_between_steps_put_together_since_is_refused() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people' AND name = '0009_last_activity_rolled_up'")
    with pytest.raises(schema.SchemaTooOld, match=r"people\.0009_last_activity_rolled_up is missing"):
        schema.migrate()
