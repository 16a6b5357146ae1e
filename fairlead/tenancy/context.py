"""Which firm the running code works for: set once per request or job, and per transaction in PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction

GUC = "app.firm_id"
_firm: ContextVar[UUID | None] = ContextVar("firm", default=None)


class NoFirm(RuntimeError):
    """Firm data was asked for while no firm is set: a defect, never a user's fault."""


def current_firm() -> UUID | None:
    """Return the firm in context, or None."""
    return _firm.get()


def require_firm() -> UUID:
    """Return the firm in context; raise `NoFirm` without one."""
    firm = _firm.get()
    if firm is None:
        raise NoFirm("No firm is set. Wrap the code in firm_context(firm_id).")
    return firm


@contextmanager
def firm_context(firm_id: UUID, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Open a transaction in which only the rows of `firm_id` exist.

    The setting is local to the transaction, so a pooled connection (PgBouncer in transaction mode too)
    never carries it to the next one. Nested use for another firm restores the outer firm on leaving.
    """
    connection = connections[using]
    nested = connection.in_atomic_block
    outer = _firm.get()
    with transaction.atomic(using=using):
        token = _firm.set(firm_id)
        try:
            if outer != firm_id or not nested:
                _set(using, str(firm_id))
            yield
            if nested and outer != firm_id and not connection.needs_rollback:
                _set(using, str(outer) if outer else "")
        finally:
            _firm.reset(token)


def _set(using: str, value: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [GUC, value])
