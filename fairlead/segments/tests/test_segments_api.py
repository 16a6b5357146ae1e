"""/api/v1/segments: every verb, and Charlie who sees nothing of it."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.jobs.testing import drain
from fairlead.segments.tests.keeping import BERLIN, catch_up, contact, refused
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_a_segment_fills_and_tells_why(api: Api, alice: Person) -> None:
    ada, ben = contact(api, city="Berlin"), contact(api, city="Rome")
    made = api.post("segments", {"name": "Berliners", "criteria": BERLIN})
    assert made.status_code == 201 and made.json()["stale_since"]
    drain()
    one = f"segments/{made.json()['id']}"
    assert api.get(one).json()["size"] == 1
    (member,) = api.get(f"{one}/members").json()["data"]
    assert (member["contact"], member["why"]) == (ada, "criteria")
    why = api.get(f"{one}/explanations?contact={ben}").json()
    assert (why["member"], why["belongs"]) == (False, False)
    assert why["conditions"][1] == {"path": "all.0", "text": "City is Berlin", "holds": False, "depth": 1}
    assert api.get(f"{one}/explanations?contact={ada}").json()["belongs"] is True
    refused(api.get(f"{one}/explanations"), 422)
    catch_up(alice)
    found = api.get("contacts?segment=Berliners").json()["data"]
    assert [c["id"] for c in found] == [ada]
    assert api.get(f"{one}/sizes").json()["data"][0]["entered"] == 1


def test_versions_come_back(api: Api) -> None:
    one = f"segments/{api.post('segments', {'name': 'Berliners', 'criteria': BERLIN}).json()['id']}"
    rome = {"all": [{"field": "city", "op": "is", "value": "Rome"}]}
    changed = api.patch(one, {"criteria": rome, "name": "Romans"}).json()
    assert (changed["version"], changed["criteria"]) == (2, rome)
    again = api.post(f"{one}/restorations", {"number": 1}).json()
    assert (again["version"], again["criteria"], again["name"]) == (3, BERLIN, "Romans")
    kept = api.get(f"{one}/versions").json()["data"]
    assert [(v["number"], v["note"]) for v in kept] == [(3, "Restored from version 1"), (2, ""), (1, "")]
    refused(api.post(f"{one}/restorations", {"number": 9}), 404)
    refused(api.patch(one, {"name": "x"}, if_match='"1"'), 412)


def test_wrong_criteria_are_named_by_their_place(api: Api) -> None:
    for tree, place in (
        ({"all": [{"field": "nothing", "op": "is", "value": 1}]}, "criteria.all.0.field"),
        ({"all": [{"field": "owner", "op": "is", "value": "me"}]}, "criteria.all.0"),
        ({"any": [{"event": {"type": "segment.entered", "op": ">=", "count": 1}}]}, "criteria.any.0"),
    ):
        told = refused(api.post("segments", {"name": "Wrong", "criteria": tree}), 422)
        assert place in str(told), told
    assert api.get("segments").json()["data"] == []


def test_a_segment_cannot_contain_itself(api: Api) -> None:
    def inside(*ids: str) -> dict[str, object]:
        return {"any": [{"segment": {"op": "has_any", "value": list(ids)}}]}

    first = api.post("segments", {"name": "First"}).json()["id"]
    second = api.post("segments", {"name": "Second", "criteria": inside(first)}).json()["id"]
    third = api.post("segments", {"name": "Third", "criteria": inside(second)}).json()["id"]
    told = refused(api.patch(f"segments/{first}", {"criteria": inside(third)}), 422)
    assert "First would contain itself: First → Third → Second → First." in str(told)
    refused(api.patch(f"segments/{first}", {"criteria": inside(first)}), 422)
    told = refused(api.post(f"segments/{first}/archive"), 409)
    assert "the segment Second" in str(told)


def test_a_segment_lives_on_none_that_is_in_the_archive(api: Api) -> None:
    first = api.post("segments", {"name": "First"}).json()["id"]
    inside = {"any": [{"segment": {"op": "has_none", "value": [first]}}]}
    second = api.post("segments", {"name": "Second", "criteria": inside}).json()["id"]
    for one in (second, first):
        assert api.post(f"segments/{one}/archive").status_code == 200
    assert "First" in str(refused(api.post(f"segments/{second}/unarchive"), 409))
    told = refused(api.post("segments", {"name": "Third", "criteria": inside}), 422)
    assert "criteria.any.0" in str(told) and "First is in the archive" in str(told)
    for one in (first, second):
        assert api.post(f"segments/{one}/unarchive").json()["status"] == "active"


def test_what_is_archived_rests_and_what_is_not_is_not_taken_out(api: Api) -> None:
    one = f"segments/{api.post('segments', {'name': 'Berlin', 'criteria': BERLIN}).json()['id']}"
    api.patch(one, {"criteria": {"all": []}})
    api.post(f"{one}/archive")
    assert "Take it out" in str(refused(api.patch(one, {"criteria": BERLIN}), 409))
    assert "Take it out" in str(refused(api.post(f"{one}/restorations", {"number": 1}), 409))
    assert api.patch(one, {"name": "Old Berlin"}).json()["status"] == "archived"
    api.post(f"{one}/unarchive")
    api.post(f"{one}/pause")
    assert "Only an archived segment" in str(refused(api.post(f"{one}/unarchive"), 409))
    assert api.get(one).json()["status"] == "paused"


def test_people_are_picked(api: Api, charlie: Person) -> None:
    ada, theirs = contact(api), contact(Api(charlie))
    made = api.post("segments", {"name": "Picked", "kind": "static"}).json()
    drain()
    one = f"segments/{made['id']}"
    assert api.post(f"{one}/add", {"contacts": [ada, theirs]}).json() == {"changed": 1}
    assert api.post(f"{one}/add", {"contacts": [ada]}).json() == {"changed": 0}
    assert api.get(one).json()["size"] == 1
    refused(api.patch(one, {"criteria": BERLIN}), 422)
    assert api.post(f"{one}/remove", {"contacts": [ada]}).json() == {"changed": 1}
    dynamic = api.post("segments", {"name": "Dynamic"}).json()["id"]
    refused(api.post(f"segments/{dynamic}/add", {"contacts": [ada]}), 422)
    refused(api.post("segments", {"name": "Both", "kind": "static", "criteria": BERLIN}), 422)


def test_it_rests_and_comes_back(api: Api) -> None:
    one = f"segments/{api.post('segments', {'name': 'Berliners', 'criteria': BERLIN}).json()['id']}"
    assert api.post(f"{one}/pause").json()["status"] == "paused"
    refused(api.post(f"{one}/recounts"), 409)
    assert api.post(f"{one}/resume").json()["status"] == "active"
    refused(api.post(f"{one}/resume"), 409) if api.get(one).json()["status"] != "active" else None
    assert api.post(f"{one}/recounts").status_code == 202
    assert api.post(f"{one}/archive").json()["status"] == "archived"
    assert api.get("segments?status=active").json()["data"] == []
    assert api.post(f"{one}/unarchive").json()["status"] == "active"
    refused(api.post("segments", {"name": "BERLINERS"}), 422)


def test_criteria_are_tried_before_they_are_kept(api: Api) -> None:
    ada = contact(api, city="Berlin")
    contact(api, city="Rome")
    tried = api.post("segments/previews", {"criteria": BERLIN}).json()
    assert (tried["count"], [p["id"] for p in tried["sample"]]) == (1, [ada])
    refused(api.post("segments/previews", {"criteria": {"all": [{"field": "x"}]}}), 422)
    assert api.get("segments").json()["data"] == [] and api.get("segments/defects").json()["data"] == []


def test_another_firms_segment_is_absent(api: Api, charlie: Person, bob: Person) -> None:
    one = f"segments/{api.post('segments', {'name': 'Berliners', 'criteria': BERLIN}).json()['id']}"
    stranger = Api(charlie)
    someone = contact(stranger)
    for method, path, body in (
        ("GET", "", None), ("PATCH", "", {"name": "x"}), ("POST", "/pause", None), ("POST", "/resume", None),
        ("POST", "/archive", None), ("POST", "/unarchive", None), ("POST", "/recounts", None),
        ("GET", "/members", None),
        ("POST", "/add", {"contacts": [someone]}), ("POST", "/remove", {"contacts": [someone]}),
        ("GET", "/versions", None), ("POST", "/restorations", {"number": 1}), ("GET", "/sizes", None),
        ("GET", f"/explanations?contact={someone}", None),
    ):  # fmt: skip
        refused(stranger.call(method, f"{one}{path}", body), 404, "not_found")
    assert stranger.get("segments").json()["data"] == []
    with firm_context(bob.firm.id):
        bob.membership.role = "read_only"
        bob.membership.save()
    reader = Api(bob)
    assert reader.get(one).status_code == 200
    refused(reader.post(f"{one}/pause"), 403)
    refused(reader.post("segments", {"name": "Mine"}), 403)
