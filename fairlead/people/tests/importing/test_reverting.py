"""A revert spares what people have changed since, and not what the firm's rules made of the records."""

from io import BytesIO
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import record
from fairlead.jobs.testing import drain
from fairlead.people.actions.companies import create_company, delete_companies, purge_companies
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Contact
from fairlead.records.imports import verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import ImportRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import Actor, firm_context, system_actor

pytestmark = pytest.mark.django_db
ROWS = b"email,first name\nada@walk.example,Ada\nben@walk.example,Ben\ncleo@walk.example,Cleo\n"


def test_who_was_given_to_a_colleague_by_a_rule_goes_back_all_the_same(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        import_file("contact", BytesIO(ROWS), name="people.csv", by=alice.actor)
        ids = dict(Contact.rows().values_list("first_name", "pk"))
        rule = system_actor(alice.firm.id, "Rule In turn", via="job")
        _give(list(ids.values()), bob.membership.id, by=rule)
        record("segment.entered", by=rule, subject=("contact", ids["Cleo"]), contact_id=ids["Cleo"], data={})
        update_contact(ids["Ben"], {"city": "York"}, by=bob.actor, version=None)
        verbs.revert(ImportRun.rows().get().pk, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert list(Contact.rows().filter(deleted_at=None).values_list("first_name", flat=True)) == ["Ben"]
        assert [k["why"] for k in ImportRun.rows().get().report["kept"]] == ["changed since"]


def test_a_company_that_a_rule_has_given_goes_back(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        import_file("company", BytesIO(b"name\nAlder\nBirch\n"), name="companies.csv", by=alice.actor)
        model = nouns.get("company").model
        rule = system_actor(alice.firm.id, "Rule In turn", via="job")
        _give(list(model.rows().values_list("pk", flat=True)), bob.membership.id, by=rule, noun="company")
        verbs.revert(ImportRun.rows().get().pk, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert not model.rows().filter(deleted_at=None).exists()


def test_who_worked_at_a_company_that_is_gone_for_good_works_nowhere_again(alice: Person) -> None:
    rows = b"email,company\nada@walk.example,Birch\n"
    with firm_context(alice.firm.id):
        old = create_company({"name": "Alder"}, by=alice.actor)
        create_contact({"first_name": "Ada", "email": "ada@walk.example", "company": old.pk}, by=alice.actor)
        import_file("contact", BytesIO(rows), name="moves.csv", by=alice.actor, options={"overwrite": True})
        delete_companies([old.pk], by=alice.actor)
        purge_companies([old.pk], by=alice.actor)
        verbs.revert(ImportRun.rows().get().pk, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        run = ImportRun.rows().get()
        assert (run.status, run.report["reverted"], Contact.rows().get().company_id) == ("reverted", 2, None)


def _give(ids: list[UUID], member: UUID, *, by: Actor, noun: str = "contact") -> None:
    set_field = nouns.get(noun).set_field
    assert set_field is not None
    set_field(dict.fromkeys(ids, str(member)), "owner", by=by)
