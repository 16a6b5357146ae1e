"""Dialogs about a record, a tag, a list, a field or a view while a colleague changes the same: nothing is lost."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions import consent, lists, tagging, tags
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact, ContactList, Tag, Tagging
from fairlead.records.actions import custom_fields, saved_views
from fairlead.records.models import CustomField, SavedView
from fairlead.records.public import nouns
from fairlead.shell.tests.carried import Opened, edited_by_two
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada"}, by=alice.actor)


def test_the_tags_of_a_contact(alice: Person, bob: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        tagging.tag_records("contact", [ada.pk], names=["Lead"], by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"contacts/{ada.pk}/tags"))
    edited_by_two(
        hers, alice.inside(lambda: tagging.tag_records("contact", [ada.pk], names=["Urgent"], by=alice.actor)),
        "“Lead, Urgent”",
        alice.inside(lambda: sorted(Tagging.rows().filter(record_id=ada.pk).values_list("tag__name", flat=True))),
        ["Lead", "Urgent"], ["Lead", "Old friend"], tags=["Lead", "Old friend"],
    )  # fmt: skip


def test_the_channels_that_a_contact_welcomes(alice: Person, ada: Contact) -> None:
    hers = Opened.at(alice.client(), alice.url(f"contacts/{ada.pk}/channels"))
    first, second = list(consent.CHANNELS)[:2]
    edited_by_two(
        hers, alice.inside(lambda: consent.set_channels(ada.pk, {first: False}, by=alice.actor)), "“Not welcome”",
        alice.inside(lambda: [Contact.rows().get(pk=ada.pk).channels.get(n) for n in (first, second)]),
        [False, None], [None, True], **{second: "yes"},
    )  # fmt: skip


def test_a_tag(alice: Person) -> None:
    with firm_context(alice.firm.id):
        made = tags.create_tag("Near", by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"tags/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: tags.update_tag(made.pk, {"color": "teal"}, by=alice.actor)), "“Teal”",
        alice.inside(lambda: Tag.rows().values_list("name", "color").get(pk=made.pk)),
        ("Near", "teal"), ("Nearby", made.color), name="Nearby",
    )  # fmt: skip


def test_a_list(alice: Person) -> None:
    with firm_context(alice.firm.id):
        made = lists.create_list("News", by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"lists/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: lists.update_list(made.pk, description="Monthly", by=alice.actor)),
        "“Monthly”", alice.inside(lambda: ContactList.rows().values_list("name", "description").get(pk=made.pk)),
        ("News", "Monthly"), ("Letter", ""), name="Letter",
    )  # fmt: skip


def test_a_custom_field(alice: Person) -> None:
    with firm_context(alice.firm.id):
        options = [{"value": "a", "label": "A"}]
        values = {"label": "Size", "kind": "dropdown", "options": options}
        made = custom_fields.create_field(nouns.get("contact"), values, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"settings/fields/{made.pk}/change"))
    more = {"options": [*options, {"value": "b", "label": "B"}]}
    edited_by_two(
        hers, alice.inside(lambda: custom_fields.update_field(made.pk, more, by=alice.actor)), "b = B",
        alice.inside(lambda: (CustomField.rows().get().label, [o["value"] for o in CustomField.rows().get().options])),
        ("Size", ["a", "b"]), ("Shoe", ["a"]), label="Shoe",
    )  # fmt: skip


def test_a_saved_view(alice: Person) -> None:
    with firm_context(alice.firm.id):
        made = saved_views.create_view(nouns.get("contact"), {"name": "All", "scope": "firm"}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"views/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: saved_views.update_view(made.pk, {"scope": "private"}, by=alice.actor)),
        str(dict(SavedView.Scope.choices)["private"]),
        alice.inside(lambda: SavedView.rows().values_list("name", "scope").get(pk=made.pk)),
        ("All", "private"), ("Everybody", "firm"), name="Everybody",
    )  # fmt: skip
