"""From a tree to SQL: one boolean expression over one table's alias, never NULL, with `%s` for every value.

Identifiers come from models and plugs only; whatever a tree holds travels as a parameter. Positive conditions on
other tables are written `id IN (SELECT …)`, denials `NOT EXISTS (…)`: PostgreSQL turns them into semi-joins and
anti-joins, and into hashed subplans below an OR.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Model

from fairlead.records.criteria import memberships
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.field_sql import custom_test, standard_test
from fairlead.records.criteria.fragments import FALSE, TRUE, Sql, elsewhere, join, negate, quote
from fairlead.records.criteria.nodes import All, AnyOf, EventTest, FieldTest, Leaf, MemberTest, Node, Not
from fairlead.records.criteria.primitives import Primitive, reduce
from fairlead.records.criteria.vocabulary import FieldRef
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import require_firm

LATE = timedelta(days=1)
# Members that are gathered once for a page: fewer are a better start than the order of the page, more take too long.
GATHERED = range(10_000, 100_000)


class Compiler:
    """Compiles trees of one noun for one context.

    `page`: only the first rows in some order are wanted; `probe`: conditions are asked of a few known records.
    """

    def __init__(self, noun: Noun, context: Context, *, page: bool = False, probe: bool = False) -> None:
        self.noun = noun
        self.context = context
        self.page = page
        self.probe = probe

    def compile(self, node: Node, alias: str, *, deny: bool = False) -> Sql:
        """Return the expression over `alias`; `deny` pushes a negation down to the leaves."""
        if isinstance(node, Not):
            return self.compile(node.child, alias, deny=not deny)
        if isinstance(node, All | AnyOf):
            parts = [self.compile(child, alias, deny=deny) for child in node.children]
            return join(parts, "AND" if isinstance(node, All) != deny else "OR")
        return self.leaf(node, alias, deny=deny)

    def leaf(self, leaf: Leaf, alias: str, *, deny: bool = False) -> Sql:
        """Return the expression of one condition."""
        if isinstance(leaf, FieldTest):
            return self._field(leaf, alias, deny)
        if isinstance(leaf, MemberTest):
            return self._member(leaf, alias, deny)
        return self._event(leaf, alias, deny)

    def _field(self, test: FieldTest, alias: str, deny: bool) -> Sql:
        primitive, denied = reduce(test, self.context)
        return self.tested(test.ref, primitive, alias, deny=deny != denied)

    def tested(self, ref: FieldRef, primitive: Primitive, alias: str, *, deny: bool = False) -> Sql:
        """Return whether a primitive holds for a field of the record over `alias`."""
        if ref.via is not None:
            return self._related(ref, primitive, alias, deny)
        if ref.custom is not None:
            return custom_test(ref.custom, primitive, alias, deny=deny)
        sql = standard_test(ref.noun.model, ref.field, primitive, alias)
        return negate(sql) if deny else sql

    def _related(self, ref: FieldRef, primitive: Primitive, alias: str, deny: bool) -> Sql:
        """Ask the related records that the actor may see; a record without a related one fails the positive test."""
        assert ref.via is not None and self.context.actor is not None
        table = quote(ref.noun.model._meta.db_table)
        if ref.custom is not None:
            inner = custom_test(ref.custom, primitive, table)
        else:
            inner = standard_test(ref.noun.model, ref.field, primitive, table)
        rows, params = ref.noun.visible(self.context.actor).order_by().values("pk").query.sql_with_params()
        link = f"{alias}.{quote(column(self.noun.model, ref.via.attribute))}"
        if self.probe:
            sql = Sql(f"EXISTS ({rows} AND {table}.id = {link} AND {inner.text})", (*params, *inner.params))
        else:
            sql = Sql(f"({link} IS NOT NULL AND {link} IN ({rows} AND {inner.text}))", (*params, *inner.params))
        return negate(sql) if deny else sql

    def _member(self, test: MemberTest, alias: str, deny: bool) -> Sql:
        kind = memberships.known(test.kind)
        deny = deny != (test.op in ("has_none", "not_in"))
        groups = [[one] for one in test.ids] if test.op == "has_all" else [list(test.ids)]
        parts = [self._belongs(kind, group, alias, deny) for group in groups]
        return join(parts, "OR" if deny else "AND")

    def _belongs(self, kind: memberships.Kind, ids: Sequence[Any], alias: str, deny: bool) -> Sql:
        rows = kind.rows(self.noun.name, ids)
        if rows is None:
            return FALSE if deny else TRUE
        where = Sql(f"m.firm_id = %s AND {rows.where}", (require_firm(), *rows.params))
        sql = elsewhere(alias, rows.table, "m", rows.record_column, where, deny=deny, probe=self.probe)
        if self.page and not deny and rows.about is not None and rows.about() in GATHERED:
            # As a semi-join PostgreSQL would look for a membership of each record that it passes on the way to the
            # page; below IS TRUE it hashes the members once.
            return Sql(f"({sql.text}) IS TRUE", sql.params)
        return sql

    def _event(self, test: EventTest, alias: str, deny: bool) -> Sql:
        """Count events: at least one is a plain semi-join; other counts group first."""
        where = self.event_where(test)
        record = quote(self.noun.event_column)
        if (test.op == ">=" and test.count == 0) or (test.op == "<=" and test.count >= 10**9):
            return FALSE if deny else TRUE
        if test.count == (1 if test.op == ">=" else 0):
            return elsewhere(alias, "events_event", "e", record, where, deny=deny != (test.op != ">="))
        compare = {">=": ">=", "<=": ">", "=": "="}[test.op]
        sql = Sql(
            f"{alias}.id IN (SELECT e.{record} FROM events_event e WHERE {where.text} AND e.{record} IS NOT NULL "
            f"GROUP BY e.{record} HAVING count(*) {compare} %s)",
            (*where.params, test.count),
        )
        return negate(sql) if deny != (test.op == "<=") else sql

    def event_where(self, test: EventTest) -> Sql:
        """Return what an event `e` must be to be counted."""
        text, params = ["e.firm_id = %s AND e.type = %s"], [require_firm(), test.type]
        if test.days is not None:
            since = self.context.since(test.days)
            # Nothing is written down before it happened (a day is left for clocks that differ), so that months
            # before the window are not even opened: partitions go by recorded_at.
            text.append("e.occurred_at >= %s AND e.recorded_at >= %s")
            params += [since, since - LATE]
        for name, value in test.where:
            text.append("coalesce(e.data->>%s = %s, false)")
            params += [name, value]
        return Sql(" AND ".join(text), tuple(params))


def column(model: type[Model], attribute: str) -> str:
    """Return the database column behind a model attribute."""
    found: Any = model._meta.get_field(attribute)
    return str(found.column)
