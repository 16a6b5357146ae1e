"""Tags put on, and taken off, many records at once: names that are new become tags, for who may make tags."""

import json
from typing import Any
from uuid import uuid4

import pytest

from fairlead.accounts.actions.roles import create_role
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.testing import drain
from fairlead.people.actions.tags import create_tag
from fairlead.people.models import Contact, Tag, Tagging
from fairlead.records.models import BulkRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ids(alice: Person, bob: Person) -> list[str]:
    with firm_context(alice.firm.id):
        return [str(Contact.objects.create(name=f"C{n}", owner=bob.membership).id) for n in range(3)]


@pytest.fixture
def assistant(alice: Person, bob: Person) -> Person:
    """Bob in a role that changes contacts and makes no tags."""
    with firm_context(alice.firm.id):
        role = create_role({"name": "Assistant", "permissions": ["contacts.view", "contacts.edit"]}, by=alice.actor)
        bob.membership.custom_role = role
        bob.membership.save()
    return bob


def asked(ids: list[str], verb: str = "tag", **params: Any) -> dict[str, Any]:
    return {"noun": "contact", "verb": verb, "params": params, "ids": ids}


def tags_of(person: Person) -> dict[str, int]:
    with firm_context(person.firm.id):
        return dict(Tag.rows().values_list("name", "usage_count"))


def test_new_names_become_tags_over_the_api(alice: Person, charlie: Person, ids: list[str]) -> None:
    api = Api(alice)
    vip = api.post("tags", {"name": "VIP"}).json()["id"]
    run = api.post("bulk-runs", asked(ids, tags=[vip], names=["Golf club", "golf CLUB", "vip"])).json()
    assert run["label"] == "Add the tags Golf club, VIP"
    drain()
    assert tags_of(alice) == {"VIP": 3, "Golf club": 3}
    api.post(f"bulk-runs/{run['id']}/undo")
    drain()
    assert tags_of(alice) == {"VIP": 0, "Golf club": 0}
    assert tags_of(charlie) == {}


def test_new_names_become_tags_in_the_dialog(alice: Person, ids: list[str]) -> None:
    client, at = alice.client(), alice.url("records/contacts/bulk/tag")
    dialog = client.get(at, headers=HTMX).content.decode()
    assert "data-create" in dialog and alice.url("tags/choices") in dialog
    selection = json.dumps({"ids": ids})
    assert client.post(at, {"names": ["Golf club", "VIP"], "selection": selection}, headers=HTMX).status_code == 200
    drain()
    assert tags_of(alice) == {"Golf club": 3, "VIP": 3}
    refused = client.post(at, {"names": ["Kept", "x" * 81], "selection": selection}, headers=HTMX)
    assert refused.status_code == 422 and "1 to 80 characters" in refused.content.decode()
    assert '<option value="Kept" selected>' in refused.content.decode()
    assert "Kept" not in tags_of(alice)


def test_who_may_not_make_tags_adds_those_there_are(alice: Person, assistant: Person, ids: list[str]) -> None:
    with firm_context(alice.firm.id):
        create_tag("VIP", by=alice.actor)
    client, at, selection = assistant.client(), assistant.url("records/contacts/bulk/tag"), json.dumps({"ids": ids})
    assert "data-create" not in client.get(at, headers=HTMX).content.decode()
    assert client.post(at, {"names": ["VIP", "New"], "selection": selection}, headers=HTMX).status_code == 403
    problem(Api(assistant).post("bulk-runs", asked(ids, names=["VIP", "New"])), 403, "forbidden")
    with firm_context(alice.firm.id):
        assert not BulkRun.rows().exists()
    assert tags_of(alice) == {"VIP": 0}
    assert client.post(at, {"names": ["vip"], "selection": selection}, headers=HTMX).status_code == 200
    drain()
    assert tags_of(alice) == {"VIP": 3}


def test_wrong_tags_start_nothing_and_say_which(alice: Person, charlie: Person, ids: list[str]) -> None:
    api, unknown = Api(alice), str(uuid4())
    theirs = Api(charlie).post("tags", {"name": "Theirs"}).json()["id"]
    for verb, params, pointer, words in (
        ("tag", {}, "names", "at least one"),
        ("tag", {"tags": [unknown]}, "tags", unknown),
        ("tag", {"tags": [theirs], "names": ["New"]}, "tags", theirs),
        ("tag", {"tags": ["x"]}, "tags", "Ids"),
        ("tag", {"names": [""]}, "names", "1 to 80"),
        ("untag", {"names": ["Nobody"]}, "names", "Nobody"),
    ):
        (error,) = problem(api.post("bulk-runs", asked(ids, verb, **params)), 422, "invalid")["errors"]
        assert pointer in error["pointer"] and words in error["message"], error
    assert tags_of(alice) == {}
    with firm_context(alice.firm.id):
        assert not BulkRun.rows().exists() and not Tagging.rows().exists()


def test_tags_are_taken_off_by_name_and_by_id(alice: Person, ids: list[str]) -> None:
    api = Api(alice)
    api.post("bulk-runs", asked(ids, names=["VIP", "Golf club"]))
    drain()
    (vip,) = [t for t in api.get("tags").json()["data"] if t["name"] == "VIP"]
    assert api.post("bulk-runs", asked(ids[:1], "untag", tags=[vip["id"]], names=["GOLF club"])).status_code == 202
    drain()
    assert tags_of(alice) == {"VIP": 2, "Golf club": 2}


def test_the_api_tells_what_the_verbs_take(alice: Person) -> None:
    verbs = {v["name"]: v["params"] for v in Api(alice).get("bulk-runs/verbs?noun=contact").json()["data"]}
    assert set(verbs["tag"]) == {"tags", "names"}
    assert set(verbs["set"]) == {"field", "value"}
    assert verbs["delete"] == {}
