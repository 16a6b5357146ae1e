"""What hangs on a contact over the API: who tagged it and when, how complete its profile is."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db


def test_a_tag_tells_who_put_it_there_and_when(alice: Person, bob: Person, charlie: Person) -> None:
    one = Api(alice).post("contacts", {"first_name": "Ada"}).json()["id"]
    assert Api(bob).post(f"contacts/{one}/tag", {"names": ["VIP"]}).json() == {"changed": 1}
    for shown in (Api(alice).get(f"contacts/{one}").json(), Api(alice).get("contacts?include=tags").json()["data"][0]):
        [tag] = shown["tags"]
        assert (tag["name"], tag["tagged_by"]) == ("VIP", str(bob.membership.id)) and tag["tagged_at"].endswith("Z")
    problem(Api(charlie).get(f"contacts/{one}"), 404, "not_found")


def test_a_profile_tells_how_complete_it_is(alice: Person) -> None:
    api = Api(alice)
    bare = api.post("contacts", {"first_name": "Ada"}).json()
    fuller = api.patch(f"contacts/{bare['id']}", {"city": "London", "country": "GB", "job_title": "Countess"}).json()
    assert 0 < bare["completeness"] < fuller["completeness"] < 100
    assert api.get("contacts?fields=name,completeness").json()["data"][0]["completeness"] == fuller["completeness"]
    assert "completeness" not in api.get("contacts").json()["data"][0]
