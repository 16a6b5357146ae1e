"""Filters over fields of which several options may be chosen, as firms have them: options are words."""

import json

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db
PEOPLE = {"Ann": ["tax"], "Bo": ["tax", "audit"], "Cy": ["tax-audit"], "Di": []}


def firm_with_topics(person: Person, kind: str) -> Api:
    """Return the API of a firm whose people are interested in this and that."""
    api = Api(person)
    options = [{"value": value, "label": value.title()} for value in ("tax", "audit", "tax-audit")]
    api.post("custom-fields", {"noun": "contact", "kind": kind, "label": "Topics", "options": options})
    items = [{"first_name": name, "custom": {"topics": topics}} for name, topics in PEOPLE.items()]
    assert api.post("contacts/batch/create", {"items": items}).json()["failed"] == 0
    return api


@pytest.mark.parametrize("kind", ["multi_select", "checkboxes"])
@pytest.mark.parametrize(
    ("parameter", "names"),
    [
        ("custom.topics=tax", ["Ann", "Bo"]),
        ("custom.topics__has_any=audit,tax-audit", ["Bo", "Cy"]),
        ("custom.topics__has_all=tax,audit", ["Bo"]),
        ("custom.topics__has_none=tax", ["Cy", "Di"]),
        ("custom.topics__is_unknown=true", ["Di"]),
    ],
)
def test_who_chose_what_is_found(alice: Person, charlie: Person, kind: str, parameter: str, names: list[str]) -> None:
    api, stranger = firm_with_topics(alice, kind), Api(charlie)
    assert [c["name"] for c in api.get(f"contacts?{parameter}").json()["data"]] == names
    problem(stranger.get(f"contacts?{parameter}"), 422, "invalid")


def test_a_new_contact_is_judged_by_what_was_chosen(alice: Person) -> None:
    api = firm_with_topics(alice, "multi_select")
    criteria = {"field": "custom.topics", "op": "has_any", "value": ["audit"]}
    found = api.post("contacts/search", {"criteria": criteria}).json()["data"]
    assert [c["name"] for c in found] == ["Bo"]
    api.patch(f"contacts/{found[0]['id']}", {"custom": {"topics": ["tax"]}})
    assert api.get(f"contacts?filter={json.dumps(criteria)}").json()["data"] == []
