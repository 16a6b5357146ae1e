"""One row out of those that a caller may see."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from fairlead.kernel.errors import NotFound

Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row], pk: UUID, *, lock: bool = False) -> Row:
    """Return the row with this id, locked until the transaction ends if asked; raise `NotFound`."""
    return only(rows.filter(pk=pk), lock=lock)


def only(rows: QuerySet[Row], *, lock: bool = False) -> Row:
    """Return the row that conditions have left, locked if asked; raise `NotFound`."""
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found
