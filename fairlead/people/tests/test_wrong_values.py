"""Values that people would call wrong are refused wherever they come in, each at its field or in its column."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.kernel import clock
from fairlead.people.models import Company, Contact
from fairlead.people.public import create_company, create_contact
from fairlead.records.imports.public import import_file
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOBODY = "Give at least a name, an email address, a phone number or a company."
DOMAINS = {
    "acme.example": "acme.example", " https://www.Acme.example/about?x=1 ": "acme.example",
    "ada@acme.example": "acme.example", "Müller.example.": "müller.example", "a-b.co.uk": "a-b.co.uk",
}  # fmt: skip
NO_DOMAINS = (
    "not a domain",
    "acme",
    "acme gmbh.example",
    "-a.example",
    "a..example",
    "10.0.0.1",
    "http://[::1",
    "@",
    ".",
)


def take(person: Person, noun: str, content: str, **options: Any) -> dict[str, Any]:
    return import_file(noun, BytesIO(content.encode()), name="f.csv", by=person.actor, options=options)


def problems(found: dict[str, Any]) -> list[tuple[int, str]]:
    return [(p["line"], p["column"]) for p in found["problems"]]


@pytest.mark.parametrize(("typed", "kept"), DOMAINS.items())
def test_a_domain_is_read_however_it_is_written(alice: Person, typed: str, kept: str) -> None:
    assert nouns.get("company").field("domain").settle(typed) == kept


@pytest.mark.parametrize("typed", [*NO_DOMAINS, "a" * 64 + ".example", "a." * 127 + "example"])
def test_what_is_no_domain_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a domain such as"):
        nouns.get("company").field("domain").settle(typed)


def test_a_company_has_a_domain_or_none(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    (wrong,) = problem(api.post("companies", {"name": "Acme", "domain": "not a domain"}), 422, "invalid")["errors"]
    assert (wrong["field"], wrong["message"]) == ("domain", "“not a domain” is not a domain such as example.com.")
    page = alice.client().post(alice.url("companies/new"), {"name": "Acme", "domain": "not a domain"}, headers=HX)
    assert page.status_code == 422 and "is not a domain" in page.content.decode()
    with firm_context(charlie.firm.id):
        theirs = create_company({"name": "Acme", "domain": "acme.example"}, by=charlie.actor)
    assert api.patch(f"companies/{theirs.id}", {"domain": "other.example"}).status_code == 404
    made = api.post("companies", {"name": "Acme", "domain": "WWW.Acme.example"}).json()
    assert made["domain"] == "acme.example"
    problem(api.patch(f"companies/{made['id']}", {"domain": "acme"}), 422, "invalid")
    assert api.patch(f"companies/{made['id']}", {"domain": ""}).json()["domain"] == ""


def test_an_import_names_the_column_of_the_domain(alice: Person) -> None:
    found = take(alice, "companies", "Company name,Domain\nAcme,www.acme.example\nBeta,not a domain\n")
    assert (found["created"], problems(found)) == (1, [(3, "Domain")])
    with firm_context(alice.firm.id):
        assert Company.rows().get().domain == "acme.example"


@pytest.mark.parametrize(("born", "fits"), [
    ("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", False), ("2126-01-01", False), ("--12-24", True),
])  # fmt: skip
def test_nobody_is_born_in_the_future(alice: Person, charlie: Person, born: str, fits: bool) -> None:
    api = Api(alice)
    with clock.frozen(TODAY):
        answer = api.post("contacts", {"first_name": "Ada", "birthday": born})
        assert answer.status_code == (201 if fits else 422)
        if not fits:
            assert problem(answer, 422, "invalid")["errors"][0]["field"] == "birthday"
        with firm_context(alice.firm.id):
            ben = create_contact({"first_name": "Ben"}, by=alice.actor)
        url = f"contacts/{ben.id}/facts/birthday"
        assert charlie.client().post(charlie.url(url), {"birthday": born}, headers=HX).status_code == 404
        page = alice.client().post(alice.url(url), {"birthday": born}, headers=HX)
        assert (page.status_code, "is still to come" in page.content.decode()) == (
            (200, False) if fits else (422, True)
        )


def test_an_import_names_the_column_of_the_birthday_and_knows_two_digits(alice: Person) -> None:
    with clock.frozen(TODAY):
        found = take(
            alice, "contacts",
            "Email,Birthday\na@heron.example,24.12.45\nb@heron.example,24.12.2045\nc@heron.example,24.12.2005\n",
        )  # fmt: skip
    assert problems(found) == [(3, "Birthday")]
    with firm_context(alice.firm.id):
        assert sorted(Contact.rows().values_list("birthday", flat=True)) == ["1945-12-24", "2005-12-24"]


def test_a_new_contact_is_somebody(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    for empty in ({}, {"city": "Rome"}, {"first_name": " ", "emails": []}):
        (wrong,) = problem(api.post("contacts", empty), 422, "invalid")["errors"]
        assert wrong["message"] == NOBODY
    page = alice.client().post(alice.url("contacts/new"), {"lifecycle": "lead"}, headers=HX)
    assert page.status_code == 422 and NOBODY in page.content.decode()
    with firm_context(charlie.firm.id):
        acme = create_company({"name": "Acme"}, by=charlie.actor)
    problem(api.post("contacts", {"company": str(acme.id)}), 422, "invalid")
    with firm_context(alice.firm.id):
        assert not Contact.rows().exists()
    for enough in (
        {"first_name": "Ada"}, {"last_name": "Byron"}, {"email": "a@heron.example"}, {"phone": "+44 20 7946 0011"},
        {"phones": [{"number": "+44 20 7946 0012"}]}, {"company_name": "Heron"},
    ):  # fmt: skip
        assert api.post("contacts", enough).status_code == 201


def test_a_row_of_a_file_is_somebody(alice: Person) -> None:
    content = "First name,Email,City,Company\n,,Rome,\nAda,,Oslo,\n,,Bonn,Heron\n"
    found = take(alice, "contacts", content, allow_without_address=True)
    assert (found["created"], problems(found)) == (2, [(2, "")])
    assert "says nothing of who it is" in found["problems"][0]["message"]
