"""The test database: migrated by the owner role, used by the application role, as in production."""

import os
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from fairlead.accounts.tests import cast
from fairlead.api.tests.client import Api
from fairlead.tenancy.public import Firm, Role

OWNER, APP = "fairlead_owner", "fairlead_app"
# How long an example takes is the machine's affair: speed is measured by bin/bench.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")

SERVER = os.environ.get("FAIRLEAD_TEST_SERVER", "postgresql://postgres@127.0.0.1:5432")
TEMPLATE = os.environ.get("FAIRLEAD_TEST_TEMPLATE", "template1")  # a migrated database of that server, or an empty one
PASSWORD = urlsplit(SERVER).password or ""  # of every role of a throw-away server; none where it trusts us


def _admin() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(SERVER, dbname="postgres", autocommit=True)


def _roles(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    for role in (OWNER, APP):
        admin.execute(f"""DO $$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$""")
        if PASSWORD:
            admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), PASSWORD))
    admin.execute(f"""DO $$ BEGIN GRANT SET ON PARAMETER session_replication_role TO {OWNER};
        EXCEPTION WHEN unique_violation OR internal_error THEN NULL; END $$""")  # two test runs at once


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Create the database of this process, migrate it as the owner, and hand it to the application role."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    name = os.environ.get("FAIRLEAD_TEST_DB", "fairlead_test") + worker
    with _admin() as admin:
        _roles(admin)
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{TEMPLATE}"')
    _point_settings(name)
    with django_db_blocker.unblock():
        call_command("migrate", database="owner", verbosity=0)
        yield
        connections.close_all()
    with _admin() as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _point_settings(name: str) -> None:
    server = urlsplit(SERVER)
    for alias, role in (("default", APP), ("owner", OWNER)):
        values = {
            "NAME": name,
            "USER": role,
            "PASSWORD": PASSWORD,
            "HOST": server.hostname,
            "PORT": str(server.port or 5432),
        }
        settings.DATABASES[alias].update(values)
        connections[alias].settings_dict.update(values)


def empty_tables(*, waiting_for: Sequence[str] = ()) -> None:
    """Take away all that was committed, when nobody uses the tables `waiting_for` any more.

    The application role may not TRUNCATE, so Django's own flush cannot clean up after transactional tests. Nor do we:
    to truncate some 150 tables takes a second, to delete the few rows that a test wrote takes none.
    """
    tables = {m._meta.db_table for m in apps.get_models() if not m._meta.proxy}
    with psycopg.connect(SERVER, dbname=connections["default"].settings_dict["NAME"]) as connection:
        for table in waiting_for:
            connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table)))
        asked = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
        filled = sql.SQL(" UNION ALL ").join(asked.format(sql.Literal(t), sql.Identifier(t)) for t in sorted(tables))
        connection.execute("SET session_replication_role = replica")  # no triggers, no foreign keys: all of it goes
        for (table,) in connection.execute(filled).fetchall():
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        connection.execute("UPDATE log_dispatched SET generation = 0, tx = -1, seq = 0")


TransactionTestCase._fixture_teardown = lambda test_case: empty_tables()  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    """Let no test believe what another saw on its pages."""
    caches["frame"].clear()


@pytest.fixture
def firm_a(db: None) -> Firm:
    """Alice's and Bob's firm."""
    return cast.make_firm("alder", "Alder & Co")


@pytest.fixture
def firm_b(db: None) -> Firm:
    """Charlie's firm."""
    return cast.make_firm("birch", "Birch Ltd", country="US")


@pytest.fixture
def alice(firm_a: Firm) -> cast.Person:
    """Alice owns firm A."""
    return cast.join(firm_a, "Alice", "Ash", Role.OWNER)


@pytest.fixture
def bob(firm_a: Firm) -> cast.Person:
    """Bob is Alice's colleague, a plain member."""
    return cast.join(firm_a, "Bob", "Beech")


@pytest.fixture
def charlie(firm_b: Firm) -> cast.Person:
    """Charlie owns firm B and must see nothing of firm A."""
    return cast.join(firm_b, "Charlie", "Cedar", Role.OWNER)


@pytest.fixture
def api(alice: cast.Person) -> Api:
    """Alice as a program: `api.post("contacts", {...})`."""
    return Api(alice)
