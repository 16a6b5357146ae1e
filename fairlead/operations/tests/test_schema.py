"""A database that lacks no migration."""

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
