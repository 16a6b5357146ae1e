"""What a person prefers: how dates are written, and where the day begins."""

from datetime import UTC, date, datetime

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import dates
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NAMES = {"first_name": "Bob", "last_name": "Beech", "time_zone": "UTC", "language": "en"}


def prefer(person: Person, **preferences: str) -> int:
    return person.client().post("/accounts/profile/", {**NAMES, **preferences}).status_code


@pytest.mark.parametrize(("style", "shown"), [
    ("day_month", "7 Mar 2019"), ("month_day", "Mar 7, 2019"), ("slashes_day", "07/03/2019"),
    ("slashes_month", "03/07/2019"), ("dots", "07.03.2019"), ("iso", "2019-03-07"), ("", "7 Mar 2019"),
])  # fmt: skip
def test_dates_are_written_as_the_person_writes_them(bob: Person, alice: Person, style: str, shown: str) -> None:
    with firm_context(bob.firm.id):
        contact = Contact.objects.create(first_name="Ann", name="Ann", sort_key="ann")
        Contact.rows().filter(pk=contact.pk).update(created_at=datetime(2019, 3, 7, 12, tzinfo=UTC))
    assert prefer(bob, date_format=style) == 302
    page = bob.client().get(bob.url("contacts/?columns=name,created_at")).content.decode()
    assert shown in page
    hers = alice.client().get(alice.url("contacts/?columns=name,created_at")).content.decode()
    assert "7 Mar 2019" in hers, "nobody else's pages change, and the thread forgets"


def test_a_day_in_each_style_is_offered_and_nonsense_is_refused(bob: Person) -> None:
    page = bob.client().get("/accounts/profile/").content.decode()
    for _, sample in dates.samples(date.today()):
        assert sample in page
    assert prefer(bob, date_format="backwards") == 422
    assert prefer(bob, start_page="nowhere") == 422


def test_the_day_begins_where_the_person_chose(bob: Person) -> None:
    first = bob.client().get(bob.url()).url
    assert prefer(bob, start_page="companies") == 302
    assert bob.client().get(bob.url()).url == bob.url("companies/") != first
    bob.user.refresh_from_db()
    bob.user.preferences["start_page"] = "gone"
    bob.user.save()
    assert bob.client().get(bob.url()).url == first


def test_a_start_page_that_the_role_does_not_show_is_passed_over(bob: Person) -> None:
    from fairlead.accounts.models import CustomRole

    prefer(bob, start_page="companies")
    with firm_context(bob.firm.id):
        bob.membership.custom_role = CustomRole.objects.create(name="Contacts only", permissions=["contacts.view"])
        bob.membership.save()
    assert bob.client().get(bob.url()).url == bob.url("contacts/")
