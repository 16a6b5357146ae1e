"""/api/v1/: rules, territories, absences, limits, assignments; what strangers and plain members may not."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.assignment.tests.making import BERLIN, catch_up, lead, owner, rule
from fairlead.jobs.testing import drain
from fairlead.people.public import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def made(api: Api, *members: Person, **values: object) -> dict:
    people = [{"member": str(m.membership.pk)} for m in members]
    answer = api.post("assignment-rules", {"name": "Everybody", "members": people, **values})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_rules_are_made_changed_ordered_paused_and_deleted(api: Api, alice: Person, bob: Person) -> None:
    first, second = made(api, bob, name="Berlin", criteria=BERLIN), made(api, alice)
    assert [r["name"] for r in api.get("assignment-rules").json()["data"]] == ["Berlin", "Everybody"]
    order = {"noun": "contact", "ids": [second["id"], first["id"]]}
    assert api.call("PUT", "assignment-rules/order", order).status_code == 204
    assert api.get(f"assignment-rules/{second['id']}").json()["position"] == 1
    assert api.call("PUT", "assignment-rules/order", {**order, "ids": [first["id"]]}).status_code == 409
    shares = [{"member": str(bob.membership.pk), "share": 3}, {"member": str(alice.membership.pk), "share": 1}]
    changed = api.patch(f"assignment-rules/{first['id']}", {"members": shares, "choice": "load"})
    told = {m["member"]: m["share"] for m in changed.json()["members"]}
    assert told == {m["member"]: m["share"] for m in shares} and changed.json()["choice"] == "load"
    assert api.post(f"assignment-rules/{first['id']}/pause").json()["paused_at"]
    assert api.post(f"assignment-rules/{first['id']}/resume").json()["paused_at"] is None
    assert api.delete(f"assignment-rules/{first['id']}").status_code == 204
    assert api.get(f"assignment-rules/{first['id']}").status_code == 404


def test_what_is_wrong_is_named(api: Api, alice: Person, charlie: Person) -> None:
    for body, field in (
        ({"name": "", "members": []}, "name"),
        ({"name": "x", "members": []}, "members"),
        ({"name": "x", "members": [{"member": str(charlie.membership.pk)}]}, "members"),
        ({"name": "x", "takers_from": "team"}, "team"),
        ({"name": "x", "takers_from": "territory"}, "takers_from"),
        ({"name": "x", "criteria": {"all": [{"field": "nothing", "op": "is", "value": 1}]}}, "criteria.all.0.field"),
    ):
        answer = api.post("assignment-rules", body)
        assert answer.status_code == 422, answer.content
        assert any(e["field"].startswith(field) for e in answer.json()["errors"]), answer.json()
    made(api, alice)
    taken = api.post("assignment-rules", {"name": "EVERYBODY", "members": [{"member": str(alice.membership.pk)}]})
    assert taken.status_code == 422 and "already a rule" in str(taken.json())


def test_a_segment_that_a_rule_asks_for_stays_out_of_the_archive(api: Api, alice: Person, bob: Person) -> None:
    segment, away = (api.post("segments", {"name": name}).json()["id"] for name in ("Leads", "Away"))
    named = {"all": [{"any": [{"segment": {"op": "has_any", "value": [segment]}}]}]}
    rule = made(api, bob, name="Their leads", criteria=named)
    refused = api.post(f"segments/{segment}/archive")
    assert refused.status_code == 409 and "the assignment rule Their leads" in refused.json()["detail"]
    assert api.post(f"segments/{away}/archive").status_code == 200
    named["all"][0]["any"][0]["segment"]["value"] = [away]
    wrong = api.patch(f"assignment-rules/{rule['id']}", {"criteria": named})
    assert wrong.status_code == 422 and "Away is in the archive: take it out first." in str(wrong.json())
    assert wrong.json()["errors"][0]["field"].startswith("criteria.all.0.any.0")
    assert api.delete(f"assignment-rules/{rule['id']}").status_code == 204
    assert api.post(f"segments/{segment}/archive").status_code == 200


def test_records_are_assigned_and_the_reason_kept(api: Api, alice: Person, bob: Person, charlie: Person) -> None:
    made(api, bob, name="Berlin", criteria=BERLIN)
    here, there, strange = lead(alice, city="Berlin"), lead(alice, "Ben"), lead(charlie)
    ids = [str(one.pk) for one in (here, there, strange)]
    trial = api.get(f"assignments/trial?record={here.pk}").json()
    assert trial["member"] == str(bob.membership.pk) and trial["rules"][0]["fits"]
    told = api.post("assignments", {"noun": "contact", "records": ids}).json()
    assert told["given"] == 1 and len(told["records"]) == 2
    kept = api.get(f"assignments?record={here.pk}").json()["data"]
    assert [(a["rule_name"], a["member"]) for a in kept] == [("Berlin", str(bob.membership.pk))]
    assert api.get(f"assignments?record={strange.pk}").status_code == 404
    assert api.get("assignments").status_code == 422
    assert api.post("assignments", {"noun": "contact", "records": ids, "team": ids[0]}).status_code == 404


def test_territories_absences_and_limits(api: Api, alice: Person, bob: Person, charlie: Person) -> None:
    people = [{"member": str(bob.membership.pk)}]
    area = {"name": "Berlin", "countries": ["Germany"], "postal_codes": ["10"], "members": people}
    berlin = api.post("territories", area).json()
    assert berlin["countries"] == ["DE"]
    assert api.post("territories", {**area, "name": "x", "countries": ["Atlantis"]}).status_code == 422
    assert api.patch(f"territories/{berlin['id']}", {"regions": ["Berlin"]}).json()["regions"] == ["Berlin"]
    assert [t["name"] for t in api.get("territories").json()["data"]] == ["Berlin"]
    days = {"first_day": "2027-07-01", "last_day": "2027-07-14"}
    mine = Api(bob).post("absences", {**days, "note": "Sea"}).json()
    assert mine["member"] == str(bob.membership.pk)
    assert Api(bob).post("absences", {**days, "member": str(alice.membership.pk)}).status_code == 403
    assert len(api.get(f"absences?member={bob.membership.pk}").json()["data"]) == 1
    assert Api(bob).delete(f"absences/{mine['id']}").status_code == 204
    limits = f"assignment-limits/{bob.membership.pk}"
    assert api.get(limits).json()["contacts"] is None
    assert api.patch(limits, {"contacts": 40}).json()["contacts"] == 40
    assert Api(bob).patch(limits, {"contacts": None}).status_code == 403
    assert Api(charlie).get(limits).status_code == 404
    assert Api(charlie).get(f"territories/{berlin['id']}").status_code == 404
    assert api.delete(f"territories/{berlin['id']}").status_code == 204


def test_the_bulk_verb_assigns_and_takes_back(api: Api, alice: Person, bob: Person) -> None:
    mine, theirs = lead(alice, owner=alice.membership.pk), lead(alice, "Ben")
    nothing = api.post("bulk-runs", {"noun": "contact", "verb": "assign-by-rules", "ids": [str(mine.pk)]})
    assert nothing.status_code == 422, nothing.content
    rule(alice, bob)
    body = {"noun": "contact", "verb": "assign-by-rules", "ids": [str(mine.pk), str(theirs.pk)]}
    run = api.post("bulk-runs", body)
    assert run.status_code in (201, 202), run.content
    drain()
    assert {owner(alice, mine), owner(alice, theirs)} == {bob.membership.pk}
    api.post(f"bulk-runs/{run.json()['id']}/undo")
    drain()
    assert (owner(alice, mine), owner(alice, theirs)) == (alice.membership.pk, None)


def test_an_import_goes_round(alice: Person, bob: Person) -> None:
    from io import BytesIO

    from fairlead.records.imports.files import import_file

    rule(alice, alice, bob)
    text = "First name,Email\n" + "\n".join(f"Lead {n},lead{n}@kestrel.example" for n in range(10))
    import_file("contacts", BytesIO(text.encode()), name="leads.csv", by=alice.actor)
    drain()
    catch_up(alice)
    with firm_context(alice.firm.pk):
        owners = list(Contact.rows().values_list("owner_id", flat=True))
    assert len(owners) == 10 and owners.count(alice.membership.pk) == owners.count(bob.membership.pk) == 5


def test_of_records_that_are_not_there_none_is_given(api: Api, alice: Person, bob: Person, charlie: Person) -> None:
    made(api, bob, name="Berlin", criteria=BERLIN)
    answer = api.post("assignments", {"noun": "contact", "records": [str(lead(charlie).pk)]})
    assert answer.status_code == 200, answer.content
    assert answer.json()["given"] == 0 and answer.json()["records"] == []
