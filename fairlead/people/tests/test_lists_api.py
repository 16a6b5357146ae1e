"""/api/v1/lists, consent and suppressions."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db


def test_people_come_onto_a_list_and_off_again(api: Api, charlie: Person) -> None:
    news = api.post("lists", {"name": "Newsletter"}).json()["id"]
    ada, theirs = (a.post("contacts", {"first_name": "Ada"}).json()["id"] for a in (api, Api(charlie)))
    assert api.post(f"lists/{news}/subscribe", {"contacts": [ada, theirs]}).json() == {"changed": 1}
    (row,) = api.get(f"lists/{news}/subscriptions?status=subscribed").json()["data"]
    assert (row["contact"], row["list"], row["source"]) == (ada, news, "api")
    assert api.get(f"contacts/{ada}").json()["lists"] == [{"id": news, "name": "Newsletter", "status": "subscribed"}]
    assert api.post(f"lists/{news}/unsubscribe", {"contacts": [ada]}).json() == {"changed": 1}
    assert api.get(f"lists/{news}/subscriptions?status=subscribed").json()["data"] == []
    assert api.patch(f"lists/{news}", {"description": "Monthly"}).json()["description"] == "Monthly"
    assert api.post(f"lists/{news}/archive").json()["archived_at"]
    problem(api.post(f"lists/{news}/subscribe", {"contacts": [ada]}), 409, "conflict")
    assert api.get("lists?archived=false").json()["data"] == []
    assert api.post(f"lists/{news}/unarchive").json()["archived_at"] is None


def test_another_firms_list_is_absent(api: Api, charlie: Person) -> None:
    news = api.post("lists", {"name": "Newsletter"}).json()["id"]
    stranger = Api(charlie)
    someone = stranger.post("contacts", {"first_name": "Cy"}).json()["id"]
    for method, path, body in (
        ("GET", "", None), ("PATCH", "", {"name": "x"}), ("POST", "/archive", None), ("POST", "/unarchive", None),
        ("GET", "/subscriptions", None), ("POST", "/subscribe", {"contacts": [someone]}),
        ("POST", "/unsubscribe", {"contacts": [someone]}),
    ):  # fmt: skip
        problem(stranger.call(method, f"lists/{news}{path}", body), 404, "not_found")
    assert api.get("lists").json()["data"][0]["name"] == "Newsletter"


def test_consent_date_and_do_not_contact_move_together(api: Api, charlie: Person) -> None:
    ada = api.post("contacts", {"first_name": "Ada"}).json()["id"]
    out = api.post(f"contacts/{ada}/opt-out", {"reason": "by phone"}).json()
    assert (out["opt_in_status"], out["do_not_contact"], bool(out["opt_out_date"])) == ("OPTED_OUT", True, True)
    back = api.post(f"contacts/{ada}/opt-in", {})
    assert (back.json()["opt_in_status"], back.json()["opt_out_date"], back["ETag"]) == ("OPTED_IN", None, '"3"')
    assert api.patch(f"contacts/{ada}/channels", {"sms": False}).json()["version"] == 4
    assert (said := api.get(f"contacts/{ada}").json()["channels"])["sms"] is False and said["email"] is None
    assert api.get("contacts?fields=channels").json()["data"][0]["channels"] == said
    for verb in ("opt-out", "opt-in"):
        problem(Api(charlie).post(f"contacts/{ada}/{verb}", {}), 404, "not_found")
    problem(Api(charlie).patch(f"contacts/{ada}/channels", {"sms": True}), 404, "not_found")


def test_a_blocked_address_is_blocked_once_and_released(api: Api, bob: Person, charlie: Person) -> None:
    sent = {"channel": "email", "address": "No@More.example"}
    first, second = api.post("suppressions", sent), api.post("suppressions", sent)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert first.json()["address"] == "no@more.example"
    path = f"suppressions/{first.json()['id']}"
    problem(Api(charlie).delete(path), 404, "not_found")
    problem(Api(bob, scopes=("contacts.view",)).get("suppressions"), 403, "forbidden")
    assert len(api.get("suppressions?channel=email").json()["data"]) == 1
    assert api.delete(path).status_code == 204
    assert api.get("suppressions").json()["data"] == []
    problem(api.post("suppressions", {"channel": "email", "address": "nobody"}), 422, "invalid")
