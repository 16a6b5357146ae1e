"""What people called their tags and wrote beside their fields stands in dialogs as text, never as markup."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.tags import create_tag
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
EVIL = '<b hx-get="/logout" hx-trigger="load">Gold</b>'


def test_the_name_of_a_tag_that_is_to_be_merged(alice: Person) -> None:
    with firm_context(alice.firm.id):
        tag = create_tag({"name": EVIL}, by=alice.actor)
    page = alice.client().get(alice.url(f"tags/{tag.pk}/merge")).content.decode()
    assert "disappears" in page
    assert "<b hx-get" not in page


def test_the_help_of_a_field_of_the_firms_own(alice: Person) -> None:
    with firm_context(alice.firm.id):
        values = {"label": "Shoe size", "kind": "text", "help": EVIL, "is_required": True}
        create_field(nouns.get("contact"), values, by=alice.actor)
    page = alice.client().get(alice.url("contacts/new")).content.decode()
    assert "Shoe size" in page
    assert "<b hx-get" not in page
