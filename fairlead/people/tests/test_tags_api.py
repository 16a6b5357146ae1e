"""/api/v1/tags, and tagging records."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db


def test_a_tag_is_created_changed_merged_and_deleted(api: Api) -> None:
    vip = api.post("tags", {"name": "VIP", "color": "orange"}).json()
    assert (vip["name"], vip["color"], vip["category"], vip["usage_count"]) == ("VIP", "orange", "general", 0)
    assert problem(api.post("tags", {"name": "vip"}), 422, "invalid")["errors"][0]["code"] == "taken"
    assert api.patch(f"tags/{vip['id']}", {"category": "status"}).json()["category"] == "status"
    other = api.post("tags", {"name": "Very important"}).json()
    ada = api.post("contacts", {"first_name": "Ada"}).json()["id"]
    assert api.post(f"contacts/{ada}/tag", {"tags": [other["id"]], "names": ["Räte"]}).json() == {"changed": 2}
    assert api.post(f"tags/{vip['id']}/merge", {"tags": [other["id"]]}).json()["usage_count"] == 1
    assert [t["name"] for t in api.get(f"contacts/{ada}").json()["tags"]] == ["Räte", "VIP"]
    assert [t["name"] for t in api.get("tags?sort=-usage_count&fields=name").json()["data"]] == ["Räte", "VIP"]
    assert [t["name"] for t in api.get("tags?category=status").json()["data"]] == ["VIP"]
    assert api.delete(f"tags/{vip['id']}").status_code == 204
    problem(api.get(f"tags/{vip['id']}"), 404, "not_found")


def test_many_records_are_tagged_at_once(api: Api, charlie: Person) -> None:
    ids = [api.post("companies", {"name": n}).json()["id"] for n in ("Acme", "Birch")]
    theirs = Api(charlie).post("companies", {"name": "Cedar"}).json()["id"]
    assert api.post("companies/batch/tag", {"ids": [*ids, theirs], "names": ["Client"]}).json() == {"changed": 2}
    assert Api(charlie).get(f"companies/{theirs}").json()["tags"] == []
    assert api.post("companies/batch/untag", {"ids": ids[:1], "names": ["client"]}).json() == {"changed": 1}
    problem(api.post(f"companies/{theirs}/tag", {"names": ["x"]}), 404, "not_found")


def test_another_firms_tag_is_absent(api: Api, charlie: Person) -> None:
    vip = api.post("tags", {"name": "VIP"}).json()["id"]
    mine = api.post("tags", {"name": "Mine"}).json()["id"]
    stranger = Api(charlie)
    theirs = stranger.post("tags", {"name": "Theirs"}).json()["id"]
    for method, path, body in (
        ("GET", f"tags/{vip}", None), ("PATCH", f"tags/{vip}", {"name": "x"}), ("DELETE", f"tags/{vip}", None),
        ("POST", f"tags/{vip}/merge", {"tags": [mine]}), ("POST", f"tags/{theirs}/merge", {"tags": [mine]}),
    ):  # fmt: skip
        problem(stranger.call(method, path, body), 404, "not_found")
    assert [t["name"] for t in api.get("tags").json()["data"]] == ["Mine", "VIP"]


def test_a_key_without_the_scope_is_refused(api: Api, bob: Person) -> None:
    reader = Api(bob, scopes=("contacts.view",))
    vip = api.post("tags", {"name": "VIP"}).json()["id"]
    assert reader.get("tags").status_code == 200
    for method, path, body in (
        ("POST", "tags", {"name": "x"}), ("PATCH", f"tags/{vip}", {"name": "x"}), ("DELETE", f"tags/{vip}", None),
    ):  # fmt: skip
        problem(reader.call(method, path, body), 403, "forbidden")


def test_a_choice_that_does_not_exist_is_told_which_there_are(api: Api) -> None:
    for wrong in ("Industry", "x" * 10_000):
        told = api.post("tags", {"name": "Press", "category": wrong})
        problem(told, 422, "invalid")
        assert told.json()["errors"][0]["message"].startswith("Use one of: general, industry, service, status, ")


def test_a_tag_is_found_by_a_part_of_its_name(api: Api) -> None:
    for name in ("Größe", "Press", "Impressum"):
        api.post("tags", {"name": name})
    assert [tag["name"] for tag in api.get("tags?q=PRESS").json()["data"]] == ["Impressum", "Press"]
    assert [tag["name"] for tag in api.get("tags?q=gros").json()["data"]] == ["Größe"]
    assert api.get("tags?q=unicorn").json()["data"] == []
