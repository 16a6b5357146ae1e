"""The pages: shown, saved, refused, and absent for strangers."""

import json

import pytest
from django.test import Client

from fairlead.accounts.public import Team
from fairlead.accounts.tests.cast import Person
from fairlead.assignment.models import Absence, Capacity, Rule, RuleTaker, Territory
from fairlead.assignment.tests.making import BERLIN, EVERY, catch_up, lead, owner, rule, territory
from fairlead.kernel.text import squeeze
from fairlead.sales.tests import making as sales
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HOME = "settings/assignment/"


@pytest.fixture
def browser(alice: Person) -> Client:
    return alice.client()


def test_rules_are_made_shown_and_ordered(alice: Person, bob: Person, browser: Client) -> None:
    assert "No rules yet" in browser.get(alice.url(HOME)).content.decode()
    sent = {"name": "Berlin", "takers_from": "members", "choice": "turn", "criteria": json.dumps(BERLIN),
            "members": [str(bob.membership.pk), str(alice.membership.pk)]}  # fmt: skip
    assert browser.get(alice.url(f"{HOME}rules/new?noun=contact")).status_code == 200
    assert browser.post(alice.url(f"{HOME}rules/new?noun=contact"), sent).status_code == 302
    with firm_context(alice.firm.pk):
        made = Rule.rows().get()
    page = squeeze(browser.get(alice.url(HOME)).content.decode())
    assert "Berlin" in page and "Bob Beech, Alice Ash" in page
    one = alice.url(f"{HOME}rules/{made.pk}/")
    assert "Berlin" in browser.get(one).content.decode()
    assert browser.post(f"{one}shares", {str(bob.membership.pk): "2", str(alice.membership.pk): "1"}).status_code == 302
    assert browser.post(one, {**sent, "name": "Berliners"}).status_code == 302
    with firm_context(alice.firm.pk):
        assert RuleTaker.rows().get(member=bob.membership.pk).share == 2, "a share outlives a change of the rule"
    other = rule(alice, bob, name="Rest")
    assert browser.post(alice.url(f"{HOME}order/contact"), {"rule": [other.pk, made.pk]}).status_code == 204
    for verb in ("pause", "resume", "delete"):
        assert browser.post(f"{one}{verb}").status_code == 302


def test_only_what_the_chosen_way_needs_is_asked_and_kept(alice: Person, bob: Person, browser: Client) -> None:
    made = rule(alice, bob, name="Berliners")
    with firm_context(alice.firm.pk):
        team = Team.objects.create(name="Sales")
    one = alice.url(f"{HOME}rules/{made.pk}/")
    form = browser.get(one).content.decode()
    assert 'data-when="takers_from=members"' in form and 'data-when="takers_from=team"' in form
    sent = {"name": "Berliners", "takers_from": "team", "choice": "turn", "criteria": json.dumps(EVERY)}
    assert browser.post(one, {**sent, "team": str(team.pk), "members": []}).status_code == 302
    assert browser.post(one, {**sent, "takers_from": "members", "members": []}).status_code == 422
    with firm_context(alice.firm.pk):
        assert RuleTaker.rows().get(rule=made.pk).member_id == bob.membership.pk, "who was chosen is there again"


def test_wrong_rules_are_refused_with_a_word(alice: Person, browser: Client) -> None:
    wrong = {"name": "", "takers_from": "members", "choice": "turn", "criteria": json.dumps(EVERY)}
    refused = browser.post(alice.url(f"{HOME}rules/new?noun=deal"), wrong)
    assert refused.status_code == 422 and "required" in refused.content.decode()
    assert "Choose at least one person" in refused.content.decode(), "all that is wrong is told at once"
    wild = {**wrong, "criteria": json.dumps({"all": [{"field": "no", "op": "is", "value": 1}]})}
    both = browser.post(alice.url(f"{HOME}rules/new?noun=deal"), wild).content.decode()
    assert "Complete the conditions" in both and "This is required" in both and "all.0" in both
    nobody = browser.post(alice.url(f"{HOME}rules/new?noun=deal"), {**wrong, "name": "Nobody"})
    assert nobody.status_code == 422 and "Choose at least one person" in nobody.content.decode()
    bad = {**wrong, "name": "x", "criteria": json.dumps({"all": [{"field": "no", "op": "is", "value": 1}]})}
    assert "Complete the conditions" in browser.post(alice.url(f"{HOME}rules/new?noun=deal"), bad).content.decode()
    assert browser.get(alice.url(f"{HOME}rules/new?noun=task")).status_code == 404


def test_trying_out_tells_who_and_why(alice: Person, bob: Person, browser: Client) -> None:
    rule(alice, bob, name="Berliners", criteria=BERLIN)
    one = lead(alice, "Ada", city="Berlin")
    assert "Ada" in browser.get(alice.url(f"{HOME}try?part=1&q=Ada")).content.decode()
    page = squeeze(browser.get(alice.url(f"{HOME}try?record={one.pk}")).content.decode())
    assert "would go to <strong>Bob Beech</strong>" in page and "City is Berlin" in page
    assert owner(alice, one) is None


def test_territories_workload_and_absences(alice: Person, bob: Person, browser: Client) -> None:
    sent = {"name": "Germany", "countries": ["DE"], "regions": "", "postal_codes": "10, 12",
            "members": [str(bob.membership.pk)]}  # fmt: skip
    assert browser.post(alice.url("settings/territories/new"), sent).status_code == 302
    with firm_context(alice.firm.pk):
        made = Territory.rows().get()
        assert made.postal_codes == ["10", "12"]
    assert "Germany" in browser.get(alice.url("settings/territories/")).content.decode()
    assert browser.get(alice.url(f"settings/territories/{made.pk}/")).status_code == 200
    nothing = {**sent, "name": "", "countries": ["XX"], "members": []}
    bad = browser.post(alice.url(f"settings/territories/{made.pk}/"), nothing)
    told = bad.content.decode()
    assert bad.status_code == 422
    assert all(
        text in told for text in ("This is required", "Choose at least one country", "Choose at least one person")
    )
    assert browser.post(alice.url(f"settings/territories/{made.pk}/delete")).status_code == 302
    days = {"first_day": "2027-01-04", "last_day": "2027-01-08", "note": "Skiing"}
    assert bob.client().post(bob.url("settings/workload/away"), days).status_code == 302
    assert browser.post(alice.url("settings/workload/away"), {**days, "last_day": ""}).status_code == 422
    page = browser.get(alice.url("settings/workload/")).content.decode()
    assert "Skiing" in page and "Bob Beech" in page
    with firm_context(alice.firm.pk):
        absence = Absence.rows().get()
    limits = alice.url(f"settings/workload/{bob.membership.pk}/limits")
    assert browser.post(limits, {"contacts": "25", "deals": ""}).status_code == 302
    with firm_context(alice.firm.pk):
        assert Capacity.rows().values_list("contacts", "deals").get() == (25, None)
    assert browser.post(limits, {"contacts": "many", "deals": ""}).status_code == 422
    assert browser.post(alice.url(f"settings/workload/absences/{absence.pk}/end")).status_code == 302


def test_the_card_says_by_which_rule_and_assigns(alice: Person, bob: Person, browser: Client) -> None:
    rule(alice, bob, name="All leads")
    one = lead(alice)
    catch_up(alice)
    page = browser.get(alice.url(f"contacts/{one.pk}/")).content.decode()
    assert "All leads" in page and "chosen by name" in page
    assign = alice.url(f"contacts/{one.pk}/assign")
    assert browser.get(assign).status_code == 200
    assert browser.post(assign, {"way": "person", "person": str(alice.membership.pk)}).status_code == 302
    assert owner(alice, one) == alice.membership.pk
    assert browser.post(assign, {"way": "rules"}).status_code == 302
    assert owner(alice, one) == bob.membership.pk
    assert browser.post(assign, {"way": "team"}).status_code == 422
    sales.pipeline(alice)
    deal = sales.deal(alice)
    refused = browser.post(alice.url(f"deals/{deal.pk}/assign"), {"way": "rules"})
    assert refused.status_code == 422 and "No rule fits" in refused.content.decode()
    assert "Owner" in browser.get(alice.url(f"deals/{deal.pk}/")).content.decode()


def test_strangers_and_plain_members_stay_out(alice: Person, bob: Person, charlie: Person) -> None:
    made, place = rule(alice, bob), territory(alice, "Germany", bob, countries=["DE"])
    one = lead(alice)
    stranger, colleague = charlie.client(), bob.client()
    for path in (f"{HOME}rules/{made.pk}/", f"settings/territories/{place.pk}/", f"contacts/{one.pk}/assign",
                 f"{HOME}try?record={one.pk}", f"settings/workload/{bob.membership.pk}/limits"):  # fmt: skip
        assert stranger.get(charlie.url(path)).status_code == 404, path
        assert stranger.get(alice.url(path)).status_code == 404, path
    assert colleague.get(bob.url(HOME)).status_code == 200
    assert colleague.get(bob.url(f"{HOME}rules/{made.pk}/")).status_code == 403
    assert colleague.post(bob.url(f"{HOME}rules/{made.pk}/delete")).status_code == 403


def test_a_character_that_no_text_has_is_refused_with_a_word(alice: Person, browser: Client) -> None:
    answer = browser.get(alice.url(f"{HOME}try?q=a%00b"))
    assert answer.status_code == 400 and "cannot be read" in answer.content.decode()
