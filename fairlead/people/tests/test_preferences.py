"""Which channels people welcome and refuse, asked for everywhere: lists, the API, segments, files."""

import json
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.testing import drain
from fairlead.people import access
from fairlead.people.actions.consent import set_channels
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.public import Criteria
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.tests.keeping import catch_up, members
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
SAID: dict[str, dict[str, bool | None]] = {
    "Ada": {"email": True, "sms": True, "voice": False}, "Ben": {"email": False}, "Cas": {"web": True}, "Dan": {},
}  # fmt: skip


def make(person: Person) -> dict[str, Contact]:
    with firm_context(person.firm.id):
        made = {name: create_contact({"first_name": name}, by=person.actor) for name in SAID}
        for name, said in SAID.items():
            set_channels(made[name].id, said, by=person.actor)
    return made


@pytest.mark.parametrize(("name", "op", "value", "expected"), [
    ("welcome_channels", "has_any", ["email", "web"], {"Ada", "Cas"}),
    ("welcome_channels", "has_all", ["email", "sms"], {"Ada"}),
    ("welcome_channels", "has_all", ["email", "web"], set()),
    ("welcome_channels", "has_none", ["email"], {"Ben", "Cas", "Dan"}),
    ("welcome_channels", "is_known", None, {"Ada", "Cas"}),
    ("refused_channels", "has_any", ["email", "voice"], {"Ada", "Ben"}),
    ("refused_channels", "is_unknown", None, {"Cas", "Dan"}),
])  # fmt: skip
def test_a_set_and_one_contact_agree(alice: Person, name: str, op: str, value: Any, expected: set[str]) -> None:
    made = make(alice)
    tree: Any = {"field": name, "op": op} | ({} if value is None else {"value": value})
    with firm_context(alice.firm.id):
        asked = Criteria(CONTACT, tree, by=alice.actor)
        assert {c.first_name for c in asked.filter(access.contacts(alice.actor))} == expected
        rest = Criteria(CONTACT, {"not": tree}, by=alice.actor).filter(access.contacts(alice.actor))
        assert {c.first_name for c in rest} == SAID.keys() - expected
        for who, contact in made.items():
            assert asked.matches(contact.id) == asked.explain(contact.id).holds == (who in expected)


def test_in_lists_and_files(alice: Person, charlie: Person) -> None:
    make(alice)
    tree = json.dumps({"all": [{"field": "refused_channels", "op": "has_any", "value": ["email"]}]})
    query = {"criteria": tree, "columns": "name,welcome_channels,refused_channels"}
    html = alice.client().get(alice.url("contacts/"), query).content.decode()
    assert "Ben" in html and "Ada" not in html and "Refused channels" in html and ">Email<" in html
    offered = alice.client().get(alice.url("records/contact/fields.json")).json()["fields"]
    field = next(f for f in offered if f["name"] == "welcome_channels")
    assert [o["label"] for o in field["options"]] == ["Email", "SMS", "WhatsApp", "Voice", "Social", "Web"]
    answer = Api(alice).get("contacts/export?columns=first_name,welcome_channels,refused_channels&sort=name")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").split()
    assert [line.split(",", 2)[2] for line in lines if ",Ada" in line] == ["Email;SMS,Voice"]
    assert "Ben" not in charlie.client().get(charlie.url("contacts/"), query).content.decode()


def test_over_the_api(alice: Person, charlie: Person) -> None:
    make(alice)
    api = Api(alice)

    def names(query: str, who: Api = api) -> list[str]:
        return [c["first_name"] for c in who.get(f"contacts?{query}").json()["data"]]

    assert names("welcome_channels=email") == ["Ada"]
    assert names("welcome_channels__has_any=email,web") == ["Ada", "Cas"]
    assert names("refused_channels__is_known=false") == ["Cas", "Dan"]
    assert names("refused_channels=email", Api(charlie)) == []
    problem(api.get("contacts?welcome_channels=fax"), 422, "invalid")
    problem(api.post("contacts", {"first_name": "Eve", "welcome_channels": ["email"]}), 422, "invalid")


def test_a_segment_follows_what_people_say(alice: Person) -> None:
    made = make(alice)
    tree = {"field": "welcome_channels", "op": "has_any", "value": ["sms"]}
    with firm_context(alice.firm.id):
        segment = create_segment({"name": "By text", "criteria": tree}, by=alice.actor)
    drain()
    catch_up(alice)
    assert members(alice, segment) == {made["Ada"].id}
    with firm_context(alice.firm.id):
        set_channels(made["Dan"].id, {"sms": True}, by=alice.actor)
        set_channels(made["Ada"].id, {"sms": False}, by=alice.actor)
    catch_up(alice)
    assert members(alice, segment) == {made["Dan"].id}
