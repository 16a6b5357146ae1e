"""Finding people and companies by what is remembered of them."""

from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.people.actions.companies import create_company, update_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, restore_contacts, update_contact
from fairlead.search import indexing, sources
from fairlead.search.models import Document
from fairlead.search.public import find
from fairlead.search.words import ask, lexemes
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def catch_up() -> None:
    """Do what the consumer does with all events of the firm in context."""
    indexing.follow(list(Event.rows().order_by("tx", "id")))


@pytest.fixture
def people(alice: Person) -> dict[str, Any]:
    """Ada of Kestrel in London, José of no company, and 鈴木 of a bank."""
    with firm_context(alice.firm.id):
        kestrel = create_company({"name": "Kestrel Analytics", "city": "London"}, by=alice.actor)
        ada = create_contact(
            {"first_name": "Ada", "last_name": "Byron", "email": "ada.byron@kestrel.example", "city": "London",
             "phone": "020 7946 0011", "company": str(kestrel.id), "street": "12 St James's Square"}, by=alice.actor,
        )  # fmt: skip
        jose = create_contact({"first_name": "José", "last_name": "Álvarez"}, by=alice.actor)
        bank = create_contact({"first_name": "千代", "last_name": "株式会社鈴木銀行"}, by=alice.actor)
        catch_up()
    return {"kestrel": kestrel, "ada": ada, "jose": jose, "bank": bank}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("ada", "ada"),
        ("byr ad", "ada"),
        ("BYRON", "ada"),
        ("bryon", "ada"),
        ("birons", "ada"),
        ("kestrel an", "ada"),
        ("ada.byron@kes", "ada"),
        ("7946", "ada"),
        ("+44 (0)20 7946", "ada"),
        ("020 7946 0011", "ada"),
        ("st james", "ada"),
        ("alvarez", "jose"),
        ("JOSE", "jose"),
        ("alvares", "jose"),
        ("鈴木", "bank"),
        ("a", "ada"),
        ("by a", "ada"),
    ],
)
def test_it_is_found(alice: Person, people: dict[str, Any], typed: str, who: str) -> None:
    with firm_context(alice.firm.id):
        assert people[who].id in [h.record_id for h in find(typed, by=alice.actor)]


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "'", "\\", "a' | 'b", "x" * 5000, "\x00", "():*&!", "99999999"])
def test_odd_input_finds_nothing_and_breaks_nothing(alice: Person, people: dict[str, Any], typed: str) -> None:
    with firm_context(alice.firm.id):
        assert find(typed, by=alice.actor, nouns=["company"]) == []


def test_charlie_finds_nothing_of_alices(alice: Person, charlie: Person, people: dict[str, Any]) -> None:
    with firm_context(charlie.firm.id):
        for typed in ("ada", "7946", "a", "bryon"):
            assert find(typed, by=charlie.actor) == []


def test_only_visible_records_are_found(alice: Person, bob: Person, people: dict[str, Any]) -> None:
    alice.firm.visibility = "owner"
    alice.firm.save()
    bob.firm.refresh_from_db()
    with firm_context(alice.firm.id):
        assert find("ada", by=bob.actor) == []
        update_contact(people["ada"].id, {"owner": str(bob.membership.id)}, by=alice.actor)
        catch_up()
        assert [h.record_id for h in find("ada", by=bob.actor)] == [people["ada"].id]


def test_documents_follow_changes_the_bin_and_the_companys_name(alice: Person, people: dict[str, Any]) -> None:
    with firm_context(alice.firm.id):
        update_company(people["kestrel"].id, {"name": "Falcon Works"}, by=alice.actor)
        update_contact(people["ada"].id, {"last_name": "Lovelace"}, by=alice.actor)
        catch_up()
        assert {h.noun for h in find("falcon", by=alice.actor)} == {"contact", "company"}
        assert find("byron ada", by=alice.actor, nouns=["company"]) == []
        assert find("lovelace", by=alice.actor)[0].title == "Ada Lovelace"
        delete_contacts([people["ada"].id], by=alice.actor)
        catch_up()
        assert [h.noun for h in find("lovelace", by=alice.actor)] == []
        restore_contacts([people["ada"].id], by=alice.actor)
        catch_up()
        assert find("lovelace", by=alice.actor)


def test_a_rebuild_writes_the_same_documents(alice: Person, people: dict[str, Any]) -> None:
    from fairlead.search.indexing import rebuild_chunk

    def shown() -> set[tuple[Any, ...]]:
        return set(Document.rows().values_list("noun", "record_id", "title", "subtitle", "lexemes", "digits"))

    with firm_context(alice.firm.id):
        before = shown()
        Document.rows().delete()
        for source in sources.registered():
            assert rebuild_chunk(source.noun, None) is None
        assert shown() == before


def test_a_name_without_a_single_word_holds_nobody_up(alice: Person) -> None:
    with firm_context(alice.firm.id):
        signs = create_company({"name": "***"}, by=alice.actor)
        kestrel = create_company({"name": "Kestrel"}, by=alice.actor)
        catch_up()
        assert [h.record_id for h in find("kestrel", by=alice.actor)] == [kestrel.id]
        assert [h.record_id for h in find("***", by=alice.actor)] == [signs.id]
        assert indexing.rebuild_chunk("company", None) is None


def test_the_exact_name_stands_first(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for last in ("Annabel", "Ann", "Hannah"):
            create_contact({"first_name": "Ann" if last == "Ann" else "Bea", "last_name": last}, by=alice.actor)
        catch_up()
        assert find("ann ann", by=alice.actor)[0].title == "Ann Ann"


def test_what_is_one_letter_away_stands_before_what_is_two(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for first, last in (("Chloe", "Hansa"), ("Hannah", "Brandt"), ("Hannah", "Usman")):
            create_contact({"first_name": first, "last_name": last}, by=alice.actor)
        catch_up()
        found = find("hanah", by=alice.actor)
    assert [hit.title for hit in found] == ["Hannah Brandt", "Hannah Usman", "Chloe Hansa"]


def test_words_of_unspaced_scripts_are_found_from_any_place() -> None:
    assert "鈴木銀行" in lexemes("株式会社鈴木銀行")
    assert ask("鈴木").terms == ("鈴木",)
    assert ask("+44 (0)20 7946 0011").number == "442079460011"
    assert ask("10 Downing").number == ""
