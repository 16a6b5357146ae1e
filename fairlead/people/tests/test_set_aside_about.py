"""Events that were set aside name the records that they were about, and lead to those that the viewer may see."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.models import Event, SetAside
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def aside(person: Person) -> tuple[Contact, SetAside]:
    """Make a contact whose creation could not be handled."""
    with firm_context(person.firm.id):
        acme = create_company({"name": "Acme"}, by=person.actor)
        ada = create_contact({"first_name": "Ada", "company": acme.id}, by=person.actor)
        event = Event.rows().get(type="contact.created")
        made = SetAside.objects.create(
            consumer="tests.scores", event_id=event.pk, event_type=event.type, recorded_at=event.recorded_at,
            error="it broke", attempts=5,
        )  # fmt: skip
    return ada, made


def test_the_page_leads_to_the_record(alice: Person) -> None:
    ada, _ = aside(alice)
    assert f'href="{alice.url(f"contacts/{ada.pk}/")}">Ada</a>' in alice.page("settings/set-aside/")


def test_a_record_in_the_bin_is_named_and_leads_nowhere(alice: Person) -> None:
    ada, _ = aside(alice)
    with firm_context(alice.firm.id):
        delete_contacts([ada.pk], by=alice.actor)
    page = alice.page("settings/set-aside/")
    assert "Ada" in page and f"contacts/{ada.pk}/" not in page


def test_what_is_gone_is_told_by_its_id(alice: Person) -> None:
    ada, _ = aside(alice)
    with firm_context(alice.firm.id):
        Contact.rows().filter(pk=ada.pk).delete()
    assert f"contact {ada.pk}" in alice.page("settings/set-aside/")


def test_the_api_names_it_too_and_takes_the_decision(alice: Person, bob: Person, charlie: Person) -> None:
    ada, made = aside(alice)
    api, path = Api(alice), f"events-set-aside/{made.pk}"
    [found] = api.get("events-set-aside").json()["data"]
    assert found["about"][0] == {"noun": "contact", "id": str(ada.pk), "name": "Ada"}
    assert api.get(path).json() == found
    for stranger, status, code in ((Api(bob), 403, "forbidden"), (Api(charlie), 404, "not_found")):
        problem(stranger.get(path), status, code)
        problem(stranger.post(f"{path}/discard"), status, code)
    assert api.post(f"{path}/retry").json()["resolution"] == ""
    assert api.post(f"{path}/discard").json()["resolution"] == "discarded"
    problem(api.post(f"{path}/retry"), 409, "conflict")
    assert api.get("events-set-aside").json()["data"] == []
    assert [a["id"] for a in api.get("events-set-aside?settled=true").json()["data"]] == [str(made.pk)]
