"""Events are written in the transaction of their change: one, many, or one for each row of a query."""

from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event, EventType, NewEvent, record, record_many, record_select
from fairlead.events.public import register as register_types
from fairlead.events.types import UnknownEventType
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
register_types(EventType("tests.happened", "Happened", "did {what}"), EventType("tests.other", "Other", "did other"))


def test_an_event_carries_actor_subject_and_place_in_line(alice: Person) -> None:
    contact = uuid4()
    with firm_context(alice.firm.id):
        number = record(
            "tests.happened",
            by=alice.actor,
            subject=("contact", contact),
            contact_id=contact,
            data={"what": "x", "api_key": "abc", "nested": [{"password": "p"}]},
        )
        event = Event.rows().get(pk=number)
        assert (event.actor_id, event.actor_label) == (alice.membership.id, "Alice Ash")
        assert event.data == {"what": "x", "api_key": "•••", "nested": [{"password": "•••"}]}
        assert event.generation == 1 and event.tx > 0


def test_what_looks_like_an_escape_stays_what_was_typed(alice: Person) -> None:
    with firm_context(alice.firm.id):
        number = record(
            "tests.happened",
            by=alice.actor,
            subject=("thing", None),
            data={"what": "\\u0000", "more": "\\\\u0000 a\x00b\\\x00", "path": "C:\\users"},
        )
        assert Event.rows().get(pk=number).data == {"what": "\\u0000", "more": "\\\\u0000 ab\\", "path": "C:\\users"}


def test_many_events_keep_their_order(alice: Person) -> None:
    with firm_context(alice.firm.id):
        record_many(
            [NewEvent("tests.happened", ("thing", None), data={"n": n}) for n in range(500)],
            by=alice.actor,
        )
        line = Event.rows().order_by("generation", "tx", "id").values_list("data__n", flat=True)
        assert list(line) == list(range(500))


def test_a_query_writes_an_event_for_each_of_its_rows(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        written = record_select(
            "tests.happened",
            "SELECT id, NULL::uuid, NULL::uuid, jsonb_build_object('what', %(what)s::text) FROM accounts_membership",
            {"what": "query"},
            by=alice.actor,
            noun="member",
        )
        assert written == 1
        event = Event.rows().get()
        assert (event.subject_noun, event.subject_id, event.data) == ("member", alice.membership.id, {"what": "query"})
        assert event.id.version == 7 and event.id.variant == UUID(int=0x80 << 56).variant
    with firm_context(charlie.firm.id):
        assert not Event.rows().exists()


def test_a_change_and_its_events_are_one_statement_and_statements_keep_their_order(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for title in ("first", "second"):
            written = record_select(
                "tests.happened",
                "SELECT id, NULL::uuid, NULL::uuid, jsonb_build_object('what', title) FROM changed",
                {"title": title},
                by=alice.actor,
                noun="member",
                ctes="changed AS (UPDATE accounts_membership SET title = %(title)s RETURNING id, title)",
            )
            assert written == 1
        alice.membership.refresh_from_db()
        assert alice.membership.title == "second"
        line = Event.rows().order_by("generation", "tx", "id").values_list("data__what", flat=True)
        assert list(line) == ["first", "second"]


def test_a_rollback_takes_the_events_with_it(alice: Person) -> None:
    with firm_context(alice.firm.id):
        with pytest.raises(RuntimeError), transaction.atomic():
            record("tests.happened", by=alice.actor, subject=("thing", None))
            raise RuntimeError
        assert not Event.rows().exists()


def test_an_unknown_type_and_another_firms_actor_are_refused(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        with pytest.raises(UnknownEventType):
            record("tests.unheard_of", by=alice.actor, subject=("thing", None))
        with pytest.raises(RuntimeError, match="another firm"):
            record("tests.happened", by=charlie.actor, subject=("thing", None))


def test_one_generation_a_cluster_however_often_it_is_asked(alice: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT log_generation(), log_generation()")
        assert cursor.fetchone() == (1, 1)
