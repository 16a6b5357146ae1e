"""Roles, database and extensions: what a PostgreSQL server needs before the first migration.

`fairlead_owner` owns the tables and migrates. `fairlead_app` does everything else; it is subject to row-level
security because it neither owns a table nor has BYPASSRLS.
"""

import psycopg
from psycopg import sql

from fairlead.operations.roles import APP, DATABASE, OWNER

# Functions set these for themselves; a restore makes the functions in sessions that have not loaded the extension,
# where PostgreSQL takes the owner's word only with this grant.
PARAMETERS = ("pg_trgm.similarity_threshold", "pg_trgm.word_similarity_threshold")
EXTENSIONS = ("pg_trgm", "btree_gin", "unaccent")


def provision(superuser_url: str, *, owner_password: str, app_password: str, database: str = DATABASE) -> None:
    """Make roles, `database` and extensions where they are missing, and set the passwords. Idempotent."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role, password in ((OWNER, owner_password), (APP, app_password)):
            ensure_role(connection, role, password)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )
    with psycopg.connect(superuser_url, dbname=database, autocommit=True) as connection:
        prepare_database(connection)


def ensure_role(connection: psycopg.Connection[tuple[object, ...]], role: str, password: str) -> None:
    """Make the login role `role`, without any privilege that would step over row-level security."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    statement = "ALTER" if exists else "CREATE"
    connection.execute(
        sql.SQL(statement + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


def prepare_database(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Install the extensions; nobody but the owner makes tables. Each migrate grants the app role its rights."""
    owner, app = sql.Identifier(OWNER), sql.Identifier(APP)
    connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(owner))
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    # For the bulk door alone (tenancy/bulk.py), which checks the keys of many rows as one set.
    connection.execute(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(owner))
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
    for parameter in PARAMETERS:
        connection.execute(
            sql.SQL("GRANT SET ON PARAMETER {} TO {}").format(sql.Identifier(*parameter.split(".")), owner)
        )
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
