"""Writing to the log: in the caller's transaction, together with the change that the event tells of."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

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
    """An event to be written: `subject` is (noun, id); `data` must be JSON."""

    type: str
    subject: tuple[str, UUID | None]
    contact_id: UUID | None = None
    company_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    occurred_at: datetime | None = None
    verdict: str = "human"
    id: UUID = field(default_factory=uuid7)


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
    if not connection.in_atomic_block:
        raise RuntimeError("An event is written in the transaction of its change.")
    if by.firm_id != require_firm():
        raise RuntimeError("The actor belongs to another firm than the one in context.")
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, _parameters(events, by))
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(by.firm_id)])


_INSERT = """
INSERT INTO events_event (id, firm_id, type, occurred_at, recorded_at, actor_kind, actor_id, key_id, actor_label,
    via, ip, subject_noun, subject_id, contact_id, company_id, data, cause, verdict, generation, tx)
SELECT e.id, %(firm)s, e.type, e.occurred_at, %(now)s, %(actor_kind)s, %(actor_id)s, %(key_id)s, %(label)s,
    %(via)s, %(ip)s, e.noun, e.subject, e.contact, e.company, e.data::jsonb, %(cause)s, e.verdict,
    (SELECT log_generation()), (SELECT pg_current_xact_id()::text::bigint)
FROM unnest(%(ids)s::uuid[], %(types)s::text[], %(occurred)s::timestamptz[], %(nouns)s::text[], %(subjects)s::uuid[],
    %(contacts)s::uuid[], %(companies)s::uuid[], %(data)s::text[], %(verdicts)s::text[])
    AS e(id, type, occurred_at, noun, subject, contact, company, data, verdict)
"""


def _parameters(events: Sequence[NewEvent], by: Actor) -> dict[str, Any]:
    now = clock.now()
    for name in {e.type for e in events}:
        types.get(name)
    return {
        "firm": by.firm_id, "now": now, "actor_kind": by.kind, "actor_id": by.membership_id, "key_id": by.key_id,
        "label": by.label, "via": by.via, "ip": by.ip, "cause": by.cause,
        "ids": [e.id for e in events],
        "types": [e.type for e in events],
        "occurred": [e.occurred_at or now for e in events],
        "nouns": [e.subject[0] for e in events],
        "subjects": [e.subject[1] for e in events],
        "contacts": [e.contact_id for e in events],
        "companies": [e.company_id for e in events],
        "data": [dump(e.data) for e in events],
        "verdicts": [e.verdict for e in events],
    }  # fmt: skip


def dump(data: Mapping[str, Any]) -> str:
    """Return `data` as JSON text with the values of secret-sounding keys masked and NUL characters removed."""
    if not data:
        return "{}"
    return json.dumps(_masked(data), cls=DjangoJSONEncoder, ensure_ascii=False).replace("\\u0000", "")


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: MASK if _is_secret(k) and v else _masked(v) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_masked(v) for v in value]
    return value


def _is_secret(key: str) -> bool:
    lowered = key.lower()
    return any(word in lowered for word in _SECRET)
