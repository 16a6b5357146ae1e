"""The stage: a database of its own, migrated as in production and filled once.

FAIRLEAD_BENCH_URL names a server by a superuser's URL (its database FAIRLEAD_BENCH_DB, by default fairlead_bench);
without it an embedded server under build/bench is used, and kept for the next run. FAIRLEAD_TEST_TEMPLATE names a
database of the server that is migrated already: a fresh one begins as its copy.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg

if TYPE_CHECKING:
    from fairlead.tenancy.public import Actor, Firm

HOME = Path(__file__).resolve().parents[2]
PLACE = HOME / "build" / "bench"


@dataclass
class Stage:
    """Where a benchmark runs. `contacts` and `events` are what the big firm holds."""

    contacts: int
    events: int
    smoke: bool
    owner_url: str = ""
    app_url: str = ""

    @property
    def firm(self) -> "Firm":
        """The big firm, `bench`."""
        from fairlead.tenancy.public import Firm

        return Firm.objects.get(slug="bench")

    @property
    def actor(self) -> "Actor":
        """The owner of the big firm."""
        from fairlead.accounts.public import Membership, actor_by_id
        from fairlead.tenancy.public import firm_context

        with firm_context(self.firm.id):
            return actor_by_id(Membership.rows().earliest("created_at").id)

    def owner(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Return a connection of the owner role: no row-level security, may change tables."""
        return psycopg.connect(self.owner_url, autocommit=True)

    def scaled(self, full: int, least: int = 100) -> int:
        """Return `full`, or a fiftieth of it (at least `least`) in a smoke run."""
        return max(least, full // 50) if self.smoke else full


@contextmanager
def server() -> Iterator[str]:
    """Yield a superuser's URL of the server."""
    if url := os.environ.get("FAIRLEAD_BENCH_URL"):
        yield url
        return
    from fairlead.operations.datadir import DataDir
    from fairlead.operations.postgres import Postgres

    data = DataDir(PLACE).prepare()
    embedded = Postgres(data.postgres, data.run, data.secret("postgres_superuser"))
    port = embedded.enter(lambda url: None)
    try:
        yield embedded.superuser_url(port)
    finally:
        embedded.leave()


def build(stage: Stage, superuser_url: str, *, fresh: bool) -> None:
    """Make the database where it is missing, point Django at it and migrate."""
    name = os.environ.get("FAIRLEAD_BENCH_DB", "fairlead_bench") + ("_smoke" if stage.smoke else "")
    if fresh:
        with psycopg.connect(superuser_url, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            if template := os.environ.get("FAIRLEAD_TEST_TEMPLATE"):
                admin.execute(f'CREATE DATABASE "{name}" OWNER fairlead_owner TEMPLATE "{template}"')
    from fairlead.operations.provisioning import provision
    from fairlead.operations.roles import APP, OWNER

    # On a server that trusts us the passwords do not matter, and others may be using the roles.
    given = urlsplit(superuser_url).password
    password = given or secrets.token_urlsafe(16)
    provision(superuser_url, owner_password=password, app_password=password, database=name)
    stage.owner_url, stage.app_url = (_url(superuser_url, role, password, name) for role in (OWNER, APP))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="fairlead.config.settings",
        DATABASE_URL=stage.app_url,
        DATABASE_OWNER_URL=stage.owner_url,
        FAIRLEAD_DATA=str(PLACE),
        FAIRLEAD_HOSTS="localhost 127.0.0.1 testserver",  # the last one is what Django's own client asks for
    )
    from fairlead.operations.schema import migrate

    migrate(verbosity=0)


def _url(superuser_url: str, role: str, password: str, database: str) -> str:
    parts = urlsplit(superuser_url)
    place = f"{role}:{password}@{parts.hostname}:{parts.port or 5432}"
    return urlunsplit(("postgresql", place, f"/{database}", "", ""))
