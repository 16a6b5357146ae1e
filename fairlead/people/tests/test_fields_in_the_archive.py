"""The index of a field in the archive follows its values, so that the field comes back at once."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people import access
from fairlead.people.actions.companies import update_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts, update_contact
from fairlead.people.models import Company, Contact
from fairlead.records.actions import custom_fields as actions
from fairlead.records.custom.index import rows
from fairlead.records.duplicates.actions import merge_records, undo_merge
from fairlead.records.imports import verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, FieldValue, ImportRun
from fairlead.records.public import Criteria, nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def field(person: Person, noun: str, label: str = "Tier") -> CustomField:
    return actions.create_field(nouns.get(noun), {"label": label, "kind": "text"}, by=person.actor)


def agrees() -> list[Any]:
    """Return the index, which is what the values of all records make."""
    known = {noun: {f.key: f for f in CustomField.rows().filter(noun=noun)} for noun in ("contact", "company")}
    meant = [row for c in Contact.rows() for row in rows(known["contact"], c.pk, c.custom)]
    meant += [row for c in Company.rows() for row in rows(known["company"], c.pk, c.custom)]
    found = list(FieldValue.rows().order_by("key", "record_id").values_list("field_id", "key", "record_id"))
    assert sorted(meant) == sorted(found)
    return found


def take(person: Person, noun: str, rows: bytes) -> UUID:
    options = {"overwrite": True, "allow_without_address": True}
    import_file(noun, BytesIO(rows), name="f.csv", by=person.actor, options=options)
    return ImportRun.rows().order_by("-created_at")[0].pk


def test_edits_merges_and_purges_reach_it(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        field(charlie, "contact")
        create_contact({"first_name": "Theirs", "custom.tier": "Gold"}, by=charlie.actor)
    with firm_context(alice.firm.id):
        tier, _ = field(alice, "contact"), field(alice, "contact", "Note")
        made = {n: create_contact({"first_name": n, "custom.tier": n}, by=alice.actor).pk for n in ("Ada", "Ben", "Cy")}
        bare = create_contact({"first_name": "Ada"}, by=alice.actor)
        actions.archive_field(tier.pk, by=alice.actor)
        update_contact(made["Ada"], {"custom.note": "Hello"}, by=alice.actor)
        merge = merge_records(nouns.get("contact"), bare.pk, made["Ada"], {}, by=alice.actor)
        assert not FieldValue.rows().filter(key="ada").exists(), "whose record is no more"
        undo_merge(merge.pk, by=alice.actor)
        delete_contacts([made["Cy"]], by=alice.actor)
        purge_contacts([made["Cy"]], by=alice.actor)
        before = agrees()
        actions.restore_field(tier.pk, by=alice.actor)
        assert agrees() == before
        asked = Criteria(nouns.get("contact"), {"field": "custom.tier", "op": "is", "value": "Ada"}, by=alice.actor)
        assert [c.pk for c in asked.filter(access.contacts(alice.actor))] == [made["Ada"]]
    with firm_context(charlie.firm.id):
        assert [row[1] for row in agrees()] == ["gold"]


@pytest.mark.parametrize("noun", ["contact", "company"])
def test_reverted_imports_reach_it(alice: Person, noun: str) -> None:
    name = {"contact": b"First name", "company": b"Company name"}[noun]
    with firm_context(alice.firm.id):
        tier = field(alice, noun)
        take(alice, noun, name + b",Tier\nHeron,gold\nKestrel,silver\n")
        run = take(alice, noun, name + b",Tier\nHeron,bronze\nKestrel,silver\n")
        assert sorted(row[1] for row in agrees()) == ["bronze", "silver"]
        actions.archive_field(tier.pk, by=alice.actor)
        verbs.revert(run, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert sorted(row[1] for row in agrees()) == ["gold", "silver"], "nothing is lost, in the archive too"
        actions.restore_field(tier.pk, by=alice.actor)
        assert sorted(row[1] for row in agrees()) == ["gold", "silver"]


def test_what_is_changed_by_hand_leaves_it_alone(alice: Person) -> None:
    with firm_context(alice.firm.id):
        tier = field(alice, "company")
        take(alice, "company", b"Company name,Tier\nHeron,gold\n")
        actions.archive_field(tier.pk, by=alice.actor)
        update_company(Company.rows().get().pk, {"city": "Rome"}, by=alice.actor)
        assert [row[1] for row in agrees()] == ["gold"]
