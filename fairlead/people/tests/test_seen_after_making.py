"""Who sees only their own records is not told of others', and makes none that they would not see."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.records.duplicates.public import merge_records
from fairlead.records.public import nouns
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_only(alice: Person) -> None:
    alice.firm.visibility = Visibility.OWNER
    alice.firm.save()


def test_a_contact_of_nobody_is_asked_for_its_owner(alice: Person, bob: Person) -> None:
    answer = Api(bob).post("contacts", {"first_name": "Ada"})
    assert answer.status_code == 422 and "give it an owner" in answer.content.decode()
    with firm_context(alice.firm.id):
        assert not Contact.rows().exists()
    assert Api(bob).post("contacts", {"first_name": "Ada", "owner": str(bob.membership.pk)}).status_code == 201
    company = Api(bob).post("companies", {"name": "Oak"})
    assert (company.status_code, company.json()["owner"]) == (201, str(bob.membership.pk))


def test_what_became_of_others_records_is_not_told(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        kept, gone = (create_contact({"first_name": n}, by=alice.actor).pk for n in ("Ada", "Ida"))
        merge_records(nouns.get("contact"), kept, gone, {}, by=alice.actor)
    assert Api(alice).get(f"contacts/{gone}").status_code == 302
    assert Api(bob).get(f"contacts/{gone}").status_code == 404
