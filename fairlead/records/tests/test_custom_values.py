"""Custom values: cleaned by type and rule, indexed exactly, unique where the field says so."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import uuid7
from fairlead.records.custom import Change, Home, clean_custom, custom_fields, index_values, refuse_duplicates
from fairlead.records.custom.index import SMALL
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def make(key: str, kind: str = "text", **more: Any) -> CustomField:
    made: CustomField = CustomField.objects.create(noun="contact", key=key, label=key.title(), kind=kind, **more)
    return made


COLORS = [
    {"value": "r", "label": "Red"},
    {"value": "g", "label": "Green"},
    {"value": "old", "label": "Old", "archived": True},
]


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        ("text", "  a  b ", "a b"),
        ("hidden", "x", "x"),
        ("long_text", " a\nb ", "a\nb"),
        ("number", "1,234.5", 1234.5),
        ("number", "1.234,5", 1234.5),
        ("number", 7.0, 7),
        ("money", "€ 1.234,50", {"amount": 123450, "currency": "EUR"}),
        ("money", "12", {"amount": 1200, "currency": "GBP"}),
        ("money", "500 JPY", {"amount": 500, "currency": "JPY"}),
        ("money", {"amount": 5, "currency": "usd"}, {"amount": 5, "currency": "USD"}),
        ("boolean", "Yes", True),
        ("date", "2026-03-31", "2026-03-31"),
        ("recurring_date", "19800412", "1980-04-12"),
        ("datetime", "2026-07-01T09:30:00", "2026-07-01T08:30:00Z"),
        ("datetime", datetime(2026, 7, 1, tzinfo=UTC), "2026-07-01T00:00:00Z"),
        ("recurring_date", "--04-12", "--04-12"),
        ("url", "example.com", "https://example.com"),
        ("email", " Ann@Example.com ", "Ann@example.com"),
        ("phone", "020 7946 0011", "+442079460011"),
        ("dropdown", "RED", "r"),
        ("radio", "g", "g"),
        ("multi_select", "green; red", ["r", "g"]),
        ("checkboxes", ["r", "r"], ["r"]),
        ("text", "", None),
    ],
)
def test_values_are_stored_in_one_form(alice: Person, kind: str, raw: Any, stored: Any) -> None:
    home = Home("GB", "GBP", "Europe/London")
    with firm_context(alice.firm.id):
        field = make("x", kind, options=COLORS)
        assert clean_custom([field], {"x": raw}, before={"y": 1}, home=home) == {"y": 1} | (
            {} if stored is None else {"x": stored}
        )


@pytest.mark.parametrize(
    ("kind", "raw", "rules"),
    [
        ("number", "much", {}),
        ("number", 12345678901234567, {}),
        ("number", 4, {"min": 5}),
        ("number", 6, {"max": 5}),
        ("number", True, {}),
        ("number", "1e9999999", {}),
        ("money", "99.99", {"min": 100}),
        ("money", "1.234 EUR and more", {}),
        ("money", {"amount": 1.5}, {}),
        ("text", "abc", {"pattern": "[0-9]+"}),
        ("text", "ab", {"min_length": 3}),
        ("text", "abcd", {"max_length": 3}),
        ("date", "31.3.2026", {}),
        ("datetime", "soon", {}),
        ("dropdown", "old", {}),
        ("multi_select", "red, blue", {}),
        ("multi_select", 5, {}),
        ("multi_select", ["r", "g"], {"max_length": 1}),
        ("url", "javascript:alert(1)", {}),
        ("email", "nobody", {}),
    ],
)
def test_wrong_values_are_refused_by_name(alice: Person, kind: str, raw: Any, rules: dict[str, Any]) -> None:
    with firm_context(alice.firm.id):
        field = make("x", kind, options=COLORS, rules=rules)
        with pytest.raises(InvalidInput) as error:
            clean_custom([field], {"x": raw}, before={})
    assert list(error.value.fields) == ["custom.x"]


def test_a_new_record_gets_defaults_and_must_have_what_is_required(alice: Person) -> None:
    with firm_context(alice.firm.id):
        fields = [make("a", is_required=True), make("b", default="new"), make("c", archived_at=datetime.now(UTC))]
        with pytest.raises(InvalidInput, match="A is required"):
            clean_custom(fields, {})
        assert clean_custom(fields, {"a": "1"}) == {"a": "1", "b": "new"}
        assert clean_custom(fields, {"b": None}, before={"a": "1", "b": "2"}) == {"a": "1"}
        for wrong in ({"a": None}, {"nope": 1}, {"c": "archived"}):
            with pytest.raises(InvalidInput):
                clean_custom(fields, wrong, before={"a": "1"})


def test_what_a_record_has_may_be_sent_again_though_it_was_archived(alice: Person) -> None:
    with firm_context(alice.firm.id):
        likes, tier = make("likes", "multi_select", options=COLORS), make("tier", "dropdown", options=COLORS)
        before = {"likes": ["r", "old"], "tier": "old"}
        given = {"likes": ["r", "g", "old"], "tier": "old"}
        assert clean_custom([likes, tier], given, before=before) == given
        for wrong in ({"likes": ["old"]}, {"tier": "old"}):
            with pytest.raises(InvalidInput):
                clean_custom([likes, tier], wrong, before={"likes": ["r"], "tier": "g"})


def test_amounts_are_limited_as_people_count_them(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field = make("fee", "money", rules={"min": 100, "max": 250.5})
        for amount in ("100 EUR", "250.50", "100 JPY"):
            assert clean_custom([field], {"fee": amount}, before={})


@pytest.mark.parametrize("many", [1, SMALL + 1])
def test_the_index_follows_every_change(alice: Person, charlie: Person, many: int) -> None:
    with firm_context(alice.firm.id):
        fields = [make("tier"), make("likes", "multi_select", options=COLORS)]
        ids = [uuid7() for _ in range(many)]
        old = {"tier": "Gold\\1", "likes": ["r", "g"], "unknown": 1}
        index_values(fields, [Change(i, {}, old) for i in ids])
        assert stored(ids[0]) == {(fields[0].id, "gold\\1"), (fields[1].id, "r"), (fields[1].id, "g")}
        assert FieldValue.rows().count() == 3 * many
        index_values(fields, [Change(i, old, {"tier": "Silver", "likes": ["g"]}) for i in ids])
        assert stored(ids[-1]) == {(fields[0].id, "silver"), (fields[1].id, "g")}
        index_values(fields, [Change(ids[0], {"tier": "Silver", "likes": ["g"]}, {})])
        assert stored(ids[0]) == set()
    with firm_context(charlie.firm.id):
        assert FieldValue.rows().count() == 0
        assert custom_fields("contact") == []


def test_a_unique_value_belongs_to_one_record(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field, holder = make("vat", is_unique=True), uuid7()
        index_values([field], [Change(holder, {}, {"vat": "GB1"})])
        refuse_duplicates([field], {"vat": "gb1"}, but=holder)
        with pytest.raises(InvalidInput, match="already has this value"):
            refuse_duplicates([field], {"vat": "gb1"})


def stored(record: UUID) -> set[tuple[UUID, str]]:
    return set(FieldValue.rows().filter(record_id=record).values_list("field_id", "key"))
