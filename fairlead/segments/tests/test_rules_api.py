"""/api/v1/tag-rules and /api/v1/personas: what follows from entering and leaving."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.segments.models import Segment, TagRule, TagRuleApplication
from fairlead.segments.tests.keeping import BERLIN, catch_up, contact, refused
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def tags(api: Api, pk: str) -> list[str]:
    return [t["name"] for t in api.get(f"contacts/{pk}").json()["tags"]]


def settle(alice: Person) -> None:
    """Let jobs and consumers come to rest."""
    for _ in range(3):
        drain()
        catch_up(alice)


def test_who_meets_the_criteria_is_tagged_and_told_by_which_rule(api: Api, alice: Person) -> None:
    early = contact(api, city="Berlin")
    rule = api.post("tag-rules", {"name": "Berlin", "criteria": BERLIN, "add": ["Local"]})
    assert rule.status_code == 201, rule.content
    settle(alice)
    late = contact(api, city="Berlin")
    settle(alice)
    assert tags(api, early) == tags(api, late) == ["Local"]
    with firm_context(alice.firm.id):
        put = Event.rows().filter(type="record.tagged", contact_id=late).get()
        assert (put.actor_label, put.data["rule"]) == ("Rule Berlin", "Berlin")
        assert Event.rows().get(pk=put.cause).type == "segment.entered"
        assert TagRuleApplication.rows().filter(contact_id=late, ended_at=None).get().is_put
    api.patch(f"contacts/{late}", {"city": "Rome"})
    settle(alice)
    assert tags(api, late) == [] and tags(api, early) == ["Local"]


def test_a_tag_that_was_there_before_stays(api: Api, alice: Person) -> None:
    ada = contact(api, city="Berlin")
    api.post(f"contacts/{ada}/tag", {"names": ["Local"]})
    api.post("tag-rules", {"name": "Berlin", "criteria": BERLIN, "add": ["Local"]})
    api.post("tag-rules", {"name": "Also", "criteria": BERLIN, "add": ["Second"]})
    api.post("tag-rules", {"name": "Third", "criteria": {"all": []}, "add": ["Second"]})
    settle(alice)
    api.patch(f"contacts/{ada}", {"city": "Rome"})
    settle(alice)
    assert sorted(tags(api, ada)) == ["Local", "Second"]


def test_a_merged_tag_stays_the_rules_to_take_off(api: Api, alice: Person, charlie: Person) -> None:
    """By rule alone, beside a tag by hand, and by two rules: merging keeps who put what; another firm is untouched."""
    ada, ben, eve = contact(api, city="Berlin"), contact(api, city="Berlin"), contact(api, city="Berlin")
    stay = api.post("tags", {"name": "Stay"}).json()["id"]
    api.post(f"contacts/{ben}/tag", {"names": ["Stay"]})
    api.post("tag-rules", {"name": "Berlin", "criteria": BERLIN, "add": ["Local"]})
    api.post("tag-rules", {"name": "Both", "criteria": BERLIN, "add": ["Local"], "remove": ["Old"]})
    last = {"all": [{"field": "last_name", "op": "is", "value": "Late"}]}
    api.post("tag-rules", {"name": "Late", "criteria": last, "add": ["Local", stay]})
    api.patch(f"contacts/{eve}", {"last_name": "Late"})
    stranger = Api(charlie)
    theirs = contact(stranger, city="Berlin")
    stranger.post("tag-rules", {"name": "Berlin", "criteria": BERLIN, "add": ["Local"]})
    settle(alice)
    settle(charlie)
    ids = {t["name"]: t["id"] for t in api.get("tags").json()["data"]}
    merged = api.post(f"tags/{stay}/merge", {"tags": [ids["Local"], ids["Old"]]})
    assert merged.status_code == 200, merged.content
    rules = {r["name"]: r for r in api.get("tag-rules").json()["data"]}
    assert (rules["Both"]["add"], rules["Both"]["remove"]) == ([stay], [])
    assert rules["Late"]["add"] == [stay]
    settle(alice)
    assert tags(api, ada) == tags(api, ben) == tags(api, eve) == ["Stay"]
    for pk in (ada, ben, eve):
        api.patch(f"contacts/{pk}", {"city": "Rome"})
    settle(alice)
    assert (tags(api, ada), tags(api, ben), tags(api, eve)) == ([], ["Stay"], ["Stay"])
    api.patch(f"contacts/{eve}", {"last_name": "Early"})
    settle(alice)
    assert tags(api, eve) == [] and tags(stranger, theirs) == ["Local"]


def test_a_rule_that_goes_round_is_stopped(api: Api, alice: Person) -> None:
    tag = api.post("tags", {"name": "Round"}).json()["id"]
    untagged = {"all": [{"tag": {"op": "has_none", "value": [tag]}}]}
    api.post("tag-rules", {"name": "Round", "criteria": untagged, "add": [tag]})
    contact(api)
    settle(alice)
    with firm_context(alice.firm.id):
        rule = TagRule.rows().get()
        assert rule.paused_at and "ten times" in rule.problem
        assert Event.rows().filter(type="tag_rule.stopped").count() == 1


def test_rules_pause_change_and_go(api: Api, alice: Person, charlie: Person) -> None:
    made = api.post("tag-rules", {"name": "Berlin", "criteria": BERLIN, "add": ["Local"]}).json()
    one = f"tag-rules/{made['id']}"
    assert api.post(f"{one}/pause").json()["paused_at"]
    ada = contact(api, city="Berlin")
    settle(alice)
    assert tags(api, ada) == []
    assert api.post(f"{one}/resume").json()["paused_at"] is None
    settle(alice)
    assert tags(api, ada) == ["Local"]
    segment = api.post("segments", {"name": "Everyone"}).json()["id"]
    assert api.patch(one, {"segment": segment}).json()["segment"] == segment
    with firm_context(alice.firm.id):
        assert not Segment.rows().filter(purpose="rule").exists()
    refused(api.post("tag-rules", {"name": "None", "criteria": BERLIN}), 422)
    refused(api.post("tag-rules", {"name": "None", "add": ["x"]}), 422)
    stranger = Api(charlie)
    for method, path, body in (("GET", "", None), ("PATCH", "", {"name": "x"}), ("POST", "/pause", None),
                               ("POST", "/resume", None), ("DELETE", "", None)):  # fmt: skip
        refused(stranger.call(method, f"{one}{path}", body), 404, "not_found")
    assert api.delete(one).status_code == 204
    assert tags(api, ada) == ["Local"]


def test_a_persona_tells_who_became_a_client(api: Api, alice: Person, charlie: Person) -> None:
    made = api.post("personas", {"name": "Founder"}).json()
    people = [contact(api, lifecycle=stage) for stage in ("client", "former_client", "lead", "lead")]
    contact(api, lifecycle="client")
    one = f"personas/{made['id']}"
    empty = {"count": 0, "by_criteria": 0, "clients": 0, "conversion": 0.0, "stages": []}
    assert api.get(f"{one}/figures").json() == empty
    api.post(f"{one}/assign", {"contacts": people})
    api.patch(f"contacts/{people[2]}", {"lifecycle": "client"})
    api.patch(f"contacts/{people[2]}", {"lifecycle": "other"})
    assert api.get(f"{one}/figures").json() == {
        "count": 4, "by_criteria": 0, "clients": 3, "conversion": 75.0,
        "stages": [{"stage": s, "count": 1} for s in ("lead", "client", "former_client", "other")],
    }  # fmt: skip
    refused(Api(charlie).get(f"{one}/figures"), 404)


def test_personas_by_rule_and_by_hand(api: Api, alice: Person, charlie: Person) -> None:
    ada, ben = contact(api, city="Berlin"), contact(api, city="Rome")
    made = api.post("personas", {"name": "Founder", "goals": "Grow", "criteria": BERLIN}).json()
    settle(alice)
    assert made["criteria"] == BERLIN
    one = f"personas/{made['id']}"

    def who() -> list[str]:
        return sorted(c["id"] for c in api.get("contacts?persona=Founder").json()["data"])

    assert who() == [ada]
    assert api.post(f"{one}/assign", {"contacts": [ben]}).json() == {"changed": 1}
    assert who() == sorted([ada, ben])
    assert api.post(f"{one}/unassign", {"contacts": [ada]}).json() == {"changed": 1}
    api.patch(f"contacts/{ada}", {"city": "Rome"})
    api.patch(f"contacts/{ada}", {"city": "Berlin"})
    settle(alice)
    assert who() == [ben], "what a hand took away, no rule brings back"
    ring = {"all": [{"persona": {"op": "has_any", "value": [made["id"]]}}]}
    refused(api.patch(one, {"criteria": ring}), 422)
    refused(Api(charlie).get(one), 404)
    refused(Api(charlie).post(f"{one}/assign", {"contacts": [ada]}), 404)
    assert api.post(f"{one}/archive").json()["archived_at"]
    refused(api.post(f"{one}/assign", {"contacts": [ada]}), 409)
    assert api.post(f"{one}/unarchive").json()["archived_at"] is None
    assert api.patch(one, {"segment": None}).json()["segment"] is None
