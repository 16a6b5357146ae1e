"""The search of a list: first names, typing errors, many hits, and nothing of other firms."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people import finding
from fairlead.people.actions.contacts import create_contact
from fairlead.records.listing import narrowed
from fairlead.records.public import nouns
from fairlead.search import indexing
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def found(person: Person, typed: str) -> list[str]:
    contact = nouns.get("contact")
    rows = narrowed(contact, contact.visible(person.actor), person.actor, query=typed)
    return sorted(rows.values_list("name", flat=True))


def test_finds_by_any_name_address_and_with_an_error(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "last_name": "Okafor", "email": "ada@x.example"}, by=alice.actor)
        bo = create_contact({"first_name": "Bo", "last_name": "Zimmermann"}, by=alice.actor)
        assert found(alice, "okaf") == ["Ada Okafor"]  # found before the search has heard of it
        indexing.refresh(finding.CONTACTS, [ada.id, bo.id])
        assert found(alice, "ada") == found(alice, "ada@x") == ["Ada Okafor"]
        assert found(alice, "zimermann") == ["Bo Zimmermann"]
        assert found(alice, "nobody like this") == []
    with firm_context(charlie.firm.id):
        assert found(charlie, "okaf") == []


def test_many_hits_are_all_in_the_list(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairlead.people import quick_search

    with firm_context(alice.firm.id):
        for n in range(4):
            create_contact({"first_name": "Ann", "last_name": f"Éclair {n}"}, by=alice.actor)
        monkeypatch.setattr(quick_search, "FEW", 0)
        assert len(found(alice, "eclair ANN")) == 4
        assert found(alice, "eclair 2") == ["Ann Éclair 2"]
