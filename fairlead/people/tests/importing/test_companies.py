"""Companies from a file."""

import io

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.models import Company
from fairlead.records.imports import jobs, verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import ImportRun
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
        b"Name,Lifecycle Stage,Industry\n"
        b"Acme,customer,COMPUTER_SOFTWARE\nBeta,salesqualifiedlead,REAL_ESTATE\nGamma,distributor,\n"
    )
    for created in (3, 0):
        found = take(alice, file)
        assert (found["created"], found["updated"], found["errors"]) == (created, 0, 0), found["problems"]
    with firm_context(alice.firm.id):
        rows = list(Company.rows().order_by("name").values_list("lifecycle", "industry", "custom"))
        assert rows == [
            ("client", "", {"industry": "COMPUTER_SOFTWARE"}),
            ("sales_qualified", "", {"industry": "REAL_ESTATE"}),
            ("other", "", {}),
        ]
    assert take(alice, b"Name,Industry\nDelta,REAL_ESTATE\n")["created"] == 1
    with firm_context(alice.firm.id):
        assert Company.rows().get(name="Delta").industry == "real_estate"
