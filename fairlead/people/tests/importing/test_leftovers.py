"""A reverted import takes away what it made by the way, as far as nobody uses it."""

import io

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Contact, ContactList, Tag
from fairlead.records.imports import jobs, verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
CSV = b"""Email,Tags,Lists,Shoe size
ada@acorn.example,"Fresh, Kept, Old",Summer,39
"""


def test_unused_tags_lists_and_fields_go(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        cy = create_contact({"first_name": "Cy"}, by=charlie.actor)
        tag_records("contact", [cy.pk], names=["Fresh"], by=charlie.actor)
    with firm_context(alice.firm.id):
        bo = create_contact({"first_name": "Bo"}, by=alice.actor)
        tag_records("contact", [bo.pk], names=["Old"], by=alice.actor)
    found = import_file(
        "contacts", io.BytesIO(CSV), name="c.csv", by=alice.actor,
        mapping={"Shoe size": {"target": None, "new_field": {"label": "Shoe size", "type": "number"}}},
    )  # fmt: skip
    with firm_context(alice.firm.id):
        assert (found["created"], set(Tag.rows().values_list("name", flat=True))) == (1, {"Fresh", "Kept", "Old"})
        assert CustomField.rows().get().key == "shoe_size"
        tag_records("contact", [bo.pk], names=["Kept"], by=alice.actor)
        verbs.revert(found["id"], by=alice.actor)
    jobs.undo(alice.firm.id, found["id"])
    with firm_context(alice.firm.id):
        assert ImportRun.rows().get().report["removed"] == {
            "tags": ["Fresh"], "lists": ["Summer"], "fields": ["Shoe size"]
        }  # fmt: skip
        assert set(Tag.rows().values_list("name", flat=True)) == {"Kept", "Old"}
        assert ContactList.rows().get(name="Summer").archived_at and CustomField.rows().get().archived_at
        assert Contact.rows().filter(deleted_at=None).count() == 1
    page = alice.client().get(alice.url(f"imports/{found['id']}/"))
    assert "Taken away by the revert" in page.content.decode()
    with firm_context(charlie.firm.id):
        assert Tag.rows().get().usage_count == 1


ALL_WRONG = b"""Email,Shoe size,Colour,Tags
no-address,39,red;blue,Fresh
also none,40,red,Fresh
"""
NEW = {
    "Shoe size": {"target": None, "new_field": {"label": "Shoe size", "type": "number"}},
    "Colour": {"target": None, "new_field": {"label": "Colour", "type": "multi_choice"}},
}


def test_a_run_that_writes_nothing_leaves_nothing(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        CustomField.objects.create(noun="contact", key="shoe_size", label="Shoe size", kind="number")
    found = import_file("contacts", io.BytesIO(ALL_WRONG), name="c.csv", by=alice.actor, mapping=NEW)
    assert (found["created"], found["errors"]) == (0, 2)
    with firm_context(alice.firm.id):
        assert not CustomField.rows().exists() and not Tag.rows().exists()
        assert ImportRun.rows().get().report["removed"] == {"fields": ["Shoe size", "Colour"]}
    page = alice.client().get(alice.url(f"imports/{found['id']}/")).content.decode()
    assert "Taken away again" in page and "was known already" not in page
    right = ALL_WRONG.replace(b"no-address", b"ada@acorn.example")
    assert import_file("contacts", io.BytesIO(right), name="c.csv", by=alice.actor, mapping=NEW)["created"] == 1
    with firm_context(alice.firm.id):
        assert set(CustomField.rows().values_list("key", flat=True)) == {"shoe_size", "colour"}
        assert Contact.rows().get().custom["shoe_size"] == 39
    with firm_context(charlie.firm.id):
        assert CustomField.rows().count() == 1


def test_fields_that_were_there_stay(alice: Person) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="shoe_size", label="Shoe size", kind="number")
    import_file("contacts", io.BytesIO(ALL_WRONG), name="c.csv", by=alice.actor, mapping=NEW)
    with firm_context(alice.firm.id):
        assert CustomField.rows().get().key == "shoe_size"
