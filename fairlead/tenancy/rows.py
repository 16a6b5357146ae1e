"""One row out of those that a caller may see."""

from typing import Literal, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from fairlead.kernel.errors import NotFound

Row = TypeVar("Row", bound=Model)
Lock = bool | Literal["to delete"]  # True lets others point at the row meanwhile, as a row that stays may be


def one(rows: QuerySet[Row], pk: UUID, *, lock: Lock = False) -> Row:
    """Return the row with this id, locked until the transaction ends if asked; raise `NotFound`."""
    return only(rows.filter(pk=pk), lock=lock)


def only(rows: QuerySet[Row], *, lock: Lock = False) -> Row:
    """Return the row that conditions have left, locked if asked; raise `NotFound`."""
    found = (rows.select_for_update(of=("self",), no_key=lock is True) if lock else rows).first()
    # Who waited for the lock is given the row as it is now, but judged by other tables as they were: asked once more.
    if found is None or (lock and rows.filter(pk=found.pk).values("pk").first() is None):
        raise NotFound
    return found
