"""Deals, pipelines and figures through the API: each verb, and what Charlie gets of it."""

from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.sales.models import Deal, Loss, Pipeline
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


class Caller:
    """Calls the API with a key of the person: `api("post", "deals", {...})`."""

    def __init__(self, person: Person) -> None:
        self.api = Api(person)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.api.call(method.upper(), path, body, **headers)


@pytest.fixture
def api(alice: Person) -> Caller:
    return Caller(alice)


def test_a_deal_lives_through_the_api(api: Caller, alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    contact, company = making.contact(alice), making.company(alice)
    made = api("post", "deals", {"title": "Kestrel", "value": 120_000, "currency": "GBP", "company": str(company.pk)})
    assert made.status_code == 201, made.content
    pk, found = made.json()["id"], made.json()
    assert (found["stage"], found["value"], found["currency"]) == (str(line[0].pk), 120_000, "GBP")
    assert found["companies"] == [{"id": str(company.pk), "name": "Kestrel Ltd", "role": "", "is_primary": True}]
    moved = api("post", f"deals/{pk}/moves", {"stage": str(line[1].pk), "from_stage": str(line[0].pk)})
    assert moved.json()["stage"] == str(line[1].pk)
    late = api("post", f"deals/{pk}/moves", {"stage": str(line[2].pk), "from_stage": str(line[0].pk)})
    assert (late.status_code, late.json()["code"]) == (409, "deal_moved")
    wanting = api("post", f"deals/{pk}/moves", {"stage": str(line[3].pk)})
    assert wanting.status_code == 422
    assert "expected_close" in wanting.content.decode()
    linked = api("post", f"deals/{pk}/contacts", {"contact": str(contact.pk), "role": "Champion"})
    assert linked.json()["contacts"][0]["role"] == "Champion"
    items = [{"name": "Work", "quantity": "2.5", "unit_price": 10_000, "discount": "10"}]
    assert api("put", f"deals/{pk}/line-items", {"items": items}).json()["value"] == 22_500
    assert api("post", f"deals/{pk}/close-date-shifts", {"days": 30}).status_code == 200
    assert api("delete", f"deals/{pk}/contacts/{contact.pk}").status_code == 204
    assert [s["exit"] for s in api("get", f"deals/{pk}/stays").json()["data"]] == ["forward", ""]
    version = str(api("get", f"deals/{pk}").json()["version"])
    assert api("patch", f"deals/{pk}", {"priority": "high"}, If_Match=f'"{version}"').status_code == 200
    assert api("patch", f"deals/{pk}", {"priority": "low"}, If_Match=f'"{version}"').status_code == 412


def test_every_verb_of_a_deal_honours_the_version_that_was_read(api: Caller, alice: Person, charlie: Person) -> None:
    line, contact = making.stages(making.pipeline(alice)), making.contact(alice)
    deal = api("post", "deals", {"title": "Kestrel"})
    pk, old = deal.json()["id"], deal["ETag"]
    new = api("post", f"deals/{pk}/close-date-shifts", {"days": 30}, If_Match=old)
    assert (new.status_code, new["ETag"] != old) == (200, True)
    for method, path, body in (
        ("post", "close-date-shifts", {"days": 30}),
        ("post", "moves", {"stage": str(line[1].pk)}),
        ("post", "contacts", {"contact": str(contact.pk)}),
        ("post", "losses", {}),
    ):
        late = api(method, f"deals/{pk}/{path}", body, If_Match=old)
        assert (late.status_code, late.json()["code"]) == (412, "stale_version"), path
        assert f'"{late.json()["current_version"]}"' == new["ETag"]
        assert Caller(charlie)(method, f"deals/{pk}/{path}", body, If_Match=old).status_code == 404
    assert api("get", f"deals/{pk}")["ETag"] == new["ETag"]
    assert api("post", f"deals/{pk}/contacts", {"contact": str(contact.pk)}, If_Match=new["ETag"]).status_code == 200
    assert api("delete", f"deals/{pk}", If_Match=old).status_code == 412
    assert api("delete", f"deals/{pk}").status_code == 204
    assert api("post", f"deals/{pk}/restore", If_Match=old).status_code == 412


def test_a_deal_names_its_company_and_the_missing_one_is_made(api: Caller, alice: Person, charlie: Person) -> None:
    making.pipeline(alice), making.pipeline(charlie)
    egret = api("post", "deals", {"title": "Audit", "company_name": "Egret"}).json()
    assert [(c["name"], c["is_primary"]) for c in egret["companies"]] == [("Egret", True)]
    again = api("patch", f"deals/{egret['id']}", {"company_name": "EGRET"}).json()
    assert again["company"] == egret["company"]
    page = {"title": "Payroll", "company": "Heron", "stage": egret["stage"]}
    alice.client().post(alice.url("deals/new"), page, headers={"HX-Request": "true"})
    with firm_context(alice.firm.id):
        assert Deal.rows().get(name="Payroll").company.name == "Heron"
    other = Caller(charlie)("post", "deals", {"title": "Audit", "company_name": "Egret"}).json()
    assert other["company"] not in (None, egret["company"])


def test_deals_are_won_lost_and_reopened(api: Caller, alice: Person) -> None:
    making.pipeline(alice)
    why, rival = making.reason(alice), making.reason(alice, "Osprey", "competitor")
    pk = making.deal(alice).pk
    assert api("post", f"deals/{pk}/losses", {}).status_code == 422
    body = {"reason": str(why.pk), "competitor": str(rival.pk), "note": "Too late"}
    assert api("post", f"deals/{pk}/losses", body).json()["outcome"] == "lost"
    assert api("post", f"deals/{pk}/wins", {}).status_code == 409
    assert api("post", f"deals/{pk}/reopenings", {}).json()["outcome"] == "open"
    assert api("post", f"deals/{pk}/wins", {}).json()["outcome"] == "won"
    with firm_context(alice.firm.id):
        assert Loss.rows().get().reopened_at is not None


def test_pipelines_and_stages_are_set_up(api: Caller, alice: Person) -> None:
    made = api("post", "pipelines", {"template": "hiring", "name": "Engineers"})
    assert (made.status_code, made.json()["won_label"]) == (201, "Hired")
    pk = made.json()["id"]
    rows = api("get", f"pipelines/{pk}/stages").json()["data"]
    assert [r["kind"] for r in rows] == ["open"] * 5 + ["won", "lost"]
    added = api("post", f"pipelines/{pk}/stages", {"name": "Reference call", "probability": 85}).json()
    order = [added["id"], *(r["id"] for r in rows[:5])]
    assert api("put", f"pipelines/{pk}/stage-order", {"ids": order}).status_code == 204
    assert api("patch", f"stages/{added['id']}", {"required_fields": ["nonsense"]}).status_code == 422
    assert api("patch", f"stages/{added['id']}", {"rotting_days": 3}).json()["rotting_days"] == 3
    assert api("post", f"stages/{added['id']}/deletions", {}).status_code == 204
    assert api("patch", f"pipelines/{pk}", {"name": "Staff"}).json()["name"] == "Staff"
    assert api("patch", f"pipelines/{pk}", {"name": "Staff", "kind": "employee_onboarding"}).status_code == 200
    assert api("patch", f"pipelines/{pk}", {"name": "Staff", "kind": "nonsense"}).status_code == 422
    listed = [
        [p["id"] for p in api("get", f"pipelines?kind={k}").json()["data"]] for k in ("hiring", "employee_onboarding")
    ]
    assert listed == [[], [pk]]
    assert api("get", "pipelines?kind=nonsense").status_code == 422
    assert api("post", f"pipelines/{pk}/archivings", {}).status_code == 200
    assert api("get", "pipelines").json()["data"] == []
    assert api("post", f"pipelines/{pk}/restorings").status_code == 200


def test_lists_of_the_firm_are_kept(api: Caller, alice: Person) -> None:
    product = api("post", "products", {"name": "Day", "unit_price": 80_000, "currency": "GBP"})
    assert product.status_code == 201
    assert api("post", "products", {"name": "day"}).status_code == 422
    assert api("post", f"products/{product.json()['id']}/archivings").json()["archived_at"]
    rate = api("post", "currency-rates", {"currency": "EUR", "rate": "1.08"})
    assert (rate.status_code, rate.json()["rate"]) == (201, "1.0800000000")
    assert api("post", "currency-rates", {"currency": "USD", "rate": "2"}).status_code == 422
    assert api("delete", f"currency-rates/{rate.json()['id']}").status_code == 204
    word = api("post", "reasons", {"kind": "loss", "name": "Price"}).json()
    assert api("patch", f"reasons/{word['id']}", {"name": "Too dear"}).json()["name"] == "Too dear"
    assert api("delete", f"reasons/{word['id']}").status_code == 204
    tree = {"all": [{"field": "priority", "op": "in", "value": ["high"]}]}
    making.pipeline(alice)
    deal = making.deal(alice, priority="high")
    rule = api("post", "score-rules", {"name": "Pressing", "points": 25, "criteria": tree})
    assert rule.status_code == 201, rule.content
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).score == 25
    assert api("delete", f"score-rules/{rule.json()['id']}").status_code == 204
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).score == 0


def test_how_a_deal_stands_and_why(api: Caller, alice: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice, priority="high", expected_close="2020-01-01")
    tree = {"all": [{"field": "priority", "op": "in", "value": ["high"]}]}
    assert api("post", "score-rules", {"name": "Pressing", "points": 25, "criteria": tree}).status_code == 201
    found = api("get", f"deals/{deal.pk}/standing").json()
    assert (found["score"], found["score_reasons"]) == (25, [{"name": "Pressing", "points": 25}])
    assert found["health"]["level"] == "risk" and "The expected close date is past." in found["health"]["reasons"]
    assert api("post", f"deals/{deal.pk}/wins", {}).status_code == 200
    assert api("get", f"deals/{deal.pk}/standing").json()["health"] is None


def test_figures_and_the_deals_behind_them(api: Caller, alice: Person) -> None:
    pipeline = making.pipeline(alice)
    deal = making.deal(alice, value="1,000 USD", expected_close="2026-12-24")
    here = f"pipelines/{pipeline.pk}"
    months = api("get", f"{here}/forecast").json()["months"]
    assert sum(m["open"]["amount"] for m in months) == 100_000
    [month] = [m["month"] for m in months if m["open"]["count"]]
    listed = api("get", f"{here}/forecast/deals?month={month}&kind=weighted").json()
    assert listed["figure"]["amount"] == 10_000
    assert api("post", f"deals/{deal.pk}/wins", {}).status_code == 200
    found = api("get", f"{here}/analytics?period=year").json()
    assert (found["won"], found["win_rate"]) == ({"count": 1, "amount": 100_000}, 1.0)
    behind = api("get", f"{here}/analytics/deals?measure=won&period=year").json()
    assert behind["deals"] == [{"deal": str(deal.pk), "count": 1, "amount": 100_000}]
    assert api("get", f"{here}/analytics/deals?measure=nonsense").status_code == 404


def test_charlie_reaches_nothing_of_alices(charlie: Person, alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal, api = making.deal(alice), Caller(charlie)
    with firm_context(alice.firm.id):
        pipeline = Pipeline.rows().get().pk
    for path in (f"deals/{deal.pk}", f"pipelines/{pipeline}", f"stages/{line[0].pk}", f"pipelines/{pipeline}/analytics",
                 f"pipelines/{pipeline}/forecast", f"deals/{deal.pk}/stays", f"deals/{deal.pk}/standing"):  # fmt: skip
        assert api("get", path).status_code == 404, path
    for verb in ("wins", "losses", "reopenings"):
        assert api("post", f"deals/{deal.pk}/{verb}", {}).status_code == 404
    assert api("post", f"deals/{deal.pk}/moves", {"stage": str(line[1].pk)}).status_code == 404
