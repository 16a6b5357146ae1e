"""Row-level security, grants and composite foreign keys, derived from the models after every migrate.

A firm table is recognised by its base class, so a new room is protected without a line of its own; an
architecture test reads the catalogue and fails when anything is missing.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from fairlead.tenancy import bulk
from fairlead.tenancy.base import FirmModel

POLICY = "firm_isolation"
SETTING = "nullif(current_setting('app.firm_id', true), '')::uuid"
# What runs as the owner finds tables in the caller's own schema first, unless that schema is named last (PostgreSQL,
# "Writing SECURITY DEFINER Functions Safely"): a view made there would run the caller's code as the owner.
DEFINERS = """DO $$ DECLARE f regprocedure; BEGIN
    FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
        AND proowner = current_user::regrole AND NOT coalesce(proconfig, '{}')::text LIKE '%pg_temp%' LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
    END LOOP; END $$"""


def firm_models() -> list[type[FirmModel]]:
    """Return every concrete firm model, in the order of their tables' names."""
    found = [m for m in apps.get_models(include_auto_created=True) if issubclass(m, FirmModel)]
    return sorted((m for m in found if m._meta.managed), key=lambda m: m._meta.db_table)


def ensure(app_role: str, *, using: str = "owner") -> None:
    """Bring policies, grants and keys of every firm table up to date. Idempotent; runs as the owner role."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in statements(connection, app_role):
            cursor.execute(statement)


def statements(connection: BaseDatabaseWrapper, app_role: str) -> Iterator[str]:
    """Yield the SQL still missing from the database behind `connection`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint")
        constraints = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = %s", [POLICY])
        policed = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT has_parameter_privilege(current_user, 'session_replication_role', 'SET')")
        yield bulk.definition(without_row_checks=bool(cursor.fetchone()[0]))
    yield DEFINERS
    yield from grants(app_role)
    for model in firm_models():
        table = model._meta.db_table
        if table not in policed:
            yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
            yield f'CREATE POLICY {POLICY} ON "{table}" USING (firm_id = {SETTING}) WITH CHECK (firm_id = {SETTING})'
    for model in firm_models():
        yield from _keys(model, constraints)


def grants(app_role: str) -> Iterator[str]:
    """Yield the grants of the application role: rows, never definitions; the log is append-only."""
    yield f'GRANT USAGE ON SCHEMA public TO "{app_role}"'
    # Partitions get no grant of their own: read directly, they would not apply their parent's policy.
    yield f"""DO $$ DECLARE t regclass; BEGIN
        FOR t IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind IN ('r', 'p') AND NOT relispartition LOOP
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO "{app_role}"', t);
        END LOOP; END $$"""
    yield f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{app_role}"'
    for model in firm_models():
        if getattr(model, "append_only", False):
            yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{model._meta.db_table}" FROM "{app_role}"'


def firm_keys(model: type[FirmModel]) -> list["models.ForeignKey[Any, Any]"]:
    """Return the foreign keys of `model` that point at another firm table."""
    return [
        f
        for f in model._meta.concrete_fields
        if isinstance(f, models.ForeignKey) and issubclass(f.remote_field.model, FirmModel)
    ]


def _keys(model: type[FirmModel], constraints: set[str]) -> Iterator[str]:
    table = model._meta.db_table
    keys = firm_keys(model)
    for key in keys:
        target = key.remote_field.model._meta.db_table
        unique = f"{target}_firm_row"[:63]
        if unique not in constraints:
            constraints.add(unique)
            yield f'ALTER TABLE "{target}" ADD CONSTRAINT "{unique}" UNIQUE (firm_id, id)'
        name = f"{table}_{key.column}_firm_fk"[:63]
        if name not in constraints:
            yield (
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (firm_id, "{key.column}") '
                f'REFERENCES "{target}" (firm_id, id) DEFERRABLE INITIALLY DEFERRED'
            )
    # A mandatory key to another firm table already proves that the firm exists: one check less per row.
    proven = any(not key.null for key in keys) or _unchecked(model)
    name = f"{table}_firm_fk"[:63]
    if not proven and name not in constraints:
        yield (
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (firm_id) '
            "REFERENCES tenancy_firm (id) DEFERRABLE INITIALLY DEFERRED"
        )


def _unchecked(model: type[FirmModel]) -> bool:
    """Tell whether rows are so many that one more check each costs too much: the log, and derived indexes."""
    return getattr(model, "append_only", False) or getattr(model, "derived", False)
