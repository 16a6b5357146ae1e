"""The bulk door: many rows into a firm table in one statement, its keys checked as a set.

PostgreSQL checks a foreign key row by row, which costs more than writing the row. `firm_bulk_insert` gives the same
guarantees for a staged set: it writes for the firm in context only, and proves and locks every row that the new
ones point at before it writes. Where the owner role may set `session_replication_role` (provisioning grants it),
the per-row checks are then left out; elsewhere they run as well and only time is lost.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from fairlead.kernel import clock
from fairlead.tenancy.base import FirmModel


def stage(name: str, columns: Mapping[str, str], block: str) -> None:
    """Make the temporary table `name` with `columns` (name to SQL type), dropped at commit, and fill it.

    `block` is text in COPY format: one line a row, tabs between columns, see `copy_block`.
    """
    spelled = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS pg_temp."{name}"')  # left by an earlier stage of this transaction
        cursor.execute(f'CREATE TEMP TABLE "{name}" ({spelled}) ON COMMIT DROP')
        cursor.execute(f'GRANT SELECT ON "{name}" TO PUBLIC')  # only this session sees it; the door's owner reads it
        with cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copy:
            copy.write(block)


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows to insert into a model's table: every row of the table `staged`, and for each of them `constants`.

    `columns` come from the stage; what is neither there nor in `constants` gets the field's default. Rows that fall
    all over an index are written faster in its `order` (columns of the stage).
    """

    model: type[FirmModel]
    staged: str
    columns: Sequence[str]
    constants: Mapping[str, Any] = field(default_factory=dict)
    order: Sequence[str] = ()

    def step(self, now: datetime) -> dict[str, Any]:
        """Return the insert as the door takes it."""
        constants = {
            f.column: _default(f, now)
            for f in self.model._meta.concrete_fields
            if f.column not in self.columns and f.column != "firm_id"
        }
        return {
            "target": self.model._meta.db_table,
            "staged": self.staged,
            "columns": list(self.columns),
            "constants": constants | dict(self.constants),
            "order": list(self.order),
        }


def insert(*inserts: Insert) -> list[int]:
    """Carry out the inserts in their order, parents before children, for the firm in context; return how many each.

    Raises `IntegrityError` for a key that points nowhere and `ProgrammingError` without a firm.
    """
    now = clock.now()
    steps = json.dumps([i.step(now) for i in inserts], cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT firm_bulk_insert(%s::jsonb)", [steps])
        return list(cursor.fetchone()[0])


def _default(field: "models.Field[Any, Any]", now: Any) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return now
    return field.get_default()


def copy_block(columns: Sequence[Sequence[str | None]]) -> str:
    r"""Return columns of texts as COPY text (PostgreSQL, COPY, "Text Format"); None is NULL.

    A column is escaped only when one of its values holds a backslash or a control character.
    """
    ready = [_escaped(column) for column in columns]
    lines = "\n".join(map("\t".join, zip(*ready, strict=True)))
    return lines + "\n" if lines else ""


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})


def _escaped(column: Sequence[str | None]) -> Sequence[str]:
    try:
        joined = "".join(column)  # type: ignore[arg-type]
    except TypeError:  # a None among them
        return ["\\N" if v is None else v.translate(_ESCAPES) for v in column]
    if "\\" in joined or "\t" in joined or "\n" in joined or "\r" in joined or "\x00" in joined:
        return [v.translate(_ESCAPES) for v in column]  # type: ignore[union-attr]
    return column  # type: ignore[return-value]


def definition(*, without_row_checks: bool) -> str:
    """Return the SQL that creates the door."""
    setting = "SET session_replication_role = replica" if without_row_checks else ""
    return _PROVE + _DEFINITION.replace("/* setting */", setting)


_DEFINITION = r"""
CREATE OR REPLACE FUNCTION firm_bulk_insert(steps jsonb)
RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp /* setting */ AS $$
DECLARE
    firm uuid := nullif(current_setting('app.firm_id', true), '')::uuid;
    counts bigint[] := '{}';
    done jsonb := '{}';
    step jsonb;
    target regclass;
    staged regclass;
    columns text;
    fixed_names text;
    fixed text;
    sorting text;
    written bigint;
BEGIN
    IF firm IS NULL THEN
        RAISE EXCEPTION 'no firm is set' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR step IN SELECT value FROM jsonb_array_elements(steps) LOOP
        target := format('public.%I', step ->> 'target')::regclass;
        staged := format('pg_temp.%I', step ->> 'staged')::regclass;
        -- The function runs as the tables' owner: it writes only where the caller may, and only firm tables.
        IF NOT has_table_privilege(session_user, target, 'INSERT')
            OR (SELECT array_agg(polname) FROM pg_policy WHERE polrelid = target)
                IS DISTINCT FROM '{firm_isolation}' THEN
            RAISE EXCEPTION '% is no firm table', target USING ERRCODE = 'insufficient_privilege';
        END IF;
        -- It reads only a plain temporary table of built-in types: planning or reading anything else may run the
        -- caller's code as the owner. An index, a check or a statistic may hold an expression, and the planner
        -- computes what is constant in one.
        IF NOT EXISTS (SELECT FROM pg_class WHERE oid = staged AND relkind = 'r' AND relpersistence = 't'
                AND relnamespace = pg_my_temp_schema() AND NOT relrowsecurity AND NOT relhasrules
                AND NOT relhasindex AND NOT relhastriggers AND relchecks = 0
                AND NOT relhassubclass AND NOT relispartition)
            OR EXISTS (SELECT FROM pg_statistic_ext WHERE stxrelid = staged)
            OR EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = staged AND a.attnum > 0 AND NOT a.attisdropped
                AND (t.typnamespace <> 'pg_catalog'::regnamespace OR a.attgenerated <> '')) THEN
            RAISE EXCEPTION '% is no staged table', staged USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF step -> 'columns' ? 'firm_id' OR step -> 'constants' ? 'firm_id' THEN
            RAISE EXCEPTION 'the firm is the one in context' USING ERRCODE = 'insufficient_privilege';
        END IF;
        PERFORM firm_bulk_prove(target, staged, step, done, firm);
        SELECT coalesce(string_agg(format(', %I', a.attname), ''), ''),
            coalesce(string_agg(format(', %L::%s', step -> 'constants' ->> a.attname,
                format_type(a.atttypid, a.atttypmod)), ''), '')
            INTO fixed_names, fixed
            FROM pg_attribute a WHERE a.attrelid = target AND a.attnum > 0 AND step -> 'constants' ? a.attname;
        SELECT string_agg(format('%I', c), ', ') INTO columns FROM jsonb_array_elements_text(step -> 'columns') c;
        SELECT coalesce(' ORDER BY ' || string_agg(format('%I', c), ', '), '') INTO sorting
            FROM jsonb_array_elements_text(step -> 'order') c;
        EXECUTE format('INSERT INTO %s (firm_id, %s%s) SELECT $1, %s%s FROM %s%s',
            target, columns, fixed_names, columns, fixed, staged, sorting) USING firm;
        GET DIAGNOSTICS written = ROW_COUNT;
        counts := counts || written;
        IF step -> 'columns' ? 'id' THEN
            done := done || jsonb_build_object(target::oid::text, step ->> 'staged');
        END IF;
    END LOOP;
    RETURN counts;
END $$;
"""

# Proves that every key of the staged rows points at a row of the firm (or, where the parent belongs to no firm, at a
# row), and locks those rows as a foreign key's own check would. Rows that an earlier step of the same call has written
# are proven by their stage. Ids are compared as uuid whatever the stage's type: text has collations, and the caller
# may make one that takes two ids for the same.
_PROVE = r"""
CREATE OR REPLACE FUNCTION firm_bulk_prove(target regclass, staged regclass, step jsonb, done jsonb, firm uuid)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    key record;
    wanted uuid[];
    found bigint;
BEGIN
    FOR key IN SELECT c.conname, c.confrelid, c.confrelid::regclass AS parent, a.attname AS name,
            CASE cardinality(c.conkey) WHEN 2 THEN 'firm_id = $1 AND' ELSE '' END AS of_the_firm
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_upper(c.conkey, 1)]
        WHERE c.conrelid = target AND c.contype = 'f' LOOP
        IF key.name = 'firm_id' THEN
            wanted := ARRAY[firm];
        ELSIF NOT step -> 'columns' ? key.name THEN
            wanted := array_remove(ARRAY[(step -> 'constants' ->> key.name)::uuid], NULL);
        ELSIF done ? key.confrelid::oid::text THEN
            EXECUTE format('SELECT coalesce(array_agg(DISTINCT s.%1$I::uuid), ''{}'') FROM %2$s s '
                'WHERE s.%1$I IS NOT NULL AND NOT EXISTS (SELECT FROM pg_temp.%3$I d WHERE d.id::uuid = s.%1$I::uuid)',
                key.name, staged, done ->> key.confrelid::oid::text) INTO wanted;
        ELSE
            EXECUTE format('SELECT coalesce(array_agg(DISTINCT %1$I::uuid), ''{}'') FROM %2$s WHERE %1$I IS NOT NULL',
                key.name, staged) INTO wanted;
        END IF;
        CONTINUE WHEN cardinality(wanted) = 0;
        EXECUTE format('WITH held AS (SELECT id FROM %s WHERE %s id = ANY ($2) FOR KEY SHARE) '
            'SELECT count(*) FROM held', key.parent, key.of_the_firm) INTO found USING firm, wanted;
        IF found <> cardinality(wanted) THEN
            RAISE EXCEPTION 'a row of % points at no row of %', target, key.parent
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = key.conname;
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION firm_bulk_prove FROM PUBLIC;
"""
