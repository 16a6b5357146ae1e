"""Size, business model and industry: the same choices for people and companies, and what is not among them stays."""

from io import BytesIO
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.people.models import Company, Contact
from fairlead.people.public import create_company, create_contact
from fairlead.records.imports.public import import_file
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
FACETS = ("size_band", "business_model", "industry")
HX = {"HX-Request": "true"}
MAKERS: dict[str, Any] = {
    "contacts": (Contact, lambda by: create_contact({"first_name": "Ada"}, by=by)),
    "companies": (Company, lambda by: create_company({"name": "Acme"}, by=by)),
}


def stored(person: Person, plural: str, **values: str) -> Any:
    """Return a record with values that no verb would write."""
    model, make = MAKERS[plural]
    with firm_context(person.firm.id):
        made = make(person.actor)
        model.rows().filter(pk=made.pk).update(**values)
    return made.pk


def again(person: Person, plural: str, pk: Any) -> Any:
    with firm_context(person.firm.id):
        return MAKERS[plural][0].rows().get(pk=pk)


@pytest.mark.parametrize("name", FACETS)
def test_the_choices_are_one_definition(name: str) -> None:
    of_model = [model._meta.get_field(name).choices for model in (Contact, Company)]
    offered = [[(o.value, o.label) for o in nouns.get(n).field(name).options] for n in ("contact", "company")]
    assert of_model[0] == of_model[1] == offered[0] == offered[1]


@pytest.mark.parametrize("plural", MAKERS)
def test_what_is_not_among_the_choices_survives(alice: Person, charlie: Person, plural: str) -> None:
    pk, api = stored(alice, plural, industry="falconry"), Api(alice)
    field = {"contacts": "website", "companies": "city"}[plural]
    value = {"contacts": "https://ada.example", "companies": "Leeds"}[plural]
    assert api.patch(f"{plural}/{pk}", {field: value}).json()["industry"] == "falconry"
    url = alice.url(f"{plural}/{pk}/facts/industry")
    form = alice.client().get(url, headers=HX).content.decode()
    assert '<option value="falconry" selected>' in form and '<option value="software">' in form
    assert alice.client().post(url, {"industry": "falconry"}, headers=HX).status_code == 200
    assert again(alice, plural, pk).industry == "falconry"
    assert alice.client().post(url, {"industry": "heraldry"}, headers=HX).status_code == 422
    assert alice.client().post(url, {"industry": "software"}, headers=HX).status_code == 200
    assert '<option value="falconry"' not in alice.client().get(url, headers=HX).content.decode()
    problem(api.patch(f"{plural}/{pk}", {"industry": "falconry"}), 422, "invalid")
    assert charlie.client().get(charlie.url(f"{plural}/{pk}/facts/industry"), headers=HX).status_code == 404


@pytest.mark.parametrize("plural", MAKERS)
def test_an_import_reads_labels_as_people_write_them(alice: Person, plural: str) -> None:
    name = {"contacts": "Email", "companies": "Company name"}[plural]
    lines = (
        f"{name},Company size,Business model,Industry", "a@a.example,smb (6-100),B2B,REAL_ESTATE",
        "b@b.example,6-100,digital first,Healthcare", "c@c.example,,,Falconry",
    )  # fmt: skip
    found = import_file(plural, BytesIO("\n".join(lines).encode()), name="f.csv", by=alice.actor)
    assert (found["created"], found["errors"]) == (2, 1), found["problems"]
    with firm_context(alice.firm.id):
        rows = MAKERS[plural][0].rows().order_by("sort_key").values_list(*FACETS)
        assert list(rows) == [("smb", "b2b", "real_estate"), ("smb", "digital_first", "health_care")]


@pytest.mark.parametrize("plural", MAKERS)
def test_they_are_filtered_by(alice: Person, charlie: Person, plural: str) -> None:
    mine, theirs = stored(alice, plural, size_band="smb"), stored(charlie, plural, size_band="smb")
    stored(alice, plural)
    assert [r["id"] for r in Api(alice).get(f"{plural}?size_band=smb").json()["data"]] == [str(mine)] != [str(theirs)]
    problem(Api(alice).get(f"{plural}?size_band=huge"), 422, "invalid")


def test_nobody_has_fewer_than_no_employees(alice: Person) -> None:
    api = Api(alice)
    kept = api.post("companies", {"name": "Kestrel", "employees": 0}).json()
    assert kept["employees"] == 0
    (wrong,) = problem(api.patch(f"companies/{kept['id']}", {"employees": -5}), 422, "invalid")["errors"]
    assert wrong["field"] == "employees"
    assert api.get(f"companies/{kept['id']}").json()["employees"] == 0
