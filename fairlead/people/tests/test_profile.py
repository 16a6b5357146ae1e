"""How complete a profile is: the same figure on the page, in the list, in filters, over the API and in a file."""

import json

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.people import access, reads
from fairlead.people.actions.contacts import create_contact
from fairlead.people.nouns.contact import CONTACT
from fairlead.people.profile import PROFILE
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import Criteria
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_standard_and_own_fields_count_the_same(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        bare = create_contact({"first_name": "Ada"}, by=alice.actor)
        filled = sum(bool(getattr(bare, name)) for name in PROFILE)
        assert reads.completeness([bare.id]) == {bare.id: round(100 * filled / 15)}
        create_field(CONTACT, {"label": "Tier", "kind": "text"}, by=alice.actor)
        create_field(CONTACT, {"label": "Topics", "kind": "text"}, by=alice.actor)
        assert reads.completeness([bare.id]) == {bare.id: round(100 * filled / 17)}
        told = create_contact({"first_name": "Ben", "custom.tier": "Gold"}, by=alice.actor)
        assert reads.completeness([told.id]) == {told.id: round(100 * (filled + 1) / 17)}
    with firm_context(charlie.firm.id):
        assert reads.completeness([bare.id]) == {}


def test_it_is_asked_like_any_number(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        create_field(CONTACT, {"label": "Tier", "kind": "text"}, by=alice.actor)
        place = {"city": "Berlin", "country": "DE", "time_zone": "Europe/Berlin"}
        bare = create_contact({"first_name": "Ada"}, by=alice.actor)
        full = create_contact(
            {"first_name": "Ben", "last_name": "Lee", "job_title": "CFO", **place, "custom.tier": "Gold"},
            by=alice.actor,
        )
        edge = reads.completeness([full.id])[full.id]
        tests = [("gte", edge), ("is", edge), ("between", [edge, 100]), ("is_known", None)]
        for op, value in tests:
            tree = {"field": "completeness", "op": op} | ({} if value is None else {"value": value})
            asked = Criteria(CONTACT, tree, by=bob.actor)
            found = set(asked.filter(access.contacts(bob.actor)).values_list("pk", flat=True))
            assert found == ({bare.id, full.id} if op == "is_known" else {full.id}), op
            assert asked.matches(full.id) and asked.explain(full.id).holds
            assert set(Criteria(CONTACT, {"not": tree}, by=bob.actor).filter(access.contacts(bob.actor))) == (
                set() if op == "is_known" else {bare}
            )
    assert [c["id"] for c in Api(alice).get(f"contacts?completeness__gte={edge}").json()["data"]] == [str(full.id)]
    assert Api(charlie).get("contacts?completeness__gte=0").json()["data"] == []


def test_it_is_a_column_of_the_list_and_of_its_file(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "city": "London"}, by=alice.actor)
        percent = reads.completeness([ada.id])[ada.id]
    tree = json.dumps({"field": "completeness", "op": "lt", "value": 100})
    for query in ("", f"&criteria={tree}"):
        html = alice.client().get(alice.url(f"contacts/?columns=name,completeness{query}")).content.decode()
        assert "Profile complete (%)" in html and f">{percent}<" in html
    answer = Api(alice).get("contacts/export?columns=name,completeness")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["Record id,Name,Profile complete (%)", f"{ada.id},Ada,{percent}"]
    html = alice.client().get(alice.url(f"contacts/{ada.id}/")).content.decode()
    assert f"{percent} %" in html or f"{percent}%" in html
