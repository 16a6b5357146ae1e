"""When what conditions name becomes something else (a tag is merged into another), they go on naming it.

Conditions name by id, within JSON that rooms keep: views, segments, rules. Rooms register where.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connection

from fairlead.tenancy.public import FirmModel, require_firm

Follower = Callable[[UUID, UUID], None]
_followers: list[Follower] = []


def register(*followers: Follower) -> None:
    """Register what is done when the first id becomes the second."""
    _followers.extend(followers)


def within(model: type[FirmModel], column: str) -> Follower:
    """Return what names the second id wherever the first one stands in a JSON column; ids are no other text's part."""
    table = model._meta.db_table
    statement = (
        f'UPDATE "{table}" SET "{column}" = regexp_replace("{column}"::text, %(gone)s, %(kept)s, \'gi\')::jsonb '
        f'WHERE firm_id = %(firm)s AND "{column}"::text ~* %(gone)s'
    )

    def follow_within(gone: UUID, kept: UUID) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"gone": str(gone), "kept": str(kept), "firm": require_firm()})

    return follow_within


def follow(gone: UUID, kept: UUID) -> None:
    """Let every condition of the firm that names `gone` name `kept`, in the transaction of the caller."""
    for follower in _followers:
        follower(gone, kept)
