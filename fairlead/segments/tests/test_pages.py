"""The pages of segments, rules and personas: shown, saved, refused, and absent for strangers."""

import json

import pytest
from django.test import Client

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.kernel.text import squeeze
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.segments.actions.assigning import assign_persona
from fairlead.segments.actions.personas import create_persona
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.models import Persona, PersonaAssignment, Segment, SegmentDefect, SegmentMember, TagRule
from fairlead.segments.starters import starters
from fairlead.segments.tests.keeping import BERLIN
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
ROME = {"all": [{"field": "city", "op": "is", "value": "Rome"}]}


@pytest.fixture
def browser(alice: Person) -> Client:
    return alice.client()


def made(alice: Person, **values: object) -> Segment:
    with firm_context(alice.firm.id):
        return create_segment({"name": "Berliners", "criteria": BERLIN, **values}, by=alice.actor)


def test_the_list_shows_sizes_and_starters(alice: Person, browser: Client) -> None:
    empty = browser.get(alice.url("segments/")).content.decode()
    assert "No segments yet" in empty and "High-value clients" in empty
    made(alice)
    drain()
    page = browser.get(alice.url("segments/")).content.decode()
    assert "Berliners" in page and "Active" in page
    assert "Nothing is archived" in browser.get(alice.url("segments/?archived=1")).content.decode()


def test_every_starter_can_be_saved(alice: Person, browser: Client) -> None:
    for starter in starters():
        assert starter.name in browser.get(alice.url(f"segments/new?starter={starter.key}")).content.decode()
        sent = {"name": starter.name, "criteria": json.dumps(starter.criteria), "kind": "dynamic"}
        assert browser.post(alice.url("segments/new"), sent).status_code == 302, starter.key
    with firm_context(alice.firm.id):
        assert Segment.rows().count() == len(starters())


def test_the_builder_saves_and_refuses(alice: Person, browser: Client) -> None:
    wrong = {"name": "", "criteria": json.dumps({"all": [{"field": "no", "op": "is"}]}), "kind": "dynamic"}
    refused = browser.post(alice.url("segments/new"), wrong)
    assert refused.status_code == 422 and "A name of 1 to" in refused.content.decode()
    found = made(alice)
    one = alice.url(f"segments/{found.pk}/")
    assert "Edit Berliners" in browser.get(f"{one}edit").content.decode()
    sent = {"name": "Locals", "criteria": json.dumps(BERLIN), "kind": "dynamic"}
    assert browser.post(f"{one}edit", sent).status_code == 302


def test_a_preview_counts_names_and_words(alice: Person, browser: Client) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada", "city": "Berlin"}, by=alice.actor)
    shown = browser.post(alice.url("segments/preview"), {"criteria": json.dumps(BERLIN)}).content.decode()
    assert "Ada" in shown and "City is Berlin" in shown and "of 1 contact · 100%" in shown
    wrong = browser.post(alice.url("segments/preview"), {"criteria": json.dumps({"any": []})})
    assert wrong.status_code == 422 and "data-problems" in wrong.content.decode()


def test_one_segment_explains_and_turns(alice: Person, browser: Client) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "city": "Berlin"}, by=alice.actor)
    found = made(alice)
    drain()
    one = alice.url(f"segments/{found.pk}/")
    assert "City is Berlin" in browser.get(one).content.decode()
    assert "Ada" in browser.get(f"{one}explain?q=Ada").content.decode()
    assert "In the segment" in browser.get(f"{one}explain?contact={ada.pk}").content.decode()
    assert browser.get(f"{one}size").status_code == 200
    for verb, status in (("pause", "paused"), ("resume", "active"), ("recount", "active"), ("archive", "archived"),
                         ("unarchive", "active")):  # fmt: skip
        assert browser.post(f"{one}{verb}").status_code == 302
        with firm_context(alice.firm.id):
            assert Segment.rows().get(pk=found.pk).status == status
    assert browser.post(f"{one}edit", {"name": found.name, "criteria": json.dumps(ROME)}).status_code == 302
    page = browser.get(one).content.decode()
    assert page.count("City is Rome") == 2 and page.count("City is Berlin") == 1  # now, and each version's
    assert browser.post(f"{one}versions/1/restore").status_code == 302
    assert browser.post(f"{one}explode").status_code == 404


def test_people_are_picked_on_the_page(alice: Person, browser: Client) -> None:
    found = made(alice, kind="static", criteria=None)
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
    one = alice.url(f"segments/{found.pk}/")
    assert browser.post(f"{one}pick", {"contact": str(ada.pk)}).status_code == 302
    page = browser.get(alice.url(f"contacts/{ada.pk}/")).content.decode()
    assert "Berliners" in page
    browser.post(f"{one}pick", {"contact": str(ada.pk), "out": "1"})
    with firm_context(alice.firm.id):
        assert not SegmentMember.rows().exists()


def test_rules_and_personas_have_their_pages(alice: Person, browser: Client) -> None:
    assert "No rules yet" in browser.get(alice.url("tag-rules/")).content.decode()
    assert browser.post(alice.url("tag-rules/ready-made")).status_code == 302
    page = browser.get(alice.url("tag-rules/")).content.decode()
    assert "Engaged" in page and "Dormant" in page
    segment = made(alice)
    sent = {"name": "Local", "segment": str(segment.pk), "add": ["Local"], "undo_on_leaving": "on"}
    assert browser.post(alice.url("tag-rules/new"), sent).status_code == 302
    with firm_context(alice.firm.id):
        rule = TagRule.rows().get(name="Local")
        create_persona({"name": "Founder", "segment": str(segment.pk)}, by=alice.actor)
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
    assert browser.get(alice.url(f"tag-rules/{rule.pk}/")).status_code == 200
    for verb in ("pause", "resume", "delete"):
        assert browser.post(alice.url(f"tag-rules/{rule.pk}/{verb}")).status_code == 302
    assert "Founder" in browser.get(alice.url("personas/")).content.decode()
    with firm_context(alice.firm.id):
        persona = Persona.rows().get()
    shown = browser.post(alice.url(f"contacts/{ada.pk}/personas"), {"persona": str(persona.pk)})
    assert "Founder" in shown.content.decode()
    with firm_context(alice.firm.id):
        assert PersonaAssignment.rows().get().source == "hand"
    change = {"name": "Founders", "color": "teal", "segment": ""}
    assert browser.post(alice.url(f"personas/{persona.pk}/"), change).status_code == 302
    assert browser.post(alice.url(f"personas/{persona.pk}/archive")).status_code == 302


def test_a_persona_has_criteria_of_its_own(alice: Person, charlie: Person, browser: Client) -> None:
    assert "fl-criteria" in browser.get(alice.url("personas/new")).content.decode()
    wrong = {"name": "Founder", "criteria": json.dumps({"all": [{"field": "city", "op": "is"}]})}
    refused = browser.post(alice.url("personas/new"), wrong)
    assert refused.status_code == 422 and "&quot;all.0.value&quot;" in refused.content.decode()
    tree = {"all": [{"field": "city", "op": "is", "value": "Berlin"}]}
    assert browser.post(alice.url("personas/new"), wrong | {"criteria": json.dumps(tree)}).status_code == 302
    with firm_context(alice.firm.id):
        persona = Persona.rows().select_related("segment").get()
        assert persona.criteria == tree
        ada = create_contact({"first_name": "Ada", "city": "Berlin", "lifecycle": "client"}, by=alice.actor)
        assign_persona(persona.pk, [ada.pk], by=alice.actor)
    page = squeeze(browser.get(alice.url("personas/")).content.decode())
    assert "1 person" in page and "Client 1" in page and "its own criteria" in page
    assert "1 became a client (100%)" in page
    here = alice.url(f"personas/{persona.pk}/")
    assert "Berlin" in browser.get(here).content.decode()
    both = {"name": "Founder", "segment": str(made(alice).pk), "criteria": json.dumps(tree)}
    assert "not both" in browser.post(here, both).content.decode()
    assert browser.post(here, {"name": "Founder", "criteria": ""}).status_code == 302
    with firm_context(alice.firm.id):
        assert Persona.rows().get().segment is None
        delete_contacts([ada.pk], by=alice.actor)
    assert "0 people" in browser.get(alice.url("personas/")).content.decode()  # who is in the bin is not counted
    assert charlie.client().get(charlie.url(f"personas/{persona.pk}/")).status_code == 404
    assert "Founder" not in charlie.client().get(charlie.url("personas/")).content.decode()


def test_defects_are_shown_and_settled(alice: Person, browser: Client) -> None:
    found = made(alice)
    with firm_context(alice.firm.id):
        defect = SegmentDefect.objects.create(segment=found, missing=2, extra=1, sample=[])
    assert "1 nightly comparison" in browser.get(alice.url("segments/")).content.decode()
    assert "Berliners" in browser.get(alice.url("segments/defects")).content.decode()
    assert browser.post(alice.url(f"segments/defects/{defect.pk}/settle")).status_code == 302
    with firm_context(alice.firm.id):
        assert SegmentDefect.rows().get().settled_by_id == alice.membership.pk


def test_strangers_find_nothing(alice: Person, charlie: Person) -> None:
    found = made(alice)
    stranger = charlie.client()
    for path in ("", "edit", "explain", "size"):
        assert stranger.get(charlie.url(f"segments/{found.pk}/{path}")).status_code == 404
        assert stranger.get(alice.url(f"segments/{found.pk}/{path}")).status_code == 404
    assert stranger.post(charlie.url(f"segments/{found.pk}/pause")).status_code == 404
