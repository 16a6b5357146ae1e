"""Expressions of our own SQL over the table of a query set, wherever Django moves that table."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db.models import Expression, IntegerField, TextField
from django.db.models.sql import Query

from fairlead.records.criteria.fragments import Sql
from fairlead.records.fields import Field, FieldType


class OverTable(Expression):
    """An expression whose SQL is written for the alias of the query's own table."""

    alias = ""

    def sql(self, alias: str, *, sliced: bool) -> Sql:
        """Return the expression over `alias`; `sliced` when only the first rows are wanted."""
        raise NotImplementedError

    def resolve_expression(self, query: Query | None = None, *args: Any, **kwargs: Any) -> Self:
        """Bind the expression to the table of the query."""
        assert query is not None
        bound = self.copy()
        bound.alias = str(query.get_initial_alias())
        return bound

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        """Follow the table when the query becomes part of another."""
        clone = self.copy()
        clone.alias = change_map.get(self.alias, self.alias)
        return clone

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the expression."""
        # Django leaves the aliases of inner queries bare, which PostgreSQL reads in lower case: "U0" is another name.
        found = self.sql(compiler.quote_name_unless_alias(self.alias), sliced=compiler.query.is_sliced)
        return f"({found.text})", found.params


_STORED: dict[FieldType, Callable[[], Any]] = {
    FieldType.NUMBER: IntegerField,
    FieldType.MULTI_CHOICE: partial(ArrayField, TextField()),
}


class Computation(OverTable):
    """The value of a computed field of the query's records: a whole number, or the chosen options as a list."""

    def __init__(self, field: Field) -> None:
        assert field.computed is not None and field.type in _STORED
        super().__init__(output_field=_STORED[field.type]())
        self.computed = field.computed

    def sql(self, alias: str, *, sliced: bool) -> Sql:
        """Return the value."""
        return self.computed.sql(alias)
