"""Pieces of SQL: text with `%s`, and the values that go there."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Sql(NamedTuple):
    """A boolean expression that is never NULL."""

    text: str
    params: tuple[Any, ...] = ()


TRUE, FALSE = Sql("TRUE"), Sql("FALSE")


def quote(identifier: str) -> str:
    """Return an identifier of ours in quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def negate(sql: Sql) -> Sql:
    """Return the denial."""
    return Sql(f"NOT {sql.text}", sql.params)


def join(parts: Sequence[Sql], word: str) -> Sql:
    """Return the parts joined by AND or OR; of none, what changes nothing."""
    if not parts:
        return TRUE if word == "AND" else FALSE
    if len(parts) == 1:
        return parts[0]
    text = f" {word} ".join(part.text for part in parts)
    return Sql(f"({text})", tuple(value for part in parts for value in part.params))


def elsewhere(
    alias: str, table: str, other: str, record: str, where: Sql, *, deny: bool = False, probe: bool = False
) -> Sql:
    """Return whether rows of another table, that satisfy `where`, point at the record.

    `probe` is for a few records in a SELECT list, where IN would gather every such row of the table first.
    """
    if deny or probe:
        word = "NOT EXISTS" if deny else "EXISTS"
        text = f"{word} (SELECT 1 FROM {table} {other} WHERE {other}.{record} = {alias}.id AND {where.text})"
    else:
        text = f"{alias}.id IN (SELECT {other}.{record} FROM {table} {other} WHERE {where.text})"
    return Sql(text, where.params)
