"""Companies from a file."""

import io
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.models import Company, Tagging
from fairlead.people.tests.importing.test_moving_house import everything, told
from fairlead.records.imports import jobs, verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField, ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
CSV = b"""Company name,Company Domain Name,City,Country/Region,Number of Employees,Tier
Acme GmbH,www.acme.example,Berlin,Germany,12,gold
ACME gmbh,,,,,
Beta Ltd,beta.example,Leeds,United Kingdom,many,silver
,nameless.example,,,,
"""


def take(person: Person, content: bytes = CSV, **options: object) -> dict[str, object]:
    return import_file("companies", io.BytesIO(content), name="c.csv", by=person.actor, options=options)


def test_in_again_and_back(alice: Person, charlie: Person) -> None:
    found = take(alice)
    assert (found["created"], found["merged"], found["errors"]) == (1, 1, 2)
    with firm_context(alice.firm.id):
        acme = Company.rows().get()
        assert (acme.domain, acme.country, acme.employees, acme.custom) == ("acme.example", "DE", 12, {"tier": "gold"})
    assert (take(alice)["created"], take(alice)["updated"]) == (0, 0)
    changed = take(alice, b"Company name,City,Industry\nacme gmbh,Hamburg,Software\n")
    assert changed["updated"] == 1
    with firm_context(alice.firm.id):
        acme.refresh_from_db()
        assert (acme.city, acme.industry) == ("Berlin", "software")
        run = ImportRun.rows().get(pk=changed["id"])
        verbs.revert(run.id, by=alice.actor)
    jobs.undo(alice.firm.id, run.id)
    with firm_context(alice.firm.id):
        acme.refresh_from_db()
        assert acme.industry == ""
    with firm_context(charlie.firm.id):
        assert not Company.rows().exists()


def test_words_of_other_systems_leave_no_row_out(alice: Person) -> None:
    """HubSpot has the same stages for companies as for contacts, and a hundred industries more than we."""
    file = (
        b"Name,Lifecycle Stage,Industry\nAcme,customer,DAIRY\nBeta,salesqualifiedlead,REAL_ESTATE\nGamma,distributor,\n"
    )
    for created in (3, 0):
        found = take(alice, file)
        assert (found["created"], found["updated"], found["errors"]) == (created, 0, 0), found["problems"]
    with firm_context(alice.firm.id):
        rows = list(Company.rows().order_by("name").values_list("lifecycle", "industry", "custom"))
        assert rows == [
            ("client", "", {"industry": "DAIRY"}),
            ("sales_qualified", "", {"industry": "REAL_ESTATE"}),
            ("other", "", {}),
        ]
    assert take(alice, b"Name,Industry\nDelta,REAL_ESTATE\n")["created"] == 1
    with firm_context(alice.firm.id):
        assert Company.rows().get(name="Delta").industry == "real_estate"


HUBSPOT = b"""Record ID,Company name,Company Domain Name,Company owner,Create Date,Industry,Tags,Type
901,Acme,acme.example,Alice Ash,2021-05-06 07:08,COMPUTER_SOFTWARE,Key;"Berlin; Mitte",PROSPECT
902,Beta,beta.example,Nobody Known,2022-05-06 07:08,FINANCIAL_SERVICES,,PARTNER
"""


def test_an_export_of_companies_of_another_system(alice: Person, charlie: Person) -> None:
    rehearsed = import_file("companies", io.BytesIO(HUBSPOT), name="c.csv", by=alice.actor, dry_run=True)
    assert (rehearsed["created"], rehearsed["errors"]) == (2, 0)
    assert any(row["field"] == "Tags" for sample in rehearsed["samples"] for row in sample["changes"])
    for created in (2, 0):
        found = take(alice, HUBSPOT, tags=["moved"])
        assert (found["created"], found["updated"], found["errors"]) == (created, 0, 0), found["problems"]
    with firm_context(alice.firm.id):
        acme, beta = Company.rows().order_by("name")
        assert (acme.industry, beta.industry, acme.external_id) == ("software", "finance", "901")
        assert acme.created_at.year == 2021 and acme.owner_id == alice.membership.pk and beta.owner_id is None
        assert tags_of(acme) == {"Key", "Berlin; Mitte", "moved"} and tags_of(beta) == {"moved"}
        assert not CustomField.rows().filter(noun="company").exists()
    with firm_context(charlie.firm.id):
        assert not Company.rows().exists()


def test_tags_of_a_known_company_are_added_and_taken_back(alice: Person) -> None:
    take(alice, b"Company name,Tags\nAcme,Old\n")
    found = take(alice, b"Company name,Tags\nacme,old;New\n")
    assert (found["created"], found["updated"]) == (0, 1)
    with firm_context(alice.firm.id):
        acme = Company.rows().get()
        assert tags_of(acme) == {"Old", "New"}
        verbs.revert(ImportRun.rows().get(pk=found["id"]).pk, by=alice.actor)
    jobs.undo(alice.firm.id, UUID(str(found["id"])))
    with firm_context(alice.firm.id):
        assert tags_of(acme) == {"Old"}


def test_our_own_export_of_companies_comes_back_and_goes_elsewhere(alice: Person, charlie: Person) -> None:
    take(alice, HUBSPOT)
    file = everything(alice, "company")
    assert take(alice, file, overwrite=True)["unchanged"] == 2
    assert take(charlie, file)["created"] == 2
    ours, theirs = ([{**row, "Owner": "", "Last activity": ""} for row in told(everything(person, "company"))]
                    for person in (alice, charlie))  # fmt: skip
    assert ours == theirs
    with firm_context(charlie.firm.id):
        assert not CustomField.rows().exists()


def tags_of(company: Company) -> set[str]:
    return set(Tagging.rows().filter(record_id=company.pk).values_list("tag__name", flat=True))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_companies_with_owners_come_in_through_the_writers_of_a_worker(alice: Person) -> None:
    """Writers have connections of their own: what asks the database before a chunk is planned has no firm."""
    assert take(alice, HUBSPOT)["created"] == 2


def test_empty_cells_clear_when_they_are_to(alice: Person) -> None:
    take(alice, b"Company name,City,Tier,Lifecycle Stage,Domain\nAcme,Berlin,gold,lead,acme.example\n")
    file = b"Company name,City,Tier,Lifecycle Stage,Domain\nAcme,,,,other.example\n"
    assert take(alice, file)["updated"] == 0
    found = take(alice, file, clear=True)
    assert found["updated"] == 1 and take(alice, file, clear=True)["updated"] == 0
    with firm_context(alice.firm.id):
        acme = Company.rows().get()
        assert (acme.city, acme.custom, acme.lifecycle, acme.domain) == ("", {}, "lead", "acme.example")
        verbs.revert(ImportRun.rows().get(pk=found["id"]).pk, by=alice.actor)
    jobs.undo(alice.firm.id, UUID(str(found["id"])))
    with firm_context(alice.firm.id):
        acme.refresh_from_db()
        assert (acme.city, acme.custom) == ("Berlin", {"tier": "gold"})
