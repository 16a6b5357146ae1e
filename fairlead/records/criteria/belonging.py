"""Conditions on what records belong to (tags, lists, segments), judged for some records at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.records.criteria import memberships
from fairlead.records.criteria.fragments import quote
from fairlead.records.criteria.nodes import MemberTest
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import require_firm

Key = tuple[Any, ...]


def judge_members(noun: Noun, tests: Mapping[Key, MemberTest], found: Mapping[UUID, dict[Key, bool]]) -> None:
    """Add to each record of `found` whether the tests, all of one kind, hold for it; agrees with the SQL of each."""
    kind = memberships.known(next(iter(tests.values())).kind)
    groups = {at: _groups(test) for at, test in tests.items()}
    asked = {group for some in groups.values() for group in some}
    everyone = {group for group in asked if kind.rows(noun.name, sorted(group)) is None}
    belongs = _belongs(noun, kind, sorted({pk for group in asked - everyone for pk in group}), list(found))
    for pk, row in found.items():
        own = belongs[pk]
        for at, test in tests.items():
            inside = all(group in everyone or not own.isdisjoint(group) for group in groups[at])
            row[at] = inside != (test.op in ("has_none", "not_in"))


def _groups(test: MemberTest) -> list[frozenset[UUID]]:
    """Return the sets of which a record must belong to one each."""
    return [frozenset([one]) for one in test.ids] if test.op == "has_all" else [frozenset(test.ids)]


def _belongs(noun: Noun, kind: memberships.Kind, groups: Sequence[UUID], ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = kind.rows(noun.name, groups) if groups and ids else None
    if rows is None:
        return found
    record = quote(rows.record_column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.{record}, m.{quote(rows.group_column)} FROM {quote(rows.table)} m "
            f"WHERE m.firm_id = %s AND m.{record} = ANY(%s) AND {rows.where}",
            [require_firm(), list(ids), *rows.params],
        )
        for record_id, group in cursor.fetchall():
            found[record_id].add(rows.merged.get(group, group))
    return found
