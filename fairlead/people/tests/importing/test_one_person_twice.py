"""Rows of a file that mean one known record by different marks are one change."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Company, Contact
from fairlead.records.imports.public import import_file
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db


def take(person: Person, noun: str, content: str, **more: Any) -> dict[str, Any]:
    return import_file(noun, BytesIO(content.encode()), name="file.csv", by=person.actor, **more)


def ada(person: Person) -> Contact:
    addresses = [{"address": "ada@heron.example"}, {"address": "ada@home.example"}]
    with firm_context(person.firm.id):
        return create_contact({"first_name": "Ada", "emails": addresses}, by=person.actor)


def test_a_person_by_two_of_their_addresses(alice: Person) -> None:
    known = ada(alice)
    file = "Email,City,Job title\nada@heron.example,Rome,\nada@home.example,,Chief\n"
    rehearsed = take(alice, "contact", file, dry_run=True)
    assert (rehearsed["updated"], rehearsed["merged"], rehearsed["errors"]) == (1, 1, 0)
    found = take(alice, "contact", file)
    assert (found["updated"], found["merged"], found["errors"]) == (1, 1, 0)
    with firm_context(alice.firm.id):
        known.refresh_from_db()
        assert (known.city, known.job_title, known.version) == ("Rome", "Chief", 2)


def test_a_company_by_its_name_and_by_its_domain(alice: Person) -> None:
    with firm_context(alice.firm.id):
        known = create_company({"name": "Heron Ltd", "domain": "heron.example"}, by=alice.actor)
    file = "Company name,Company Domain Name,City,Industry\nHeron Ltd,,Rome,\nHeron,heron.example,,Software\n"
    found = take(alice, "company", file)
    assert (found["updated"], found["merged"], found["created"]) == (1, 1, 0)
    with firm_context(alice.firm.id):
        known.refresh_from_db()
        assert (known.name, known.city, known.industry) == ("Heron Ltd", "Rome", "software")


def test_another_id_elsewhere_is_another_company(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_company({"name": "Heron Ltd", "domain": "heron.example"}, by=alice.actor)
    file = "Company name,Company Domain Name,Record ID\nHeron Ltd,heron.example,1\nHeron Rome,heron.example,2\n"
    found = take(alice, "company", file)
    assert (found["updated"], found["created"], found["merged"]) == (1, 1, 0)
    with firm_context(alice.firm.id):
        ids = dict(Company.rows().values_list("name", "external_id"))
    assert ids == {"Heron Ltd": "1", "Heron Rome": "2"}


def test_whom_one_may_not_change_is_left_out_and_nothing_else(alice: Person, bob: Person) -> None:
    ada(alice)
    alice.firm.visibility = Visibility.OWNER
    alice.firm.save()
    found = take(bob, "contact", "Email,City\nada@heron.example,Rome\n")
    assert (found["errors"], found["unchanged"], found["updated"]) == (1, 0, 0)


def test_a_number_that_is_kept_as_typed_is_recognised_by_its_digits(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        create_contact({"first_name": "Theirs", "phone": "intern 123"}, by=charlie.actor)
    with firm_context(alice.firm.id):
        for name, number in (("Desk", "ext. 12 34"), ("Elder", "#5678"), ("Younger", "56 78"), ("Real", "+4930123456")):
            create_contact({"first_name": name, "phone": number}, by=alice.actor)
    rows = b"Phone,City\next 1234,Ulm\n56-78,Bonn\n+49 30 123456,Kiel\nintern 123,Mainz\n"
    for created, updated in ((1, 3), (0, 0)):
        found = import_file("contacts", BytesIO(rows), name="n.csv", by=alice.actor,
                            options={"match": "phone", "allow_without_address": True})  # fmt: skip
        assert (found["created"], found["updated"], found["errors"]) == (created, updated, 0)
    with firm_context(alice.firm.id):
        cities = dict(Contact.rows().values_list("first_name", "city"))
        assert cities == {"Desk": "Ulm", "Elder": "Bonn", "Younger": "", "Real": "Kiel", "": "Mainz"}
    with firm_context(charlie.firm.id):
        assert Contact.rows().get().city == ""


def test_typed_numbers_are_asked_for_as_their_index_has_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_indexdef('contact_phone_typed'::regclass), prosrc FROM pg_proc "
            "WHERE proname = 'people_typed_phones'"
        )
        index, lookup = cursor.fetchone()
    digits = r"regexp_replace(number, '\D', '', 'g')"
    assert digits in index.replace("::text", "")
    assert digits in lookup.replace("p.number", "number")
