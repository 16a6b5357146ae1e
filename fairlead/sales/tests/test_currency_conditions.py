"""Amounts that were typed into conditions: listed before the firm's currency changes and after, never converted."""

from typing import Any

import pytest

from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
BIG = {"all": [{"field": "base_value", "op": "gt", "value": 12700}]}
PLAIN = {"all": [{"field": "title", "op": "contains", "value": "700"}]}


def amount(value: Any) -> Any:
    return {"all": [{"not": {"field": "custom.budget", "op": "gt", "value": value}}]}


@pytest.fixture
def api(alice: Person) -> Api:
    """Alice's firm: a view and two rules over deals, segments over a field with amounts."""
    api = Api(alice)
    making.pipeline(alice)
    for name, tree in (("Big ones", BIG), ("Named 700", PLAIN)):
        assert api.post("views", {"noun": "deal", "name": name, "criteria": tree, "scope": "firm"}).status_code == 201
    assert api.post("score-rules", {"name": "Weighty", "points": 5, "criteria": BIG}).status_code == 201
    field = {"noun": "contact", "kind": "money", "label": "Budget"}
    assert api.post("custom-fields", field).status_code == 201
    for name, value in (("Rich", "900"), ("In pounds", "900 GBP"), ("Coded", {"amount": 9, "currency": "GBP"})):
        made = api.post("segments", {"name": name, "criteria": amount(value)})
        assert made.status_code == 201, made.content
    return api


def listed(api: Api) -> set[tuple[str, str]]:
    return {(c["kind"], c["name"]) for c in api.get("currency-conditions").json()["data"]}


KEPT = {("View", "Big ones"), ("Score rule", "Weighty"), ("Segment", "Rich")}


def test_they_are_listed_before_the_change_and_after(api: Api, alice: Person, charlie: Person) -> None:
    assert listed(api) == KEPT
    view = next(c for c in api.get("currency-conditions").json()["data"] if c["kind"] == "View")
    assert (view["noun"], view["conditions"]) == ("deal", ["Value in the firm’s currency is more than 12,700"])
    with firm_context(alice.firm.id):
        update_firm({"currency": "CHF"}, by=alice.actor)
    assert listed(api) == KEPT
    page = alice.client().get(alice.url("settings/currencies/")).content.decode()
    assert "Conditions with amounts in CHF" in page and "Big ones" in page and "In pounds" not in page
    assert f"/deals/?view={view['id']}" in page
    assert listed(Api(charlie)) == set()
    assert "Conditions with amounts" not in charlie.client().get(charlie.url("settings/currencies/")).content.decode()


def test_the_firms_settings_say_so_beforehand(api: Api, alice: Person, charlie: Person) -> None:
    said = "compare with amounts in the firm’s currency"
    assert f"3 views, segments and rules {said}" in alice.client().get(alice.url("settings/firm/")).content.decode()
    assert said not in charlie.client().get(charlie.url("settings/firm/")).content.decode()


def test_who_may_not_see_deals_is_refused(alice: Person) -> None:
    assert Api(alice, scopes=("contacts.view",)).get("currency-conditions").status_code == 403
