"""Writing to the log: in the caller's transaction, together with the change that the event tells of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from fairlead.events import types
from fairlead.kernel import clock
from fairlead.kernel.ids import uuid7
from fairlead.tenancy.public import Actor, require_firm

CHANNEL = "fairlead_events"
MASK = "•••"
_SECRET = ("password", "secret", "token", "api_key", "private_key", "authorization", "recovery_code")


@dataclass(slots=True)
class NewEvent:
    """An event to be written: `subject` is (noun, id); `data` must be JSON; `cause` is the event that led to it."""

    type: str
    subject: tuple[str, UUID | None]
    contact_id: UUID | None = None
    company_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    occurred_at: datetime | None = None
    verdict: str = "human"
    id: UUID = field(default_factory=uuid7)
    cause: UUID | None = None


def record(
    event_type: str,
    *,
    by: Actor,
    subject: tuple[str, UUID | None],
    contact_id: UUID | None = None,
    company_id: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    occurred_at: datetime | None = None,
    verdict: str = "human",
) -> UUID:
    """Write one event and return its id. Raises `UnknownEventType`; must run inside a transaction."""
    event = NewEvent(event_type, subject, contact_id, company_id, data or {}, occurred_at, verdict)
    record_many([event], by=by)
    return event.id


def record_many(events: Sequence[NewEvent], *, by: Actor) -> None:
    """Write many events of one actor in one statement and wake the consumers when the transaction commits."""
    if not events:
        return
    _check(by, {e.type for e in events})
    _write(_FROM_LISTS, {**_actor(by), **_columns(events)})


def record_select(
    event_type: str,
    source: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    noun: str,
    ctes: str = "",
    occurred_at: datetime | None = None,
    verdict: str = "human",
) -> int:
    """Write one event for each row of a query, in one statement, and return how many: for imports and bulk changes.

    `source` is a SELECT of (subject_id uuid, contact_id uuid, company_id uuid, data jsonb); `noun` names the
    subjects. `ctes` goes before it ("changed AS (UPDATE … RETURNING …)"), for a change and its events in one
    statement. Placeholders are named, `%(name)s`; names that begin with an underscore are ours. Never put
    user input into the SQL. Nothing is masked here: leave secrets out of `data`.
    """
    _check(by, {event_type})
    own = {"_type": event_type, "_noun": noun, "_occurred": occurred_at or clock.now(), "_verdict": verdict}
    statement = _FROM_QUERY.replace("/*ctes*/", f"{ctes}," if ctes else "").replace("/*source*/", source)
    return _write(statement, {**(parameters or {}), **_actor(by), **own})


def _check(by: Actor, names: Iterable[str]) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("An event is written in the transaction of its change.")
    if by.firm_id != require_firm():
        raise RuntimeError("The actor belongs to another firm than the one in context.")
    for name in names:
        types.get(name)


def _write(statement: str, parameters: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        [written] = cursor.fetchone()
        return int(written)


# PostgreSQL drops a notification that equals an earlier one of the same transaction, so each firm's consumers are
# woken once by a commit, whatever it wrote.
_INSERT = """
    INSERT INTO events_event (id, firm_id, type, occurred_at, recorded_at, actor_kind, actor_id, key_id, actor_label,
        via, ip, subject_noun, subject_id, contact_id, company_id, data, cause, verdict, generation, tx)
"""
_ACTOR = "%(_kind)s, %(_actor)s, %(_key)s, %(_label)s, %(_via)s, %(_ip)s"
_PLACE = "(SELECT log_generation()), (SELECT pg_current_xact_id()::text::bigint)"
_DONE = """
    RETURNING 1), counted AS MATERIALIZED (SELECT count(*) AS written FROM recorded)
SELECT written FROM counted LEFT JOIN LATERAL
    (SELECT pg_notify(%(_channel)s, %(_firm)s::text) WHERE written > 0 AND %(_channel)s <> '') woken ON true
"""
_FROM_LISTS = f"""
WITH recorded AS ({_INSERT}
    SELECT e.id, %(_firm)s, e.type, e.occurred_at, %(_now)s, {_ACTOR},
        e.noun, e.subject, e.contact, e.company, e.data, e.cause, e.verdict, {_PLACE}
    FROM ROWS FROM (unnest(%(ids)s::uuid[], %(types)s::text[], %(occurred)s::timestamptz[], %(nouns)s::text[],
        %(subjects)s::uuid[], %(contacts)s::uuid[], %(companies)s::uuid[], %(verdicts)s::text[],
        %(causes)s::uuid[]),
        jsonb_array_elements(%(data)s::jsonb))
        AS e(id, type, occurred_at, noun, subject, contact, company, verdict, cause, data)
{_DONE}"""  # noqa: S608  constants
_FROM_QUERY = f"""
WITH /*ctes*/ recorded AS ({_INSERT}
    SELECT log_uuid7(), %(_firm)s, %(_type)s, %(_occurred)s, %(_now)s, {_ACTOR},
        %(_noun)s, e.subject, e.contact, e.company, e.data, NULL::uuid, %(_verdict)s, {_PLACE}
    FROM (/*source*/) AS e(subject, contact, company, data)
{_DONE}"""  # noqa: S608  constants


def _actor(by: Actor) -> dict[str, Any]:
    return {
        "_firm": by.firm_id, "_now": clock.now(), "_kind": by.kind, "_actor": by.membership_id, "_key": by.key_id,
        "_label": by.label, "_via": by.via, "_ip": by.ip,
        "_channel": CHANNEL if settings.LISTEN else "",
    }  # fmt: skip


def _columns(events: Sequence[NewEvent]) -> dict[str, Any]:
    now = clock.now()
    return {
        "ids": [e.id for e in events],
        "types": [e.type for e in events],
        "occurred": [e.occurred_at or now for e in events],
        "nouns": [e.subject[0] for e in events],
        "subjects": [e.subject[1] for e in events],
        "contacts": [e.contact_id for e in events],
        "companies": [e.company_id for e in events],
        # One document, not an array of documents: those would have their quotes escaped one by one.
        "data": f"[{','.join([dump(e.data) for e in events])}]",
        "verdicts": [e.verdict for e in events],
        "causes": [e.cause for e in events],
    }


def dump(data: Mapping[str, Any]) -> str:
    """Return `data` as JSON text with the values of secret-sounding keys masked and NUL characters removed."""
    if not data:
        return "{}"
    text = _encoder.encode(_masked(data))
    return _NUL.sub(r"\1", text) if "\\u0000" in text else text


_encoder = DjangoJSONEncoder(ensure_ascii=False)
# A NUL character as JSON writes it; with an even number of backslashes the letters are what somebody typed.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def _masked(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {k: MASK if _is_secret(k) and v else _masked(v) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_masked(v) for v in value]
    return value


@lru_cache(maxsize=4096)
def _is_secret(key: str) -> bool:
    lowered = key.lower()
    return any(word in lowered for word in _SECRET)
