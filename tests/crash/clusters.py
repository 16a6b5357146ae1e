"""A second database server, and moving a database between servers."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections

from conftest import SERVER
from fairlead.operations.postgres import Postgres
from fairlead.operations.provisioning import provision

PASSWORD = "a-password"
HERE = SERVER


@contextmanager
def cluster(folder: Path) -> Iterator[Postgres]:
    """A fresh server with the roles and an empty database of the test's name."""
    server = Postgres(folder / "postgres", folder, PASSWORD, durable=False)
    server.enter(lambda url: None)
    try:
        provision(url_of(server), owner_password=PASSWORD, app_password=PASSWORD, database=database_name())
        yield server
    finally:
        server.leave(patience=1.0)
        server.destroy()


def url_of(server: Postgres) -> str:
    return server.superuser_url(server.port() or 0)


def database_name() -> str:
    return str(connections["default"].settings_dict["NAME"])


def move(server: Postgres, source: str, target: str, file: Path, *, name: str = "", to: str = "") -> None:
    """Dump a database and restore it on another server, with PostgreSQL's own programs."""
    for connection in connections.all():
        connection.close()
    origin, goal = (_database(url, db or database_name()) for url, db in ((source, name), (target, to)))
    subprocess.run([server.program("pg_dump"), "-Fc", "-f", file, origin], check=True)
    subprocess.run(
        [server.program("pg_restore"), "--exit-on-error", "--clean", "--if-exists", "-d", goal, file], check=True
    )


def _database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def pointing_at(url: str, name: str = "") -> Iterator[None]:
    """Let Django use another server's database for a while."""
    parts, before = urlsplit(url), {}
    for alias in ("default", "owner"):
        values = {"HOST": parts.hostname, "PORT": str(parts.port), "PASSWORD": parts.password or ""}
        connection = connections[alias]
        connection.close()
        before[alias] = dict(connection.settings_dict)
        connection.settings_dict.update(values | ({"NAME": name} if name else {}))
    try:
        yield
    finally:
        for alias, values in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(values)
