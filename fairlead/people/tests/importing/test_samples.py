"""The examples of a dry run: before and after in the words of lists, for contacts and companies."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.records import nouns
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.imports import runs, verbs
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
Told = dict[str, tuple[str, str]]


def rehearsed(person: Person, noun: str, text: str, **options: Any) -> tuple[str, list[Told]]:
    """Rehearse a file; return its page, and of each example the fields with their values before and after."""
    file = SimpleUploadedFile("people.csv", text.encode())
    with firm_context(person.firm.id):
        run = runs.upload(noun, file, name="people.csv", by=person.actor)
        runs.set_options(run.pk, options, by=person.actor)
        verbs.rehearse(run.pk, by=person.actor)
    drain()
    with firm_context(person.firm.id):
        run = runs.run(run.pk, by=person.actor)
    assert run.dry_run is not None and run.dry_run["errors"] == 0, run.dry_run
    examples = [{c["field"]: (c["before"], c["after"]) for c in sample["changes"]} for sample in run.dry_run["samples"]]
    return person.client().get(person.url(f"imports/{run.pk}/")).content.decode(), examples


def own_field(person: Person, noun: str) -> None:
    options = [{"value": "tax", "label": "Tax advice"}, {"value": "audit", "label": "Audit"}]
    definition = {"label": "Services", "key": "services", "kind": "multi_select", "options": options}
    with firm_context(person.firm.id):
        create_field(nouns.get(noun), definition, by=person.actor)


def test_a_new_contact(alice: Person) -> None:
    own_field(alice, "contact")
    header = "First Name,Email,Lifecycle Stage,Country,Company Name,Contact owner,Services,Birthday,Top customer,Opt-in"
    row = "Ada,ada@heron.example,evangelist,Germany,Heron Ltd,alice@alder.example,tax;audit,1990-04-12,yes,unsubscribed"
    page, [told] = rehearsed(alice, "contact", f"{header}\n{row}\n")
    after = {field: new for field, (_, new) in told.items()}
    assert after["Lifecycle stage"] == "Evangelist" and after["Country"] == "Germany"
    assert after["Services"] == "Tax advice;Audit" and after["Company"] == "Heron Ltd"
    assert after["Emails"] == "ada@heron.example" and after["Birthday"] == "1990-04-12"
    assert all(old == "" for old, _ in told.values())
    assert "12 April 1990" in page or "12 Apr 1990" in page


def test_a_changed_contact_names_whom_and_where_it_belonged(alice: Person, bob: Person) -> None:
    own_field(alice, "contact")
    with firm_context(alice.firm.id):
        values = {"first_name": "Ada", "emails": [{"address": "ada@heron.example"}], "company_name": "Heron Ltd",
                  "owner": bob.membership.pk, "lifecycle": "lead", "custom": {"services": ["tax"]}}  # fmt: skip
        create_contact(values, by=alice.actor)
        create_company({"name": "Wren AG"}, by=alice.actor)
    text = (
        "Email,Lifecycle Stage,Company Name,Contact owner,Services\n"
        f"ada@heron.example,client,Wren AG,{alice.user.email},audit\n"
    )
    _, [told] = rehearsed(alice, "contact", text, overwrite=True)
    assert told.pop("Became a client")[1].startswith(clock.now().strftime("%Y-%m-"))
    assert told == {
        "Lifecycle stage": ("Lead", "Client"),
        "Company": ("Heron Ltd", "Wren AG"),
        "Owner": ("Bob Beech", "Alice Ash"),
        "Services": ("Tax advice", "Audit"),
    }


def test_companies(alice: Person, bob: Person) -> None:
    own_field(alice, "company")
    with firm_context(alice.firm.id):
        create_company({"name": "Heron Ltd", "owner": bob.membership.pk, "country": "GB"}, by=alice.actor)
    text = (
        "Name,Country,Company owner,Services\n"
        f"Heron Ltd,Germany,{alice.user.email},tax\n"
        f"Wren AG,Austria,{alice.user.email},audit\n"
    )
    page, examples = rehearsed(alice, "company", text, overwrite=True)
    assert {"Country": ("United Kingdom", "Germany"), "Owner": ("Bob Beech", "Alice Ash"),
            "Services": ("", "Tax advice")} in examples  # fmt: skip
    assert {"Name": ("", "Wren AG"), "Country": ("", "Austria"), "Owner": ("", "Alice Ash"),
            "Services": ("", "Audit")} in examples  # fmt: skip
    assert '<th scope="col">Company</th>' in page


def test_a_known_contact_moves_to_a_company_that_is_yet_to_be_made(alice: Person) -> None:
    with firm_context(alice.firm.id):
        values = {"first_name": "Ada", "emails": [{"address": "ada@heron.example"}], "company_name": "Heron Ltd"}
        create_contact(values, by=alice.actor)
    for options in ({"overwrite": True}, {"overwrite": True, "clear": True}):
        page, [told] = rehearsed(alice, "contact", "Email,Company Name\nada@heron.example,Ibis GmbH\n", **options)
        assert "New companies (1):" in page
        assert told["Company"] == ("Heron Ltd", "Ibis GmbH")


def test_tags_lists_and_notes_that_a_known_contact_gets_are_named(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada", "emails": [{"address": "ada@heron.example"}]}, by=alice.actor)
    page, [told] = rehearsed(alice, "contact", "Email,Tags,Lists,Notes\nada@heron.example,vip;new,Master,Met her\n")
    assert told == {"Tags": ("", "vip, new"), "Lists": ("", "Master"), "Note": ("", "Met her")}
    assert "New tags (2):" in page
