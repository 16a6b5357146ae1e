"""The upgrade that makes names of views unique passes where two had the same name."""

from importlib import import_module

import pytest
from django.db import connections, migrations

upgrade = import_module("fairlead.records.migrations.0009_view_names_once")
TABLES = """
CREATE TABLE upgrade_owner (id integer PRIMARY KEY);
CREATE TABLE upgrade_view (
    id integer, firm_id integer, noun text, scope text, team_id integer, name text, name_norm text, created_at integer,
    owner_id integer REFERENCES upgrade_owner DEFERRABLE INITIALLY DEFERRED);
INSERT INTO upgrade_owner VALUES (1);
INSERT INTO upgrade_view SELECT n, 1, 'contact', 'private', NULL, 'Clients', '', n, 1 FROM generate_series(1, 3) n;
"""


@pytest.mark.django_db(databases=["default", "owner"])
def test_twins_get_numbers_and_the_table_can_change_after_that() -> None:
    steps = [o.sql for o in upgrade.Migration.operations if isinstance(o, migrations.RunSQL)]
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLES)
        for step in steps:
            cursor.execute(step.replace("records_savedview", "upgrade_view"))
        cursor.execute("ALTER TABLE upgrade_view ALTER COLUMN name_norm SET NOT NULL")
        cursor.execute("SELECT name FROM upgrade_view ORDER BY id")
        assert [name for (name,) in cursor.fetchall()] == ["Clients", "Clients (2)", "Clients (3)"]
