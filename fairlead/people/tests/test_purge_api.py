"""Deleting for good over the API."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.people.models import Company, Contact, ContactEmail
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("plural", "body"), [("contacts", {"email": "ada@kestrel.example"}), ("companies", {"name": "Kestrel"})]
)
def test_what_is_in_the_bin_is_deleted_for_good(
    alice: Person, charlie: Person, plural: str, body: dict[str, str]
) -> None:
    api = Api(alice)
    one = api.post(plural, body).json()["id"]
    problem(api.post(f"{plural}/{one}/purge"), 404, "not_found")  # the bin comes first
    assert api.delete(f"{plural}/{one}").status_code == 204
    problem(Api(charlie).post(f"{plural}/{one}/purge"), 404, "not_found")
    problem(Api(alice, scopes=(f"{plural}.view", f"{plural}.delete")).post(f"{plural}/{one}/purge"), 403, "forbidden")
    assert api.post(f"{plural}/{one}/purge").status_code == 204
    problem(api.post(f"{plural}/{one}/restore"), 404, "not_found")
    with firm_context(alice.firm.id):
        assert not (Contact.rows() | Contact.rows()).exists() and not Company.rows().exists()
        assert not ContactEmail.rows().exists()
        assert Event.rows().filter(type__endswith=".purged", subject_id=one).count() == 1


def test_many_are_deleted_for_good_and_each_is_told(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    gone, living = (api.post("contacts", {"first_name": n}).json()["id"] for n in ("Ada", "Bo"))
    api.delete(f"contacts/{gone}")
    refused = Api(charlie).post("contacts/batch/purge", {"ids": [gone]}).json()
    assert (refused["succeeded"], refused["results"][0]["status"]) == (0, 404)
    answer = api.post("contacts/batch/purge", {"ids": [gone, living]}).json()
    assert [r["status"] for r in answer["results"]] == [200, 404]
    with firm_context(alice.firm.id):
        assert [str(pk) for pk in Contact.rows().values_list("pk", flat=True)] == [living]
