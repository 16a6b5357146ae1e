"""Names and addresses that stand once: the database decides, the person reads why."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from fairlead.kernel.errors import InvalidInput


@contextmanager
def unique(message: str, *, field: str = "name") -> Iterator[None]:
    """Write within a savepoint; a value that another row has raises `InvalidInput` (`taken`) with `message`.

    Only the index can say so for certain: of two who look at the same instant, both find the name free.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise InvalidInput({field: [message]}, code="taken") from None
