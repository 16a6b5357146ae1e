"""The score that people give a contact: typed, asked for, ordered by, imported, exported, set for many."""

import json
from io import BytesIO
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel.errors import InvalidInput
from fairlead.people.actions.contacts import create_contact, set_contact_field, update_contact
from fairlead.people.models import Contact
from fairlead.records.imports.public import import_file
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
WRONG = "A whole number from -10,000 to 10,000 is expected."


def make(person: Person, name: str, score: Any = None) -> Contact:
    return create_contact({"first_name": name, "email": f"{name}@heron.example", "score": score}, by=person.actor)


def take(person: Person, text: str, **options: Any) -> dict[str, Any]:
    found = import_file("contacts", BytesIO(text.encode()), name="scores.csv", by=person.actor, options=options)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("value", [-10_001, 10_001, "7.5", "high", True, "1e999999999"])
def test_a_score_is_a_whole_number_within_bounds(alice: Person, value: Any) -> None:
    with firm_context(alice.firm.id):
        ada = make(alice, "Ada", "0")
        assert ada.score == 0
        for verb in (
            lambda: make(alice, "Ben", value),
            lambda: update_contact(ada.id, {"score": value}, by=alice.actor),
            lambda: set_contact_field({ada.id: value}, "score", by=alice.actor),
        ):
            with pytest.raises(InvalidInput) as refused:
                verb()
            assert refused.value.fields["score"][0] in (WRONG, "A whole number is expected.")
        assert Contact.rows().get().score == 0


def test_a_change_is_told(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = make(alice, "Ada", 40)
        update_contact(ada.id, {"score": 65}, by=alice.actor)
        update_contact(ada.id, {"score": None}, by=alice.actor)
        told = Event.rows().filter(contact_id=ada.id, type="contact.updated").order_by("id")
        assert [e.data for e in told] == [
            {"fields": "score", "changes": {"score": [40, 65]}}, {"fields": "score", "changes": {"score": [65, None]}},
        ]  # fmt: skip


def test_on_the_pages(alice: Person, charlie: Person) -> None:
    client = alice.client()
    assert 'max="10000"' in client.get(alice.url("contacts/new"), headers=HX).content.decode()
    refused = client.post(alice.url("contacts/new"), {"first_name": "Ada", "score": "12000"}, headers=HX)
    assert refused.status_code == 422 and WRONG in refused.content.decode()
    client.post(alice.url("contacts/new"), {"first_name": "Ada", "score": "73"}, headers=HX)
    with firm_context(alice.firm.id):
        ada = Contact.rows().get()
        make(alice, "Ben", 5)
    assert "73" in client.get(alice.url(f"contacts/{ada.id}/panels/engagement"), headers=HX).content.decode()
    url = f"contacts/{ada.id}/facts/score"
    assert client.post(alice.url(url), {"score": "3.5"}, headers=HX).status_code == 422
    assert "74" in client.post(alice.url(url), {"score": "74"}, headers=HX).content.decode()
    tree = json.dumps({"all": [{"field": "score", "op": "gte", "value": 70}]})
    listed = client.get(alice.url("contacts/"), {"criteria": tree, "columns": "name,score", "sort": "-score"})
    assert listed.status_code == 200 and "Ada" in listed.content.decode() and "Ben" not in listed.content.decode()
    assert charlie.client().post(charlie.url(url), {"score": "1"}, headers=HX).status_code == 404
    assert "Ada" not in charlie.client().get(charlie.url("contacts/"), {"sort": "-score"}).content.decode()


def test_over_the_api(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    ada = api.post("contacts", {"first_name": "Ada", "score": 70}).json()
    ben = api.post("contacts", {"first_name": "Ben", "score": 0}).json()
    cas = api.post("contacts", {"first_name": "Cas"}).json()
    assert (ada["score"], ben["score"], cas["score"]) == (70, 0, None)
    (wrong,) = problem(api.patch(f"contacts/{ada['id']}", {"score": 10_001}), 422, "invalid")["errors"]
    assert wrong["pointer"] == "/score" and "10000" in wrong["message"]
    assert api.patch(f"contacts/{cas['id']}", {"score": 20}).json()["score"] == 20
    assert api.patch(f"contacts/{cas['id']}", {"score": None}).json()["score"] is None

    def names(path: str, who: Api = api) -> list[str]:
        return [c["name"] for c in who.get(path).json()["data"]]

    assert names("contacts?sort=-score") == ["Ada", "Ben", "Cas"]
    assert names("contacts?sort=score&limit=2") == ["Ben", "Ada"]
    assert names('contacts?filter={"field":"score","op":"between","value":[1,100]}') == ["Ada"]
    assert names("contacts?sort=-score", Api(charlie)) == []
    text = b"".join(api.get("contacts/export?columns=first_name,score&sort=-score").streaming_content).decode()
    assert [line.split(",")[-2:] for line in text.split()[-3:]] == [["Ada", "70"], ["Ben", "0"], ["Cas", ""]]


def test_in_an_import(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        make(alice, "known", 0)
        make(alice, "blank")
    text = "Email,HubSpot Score\n" + "".join(
        f"{name}@heron.example,{score}\n"
        for name, score in (
            ("known", "9"),
            ("blank", "8"),
            ("new", "100"),
            ("none", ""),
            ("much", "120"),
            ("half", "47.5"),
        )
    )
    found = take(alice, text, overwrite=False)
    assert (found["created"], found["updated"], found["errors"]) == (3, 1, 1), "half a point is told, not cut off"
    with firm_context(alice.firm.id):
        scores = dict(Contact.rows().values_list("email", "score"))
    # A score of nought is a score: it stays where only blanks are to be filled.
    assert scores == {"known@heron.example": 0, "blank@heron.example": 8, "new@heron.example": 100,
                      "none@heron.example": None, "much@heron.example": 120}  # fmt: skip
    assert take(alice, text, overwrite=True)["updated"] == 1
    with firm_context(alice.firm.id):
        assert Contact.rows().get(email="known@heron.example").score == 9
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()
