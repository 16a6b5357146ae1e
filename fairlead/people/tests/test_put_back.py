"""What was stored before comes back as it was, even when nobody could type it today."""

import io
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.people.models import Company, Contact
from fairlead.records.actions.bulk import start_bulk, undo_bulk
from fairlead.records.imports import jobs, verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import BulkRun, CustomField, ImportRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("noun", "field", "was", "becomes"),
    [
        ("company", "domain", "not a domain", "acme.example"),
        ("contact", "birthday", "2999-04-12", "1980-04-12"),
        ("contact", "custom.tier", "Bronze", "gold"),
    ],
)
def test_undo_of_a_bulk_action(alice: Person, noun: str, field: str, was: str, becomes: str) -> None:
    model: Any = Company if noun == "company" else Contact
    values: dict[str, Any] = {"custom": {"tier": was}} if "." in field else {field: was}
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="radio",
                                   options=[{"value": "gold", "label": "Gold"}])  # fmt: skip
        record = model.objects.create(name="Acme", **values)
        run = start_bulk(nouns.get(noun), "set", {"field": field, "value": becomes}, by=alice.actor, ids=[record.pk])
    drain()
    with firm_context(alice.firm.id):
        stored = model.rows().get(pk=record.pk)
        assert (stored.custom["tier"] if "." in field else getattr(stored, field)) == becomes
        undo_bulk(run.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        stored = model.rows().get(pk=record.pk)
        assert (stored.custom["tier"] if "." in field else getattr(stored, field)) == was
        undone = BulkRun.rows().get(pk=run.pk)
        assert (undone.state, undone.failed) == ("undone", 0)


def reverted(person: Person, content: bytes) -> dict[str, Any]:
    """Import companies, filled fields too, and take it back; return the report."""
    found = import_file("companies", io.BytesIO(content), name="c.csv", by=person.actor, options={"overwrite": True})
    assert found["updated"] == 1
    with firm_context(person.firm.id):
        verbs.revert(found["id"], by=person.actor)
    jobs.undo(person.firm.id, found["id"])
    with firm_context(person.firm.id):
        return dict(ImportRun.rows().get(pk=found["id"]).report)


def test_revert_of_an_import_of_companies(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for key in ("tier", "old"):
            CustomField.objects.create(noun="company", key=key, label=key.title(), kind="text")
        acme = Company.objects.create(name="Acme", sort_key="acme", domain="not a domain",
                                      custom={"tier": "b", "old": "kept"})  # fmt: skip
        CustomField.rows().filter(key="old").update(archived_at=clock.now())
    report = reverted(alice, b"Company name,Company Domain Name,Tier\nAcme,acme.example,gold\n")
    assert report.get("reverted") == 1
    with firm_context(alice.firm.id):
        acme.refresh_from_db()
        assert (acme.domain, acme.custom) == ("not a domain", {"tier": "b", "old": "kept"})


def test_what_cannot_be_put_back_is_left_alone_and_told(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        acme = Company.objects.create(name="Acme", sort_key="acme", owner=bob.membership, version=1)
        bob.membership.deactivated_at = clock.now()
        bob.membership.save(update_fields=["deactivated_at"])
    report = reverted(alice, f"Company name,Company owner\nAcme,{alice.user.email}\n".encode())
    assert report["kept"][0]["why"] == "Nobody active in this firm has this id."
    with firm_context(alice.firm.id):
        acme.refresh_from_db()
        assert acme.owner_id == alice.membership.id
