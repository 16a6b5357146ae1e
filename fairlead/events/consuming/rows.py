"""From rows to events, at the pace of a consumer: several times faster than the ORM does it for any query."""

import json
from typing import Any

import psycopg
from django.db import connection
from django.db.models.base import ModelState
from psycopg.pq import Format

from fairlead.events.models import Event

_NAMES = [field.attname for field in Event._meta.concrete_fields]
_DATA = _NAMES.index("data")
COLUMNS = ", ".join(f'"{field.column}"' for field in Event._meta.concrete_fields)


def events(statement: str, parameters: dict[str, Any]) -> list[Event]:
    """Run a SELECT of `COLUMNS` and return its events."""
    with connection.cursor() as cursor:
        # Django reads moments in Python, to set their time zone; our connections are in UTC, so psycopg's own will do.
        cursor.cursor.adapters.register_loader("timestamptz", _timestamps())
        cursor.execute(statement, parameters)
        return [_event(row) for row in cursor.fetchall()]


def _event(row: tuple[Any, ...]) -> Event:
    event = Event.__new__(Event)
    values = event.__dict__
    values.update(zip(_NAMES, row, strict=True))
    values["data"] = json.loads(row[_DATA])
    state = values["_state"] = ModelState()
    state.db, state.adding = "default", False
    return event


def _timestamps() -> type[Any]:
    found = psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, Format.TEXT)
    assert found is not None
    return found
