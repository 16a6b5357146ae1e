"""Two people edit the same thing: the second is told at the field, keeps what was typed, and saves again knowingly."""

import pytest
from playwright.sync_api import Locator, expect

from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.tests.cast import Person
from fairlead.assignment.actions.rules import update_rule
from fairlead.assignment.models import Rule
from fairlead.assignment.tests.making import BERLIN, rule
from fairlead.tenancy.public import Firm, firm_context

from .faces import Face

pytestmark = pytest.mark.browser
ROME = {"all": [{"field": "city", "op": "is", "value": "Rome"}]}
TOLD = "Somebody changed this since you opened it"


def _error_of(form: Locator, label: str) -> Locator:
    return form.locator(".field").filter(has=form.page.get_by_label(label, exact=True)).locator(".error")


def test_the_settings_of_the_firm(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go(alice.url("settings/firm/"))
    form = page.locator("form[data-guard]")
    form.get_by_label("Name").fill("Alder Ltd")
    with firm_context(alice.firm.id):
        update_firm({"name": "Alder & Sons", "seats": 9}, by=alice.actor)
    form.get_by_role("button", name="Save").click()
    expect(_error_of(form, "Seats")).to_contain_text(f"{TOLD}: it is “9” now.")
    expect(form).to_contain_text(f"{TOLD}: it is “Alder & Sons” now.")
    expect(form.get_by_label("Name")).to_have_value("Alder Ltd")
    face.check_all("edited-by-two/firm")
    form.get_by_label("Seats").fill("9")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("The settings are saved.")
    kept = Firm.objects.get(pk=alice.firm.pk)
    assert (kept.name, kept.seats, face.troubles) == ("Alder Ltd", 9, [])


def test_who_sees_whose_records(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go(alice.url("settings/firm/"))
    page.get_by_role("radio", name="Their own").check()
    with firm_context(alice.firm.id):
        update_firm({"visibility": "team"}, by=alice.actor)
    save = page.locator("form", has=page.get_by_role("radio", name="Their own")).get_by_role("button", name="Save")
    save.click()
    face.settle()
    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(page.get_by_role("radio", name="Their own")).to_be_checked()
    face.check_all("edited-by-two/visibility")
    save.click()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("The visibility of records is saved.")
    assert Firm.objects.get(pk=alice.firm.pk).visibility == "owner"


def test_the_conditions_of_a_rule(face: Face, alice: Person, bob: Person) -> None:
    made = rule(alice, bob, name="Near", criteria=BERLIN)
    face.log_in(alice)
    page = face.go(alice.url("settings/assignment/"))
    page.get_by_role("link", name="Near").click()
    dialog = page.locator("#dialog[open]")
    dialog.get_by_role("group", name="City").get_by_role("textbox").fill("Oslo")
    with firm_context(alice.firm.id):
        update_rule(made.pk, {"criteria": ROME}, by=alice.actor)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator("fl-criteria")).to_contain_text(f"{TOLD}: it is “City is Rome” now.")
    expect(dialog.get_by_role("group", name="City").get_by_role("textbox")).to_have_value("Oslo")
    face.check_all("edited-by-two/conditions", scope="#dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("Rule saved.")
    with firm_context(alice.firm.id):
        assert Rule.rows().get().criteria["all"][0]["value"] == "Oslo"
    assert face.troubles == []
