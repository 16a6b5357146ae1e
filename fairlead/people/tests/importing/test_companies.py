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
