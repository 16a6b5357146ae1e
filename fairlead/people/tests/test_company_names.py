"""A company named where it is needed: one that is there, or a new one made in the same breath."""

from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Company, Contact
from fairlead.records.models import CustomField
from fairlead.tenancy.public import Actor, firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def without(actor: Actor, *permissions: str) -> Actor:
    from dataclasses import replace

    return replace(actor, permissions=frozenset(actor.permissions) - set(permissions))


def test_the_name_of_a_company_is_it_or_a_new_one(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        create_company({"name": "Heron"}, by=charlie.actor)
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "company_name": " Heron  Ltd "}, by=alice.actor)
        heron = Company.rows().get()
        assert (ada.company_id, heron.name, heron.owner_id) == (heron.id, "Heron Ltd", alice.membership.id)
        assert Event.rows().filter(type="company.created", company_id=heron.id).exists()
        ben = create_contact({"first_name": "Ben", "company_name": "HERON LTD"}, by=alice.actor)
        assert ben.company_id == heron.id and Company.rows().count() == 1
        ben = update_contact(ben.id, {"company_name": "Kestrel"}, by=alice.actor)
        assert ben.company is not None and ben.company.name == "Kestrel"
        assert update_contact(ben.id, {"company_name": ""}, by=alice.actor).company_id is None
        assert update_contact(ada.id, {"city": "York"}, by=alice.actor).company_id == heron.id
    with firm_context(charlie.firm.id):
        assert list(Company.rows().values_list("name", flat=True)) == ["Heron"]


@pytest.mark.parametrize("values", [
    {"company_name": "x" * 501}, {"company_name": "Heron", "country": "Atlantis"}, {"company_name": {"a": 1}},
])  # fmt: skip
def test_what_fails_leaves_no_company_behind(alice: Person, values: dict[str, Any]) -> None:
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput):
            create_contact({"first_name": "Ada", **values}, by=alice.actor)
        assert not Company.rows().exists() and not Contact.rows().exists()


def test_what_a_new_company_must_have_is_said_where_its_name_stands(alice: Person) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="company", key="tier", label="Tier", kind="text", is_required=True)
        with pytest.raises(InvalidInput) as refused:
            create_contact({"first_name": "Ada", "company_name": "Heron"}, by=alice.actor)
        assert list(refused.value.fields) == ["company_name"]
        with pytest.raises(InvalidInput) as refused:
            heron = create_company({"name": "Heron", "custom.tier": "Gold"}, by=alice.actor)
            create_contact({"company": heron.id, "company_name": "Heron"}, by=alice.actor)
        assert "not both" in refused.value.message


def test_who_may_not_make_companies_picks_one(alice: Person) -> None:
    with firm_context(alice.firm.id):
        heron = create_company({"name": "Heron"}, by=alice.actor)
        bound = without(alice.actor, "companies.edit")
        assert create_contact({"first_name": "Ada", "company_name": "heron"}, by=bound).company_id == heron.id
        with pytest.raises(Forbidden):
            create_contact({"first_name": "Ben", "company_name": "Kestrel"}, by=bound)


def test_in_the_dialog_and_among_the_facts(alice: Person, charlie: Person) -> None:
    client = alice.client()
    html = client.get(alice.url("contacts/new"), headers=HX).content.decode()
    assert "data-create" in html and "Find or make a company" in html
    refused = client.post(
        alice.url("contacts/new"), {"first_name": "Ada", "company": "Heron", "email": "nonsense"}, headers=HX
    )
    assert refused.status_code == 422 and '<option value="Heron" selected>Heron</option>' in refused.content.decode()
    client.post(alice.url("contacts/new"), {"first_name": "Ada", "company": "Heron"}, headers=HX)
    with firm_context(alice.firm.id):
        ada = Contact.rows().select_related("company").get()
        assert ada.company is not None and ada.company.name == "Heron"
    url = f"contacts/{ada.id}/facts/company"
    assert "data-create" in client.get(alice.url(url), headers=HX).content.decode()
    saved = client.post(alice.url(url), {"company": "Kestrel"}, headers=HX)
    assert saved.status_code == 200 and "Kestrel" in saved.content.decode()
    wrong = client.post(alice.url(url), {"company": "x" * 501}, headers=HX)
    assert wrong.status_code == 422 and "At most 500 characters fit." in wrong.content.decode()
    client.post(alice.url(url), {"company": str(ada.company_id)}, headers=HX)
    with firm_context(alice.firm.id):
        assert Contact.rows().get().company_id == ada.company_id and Company.rows().count() == 2
    # Another firm's company is no company, whether by id or by name.
    answer = charlie.client().post(
        charlie.url("contacts/new"), {"first_name": "Cas", "company": str(ada.company_id)}, headers=HX
    )
    assert answer.status_code == 422


def test_over_the_api(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    ada = api.post("contacts", {"first_name": "Ada", "company_name": "Heron"}).json()
    assert api.get(f"companies/{ada['company']}").json()["name"] == "Heron"
    made = api.post(
        "contacts/batch/create", {"items": [{"first_name": n, "company_name": "Kestrel"} for n in "BC"]}
    ).json()
    assert made["succeeded"] == 2
    kestrel = api.get("companies?name=Kestrel&total=true").json()
    assert kestrel["total"] == 1
    moved = api.patch(f"contacts/{ada['id']}", {"company_name": "kestrel"}).json()
    assert moved["company"] == kestrel["data"][0]["id"]
    both = {"company": ada["company"], "company_name": "Heron"}
    (wrong,) = problem(api.patch(f"contacts/{ada['id']}", both), 422, "invalid")["errors"]
    assert wrong["pointer"] == "/company_name"
    limited = Api(alice, scopes=("contacts.view", "contacts.edit", "companies.view"))
    problem(limited.post("contacts", {"first_name": "D", "company_name": "New"}), 403, "forbidden")
    other = Api(charlie).post("contacts", {"first_name": "Cas", "company_name": "Heron"}).json()
    assert other["company"] != ada["company"]
