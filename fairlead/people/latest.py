"""The latest of what happened, as SQL: what higher rooms know of a record, and of a company what its people bring."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from fairlead.tenancy.public import require_firm

Latest = Callable[[str, str], str]
_sources: list[Latest] = []
_OF_COMPANIES = """
SELECT k.id, greatest(/*own*/, (
    SELECT max(p.last_activity_at) FROM people_contact p
    WHERE p.firm_id = k.firm_id AND p.company_id = k.id AND p.deleted_at IS NULL
)) AS at FROM people_company k WHERE k.firm_id = %(firm)s AND k.id = ANY(%(ids)s)
"""


def register_latest(sql: Latest) -> None:
    """Let a room say, as SQL over the alias of a contact or company and a moment, when its latest activity about the
    record before that moment took place: one value, NULL for none."""
    _sources.append(sql)


def own(alias: str, before: str = "'infinity'") -> str:
    """Return SQL of the moment of the latest activity about the very record over `alias`, `before` a moment."""
    return f"greatest({', '.join(['NULL::timestamptz', *(sql(alias, before) for sql in _sources)])})"


def of_companies() -> str:
    """Return a SELECT of (id, at) of the companies `ids` of `firm`: the latest of their own and of their people's."""
    return _OF_COMPANIES.replace("/*own*/", own("k"))


def read(company_ids: Sequence[UUID]) -> dict[UUID, datetime | None]:
    """Return when something last happened with companies, by what the tables say now."""
    with connection.cursor() as cursor:
        cursor.execute(of_companies(), {"firm": require_firm(), "ids": list(company_ids)})
        return dict(cursor.fetchall())
