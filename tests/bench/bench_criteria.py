"""Criteria: country in a set, has a tag, opened in 30 days, not clicked; a million contacts, ten million events."""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from tests.bench.data import contact_id, filler
from tests.bench.figures import Figure, benchmark
from tests.bench.stage import Stage

COUNTRIES = ["DE", "FR", "IT"]
BY_HAND = """
SELECT count(*) FROM people_contact c
WHERE c.firm_id = %(firm)s AND c.deleted_at IS NULL AND c.country = ANY(%(countries)s)
  AND c.id IN (SELECT record_id FROM people_tagging
               WHERE firm_id = %(firm)s AND tag_id = %(tag)s AND noun = 'contact')
  AND c.id IN (SELECT contact_id FROM events_event
               WHERE firm_id = %(firm)s AND type = 'email.opened' AND occurred_at >= %(since)s
               AND recorded_at >= %(since)s)
  AND NOT EXISTS (SELECT 1 FROM events_event e
                  WHERE e.firm_id = %(firm)s AND e.type = 'email.clicked' AND e.occurred_at >= %(since)s
                  AND e.recorded_at >= %(since)s AND e.contact_id = c.id)
"""


@filler
def custom_values(cursor: Any, stage: Stage, firm: Any) -> None:
    """Two custom fields: a drop-down that all contacts have, a number that a third of them has."""
    for key, kind, every, encoded in (
        ("tier", "dropdown", 1, "'t' || n % 5"),
        ("score", "number", 3, "'25000' || 1 + n % 9"),
    ):
        cursor.execute(
            """INSERT INTO records_customfield (id, firm_id, created_at, updated_at, noun, key, label, kind, "group",
            help, options, is_required, is_unique, rules, position) VALUES (md5(%s)::uuid, %s, now(), now(), 'contact',
            %s, %s, %s, 'Custom fields', '', %s, false, false, '{}', 0)""",
            [
                key,
                firm.id,
                key,
                key.title(),
                kind,
                '[{"value": "t1", "label": "One"}, {"value": "t2", "label": "Two"}]',
            ],
        )
        cursor.execute(
            f"""INSERT INTO records_fieldvalue (firm_id, field_id, key, record_id)
            SELECT '{firm.id}', md5('{key}')::uuid, {encoded}, {contact_id(firm)}
            FROM generate_series(1, {stage.contacts}, {every}) n"""
        )


def tree(tag: str) -> dict[str, Any]:
    """Return the criteria of the figure."""
    window = {"within": {"days": 30}}
    return {
        "all": [
            {"field": "country", "op": "in", "value": COUNTRIES},
            {"tag": {"op": "has_any", "value": [tag]}},
            {"event": {"type": "email.opened", "op": ">=", "count": 1, **window}},
            {"event": {"type": "email.clicked", "op": "none", **window}},
        ]
    }


@benchmark("criteria")
def criteria(stage: Stage) -> Iterator[Figure]:
    """Count and first page under row-level security as the application role, beside the hand-written count."""
    from fairlead.events.public import EventType, register
    from fairlead.people.public import Tag
    from fairlead.records.public import Criteria, nouns
    from fairlead.tenancy.public import firm_context

    register(EventType("email.opened", "Email opened", ""), EventType("email.clicked", "Email clicked", ""))
    contact, actor, firm = nouns.get("contact"), stage.actor, stage.firm
    with firm_context(firm.id):
        tag = Tag.rows().get(name="Tag 10")
        asked = Criteria(contact, tree(str(tag.id)), by=actor)
        by_hand = _by_hand(stage, firm.id, tag.id, asked.context.now)
        rows = asked.filter(contact.visible(actor))
        ours, count = timed(rows.count)
        assert count == by_hand[1], (count, by_hand[1])
        yield Figure(f"criteria: count {count:,}", ours, "ms", by_hand[0], ratio_to=1.5)
        page = rows.order_by("sort_key", "id")[:50]
        yield Figure("criteria: first page by name", timed(lambda: len(_ids(page)))[0], "ms", at_most=30)
        page = rows.order_by("-created_at", "-id")[:50]
        yield Figure("criteria: first page, newest first", timed(lambda: len(_ids(page)))[0], "ms", at_most=30)
        for name, other in _others(str(tag.id)).items():
            other_rows = Criteria(contact, other, by=actor).filter(contact.visible(actor))
            took, count = timed(other_rows.count, times=5)
            yield Figure(f"criteria: {name}, {count:,}", took, "ms", at_most=1000)


def _others(tag: str) -> dict[str, Any]:
    return {
        "part of a city's name": {"field": "city", "op": "contains", "value": "ity 77"},
        "a custom drop-down": {"field": "custom.tier", "op": "is", "value": "t1"},
        "a custom number's range": {"field": "custom.score", "op": "gte", "value": 8},
        "any of three kinds": {
            "any": [
                {"field": "custom.tier", "op": "is_not", "value": "t2"},
                {"tag": {"op": "has_none", "value": [tag]}},
                {"event": {"type": "email.clicked", "op": ">=", "count": 3, "within": {"days": 90}}},
            ]
        },
    }


def _by_hand(stage: Stage, firm: Any, tag: Any, now: Any) -> tuple[float, int]:
    from datetime import timedelta

    values = {"firm": firm, "tag": tag, "countries": COUNTRIES, "since": now - timedelta(days=30)}
    with stage.owner() as owner:
        owner.prepare_threshold = None
        return timed(lambda: owner.execute(BY_HAND, values).fetchone()[0])  # type: ignore[index]


def _ids(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.all().values_list("id", flat=True))


def timed(work: Callable[[], Any], times: int = 15) -> tuple[float, Any]:
    """Return the median in milliseconds, after one warm-up, and the result."""
    result, taken = work(), []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), result
