"""Merging options and deleting fields that many records hold: in the background, with the same end as at once."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from fairlead.accounts import errands
from fairlead.accounts.models import Errand
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Conflict
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.people.models import Contact
from fairlead.records.actions import custom_fields as actions
from fairlead.records.actions import field_errands
from fairlead.records.models import CustomField, FieldValue
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
TIERS = [{"label": "Gold"}, {"label": "Silver"}]


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """More than two records are many, and pass two by two."""
    monkeypatch.setattr(errands, "AT_ONCE", 2)
    monkeypatch.setattr(field_errands, "PIECE", 2)
    return None


def held(person: Person, value: object, *, kind: str = "dropdown", count: int = 5) -> CustomField:
    """Make a field that some contacts hold, one of them in the bin."""
    with firm_context(person.firm.id):
        values = {"label": "Tier", "kind": kind, "options": TIERS, "default": "silver" if kind == "dropdown" else None}
        field = actions.create_field(nouns.get("contact"), values, by=person.actor)
        people = {"custom": {"tier": value}}
        ids = [create_contact({"first_name": f"P{i}", **people}, by=person.actor).id for i in range(count)]
        delete_contacts(ids[:1], by=person.actor)
    return field


def step(person: Person) -> None:
    with firm_context(person.firm.id):
        errand = Errand.rows().get(state=Errand.State.RUNNING)
    errands.advance(person.firm.id, errand.pk)


def keys(field: CustomField) -> list[str]:
    return sorted(FieldValue.rows().filter(field_id=field.pk).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("kind", "value", "after"),
    [("dropdown", "silver", "gold"), ("multi_select", ["silver", "gold"], ["gold"])],
)
def test_options_are_merged_piece_by_piece(alice: Person, kind: str, value: object, after: object) -> None:
    field = held(alice, value, kind=kind)
    with firm_context(alice.firm.id):
        assert actions.merge_options(field.pk, "silver", "gold", by=alice.actor) == 0
    step(alice)
    with firm_context(alice.firm.id):
        assert [c.custom["tier"] for c in Contact.rows()].count(after) == 2
        assert keys(field).count("silver") == 3
        create_contact({"first_name": "Late", "custom": {"tier": value}}, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert all(c.custom["tier"] == after for c in Contact.rows()) and keys(field) == ["gold"] * 6
        assert {c.version for c in Contact.rows().filter(deleted_at=None)} == {2}
        field.refresh_from_db()
        assert [o["value"] for o in field.options] == ["gold"] and field.default in ("gold", None)
        told = Event.rows().get(type="custom_field.updated")
        assert (told.data["records"], told.data["merged"], told.actor_label) == (6, "silver", "Alice Ash")


def test_a_field_is_deleted_piece_by_piece(alice: Person) -> None:
    field = held(alice, "gold")
    with firm_context(alice.firm.id):
        actions.archive_field(field.pk, by=alice.actor)
        lost = Contact.rows().filter(deleted_at=None).first()
        FieldValue.rows().filter(record_id=lost.pk).delete()  # an index that is wrong
        actions.delete_field(field.pk, by=alice.actor, confirm="tier")
        assert CustomField.rows().exists()
    drain()
    with firm_context(alice.firm.id):
        assert not CustomField.rows().exists() and not FieldValue.rows().exists()
        assert all(c.custom == {} for c in Contact.rows())
        assert Event.rows().get(type="custom_field.deleted").data["records"] == 4


def test_nobody_changes_the_field_meanwhile(alice: Person, bob: Person, charlie: Person) -> None:
    field = held(alice, "silver")
    with firm_context(alice.firm.id):
        actions.merge_options(field.pk, "silver", "gold", by=alice.actor)
        for attempt in (
            lambda: actions.update_field(field.pk, {"label": "Class"}, by=alice.actor),
            lambda: actions.archive_field(field.pk, by=alice.actor),
            lambda: actions.merge_options(field.pk, "gold", "silver", by=alice.actor),
        ):
            with pytest.raises(Conflict, match="Replace Silver by Gold in Tier"):
                attempt()
    api = Api(alice)
    errand = api.get(f"custom-fields/{field.pk}").json()["errand"]
    assert api.get("custom-fields").json()["data"][0]["errand"] == errand
    assert "Replace Silver by Gold in Tier" in alice.page("settings/fields/")
    assert "Replace Silver" not in bob.page("settings/fields/")
    for stranger in (bob, charlie):
        problem(Api(stranger).post(f"errands/{errand}/cancel"), 404, "not_found")
    step(alice)
    assert api.post(f"errands/{errand}/cancel").json()["done"] == 2
    with firm_context(alice.firm.id):
        assert actions.update_field(field.pk, {"label": "Class"}, by=alice.actor).label == "Class"
        assert {o["value"] for o in CustomField.rows().get().options} == {"gold", "silver"}


def test_an_index_that_is_wrong_stops_nothing(alice: Person) -> None:
    field = held(alice, "gold", count=3)
    with firm_context(alice.firm.id):
        for pk in [UUID(int=1), *Contact.rows().values_list("pk", flat=True)]:
            FieldValue.objects.create(field_id=field.pk, key="silver", record_id=pk)
        actions.merge_options(field.pk, "silver", "gold", by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert keys(field) == ["gold"] * 3
