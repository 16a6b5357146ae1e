"""How lists do, and how people came to stand on them: confirmation, history, figures; only of what one may see."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.kernel import clock
from fairlead.people.actions import consent, contacts, lists
from fairlead.people.list_reads import figures
from fairlead.people.models import Contact, ContactList
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def people(person: Person, number: int) -> list[Contact]:
    with firm_context(person.firm.pk):
        return [contacts.create_contact({"email": f"p{n}@kestrel.example"}, by=person.actor) for n in range(number)]


def made(person: Person, name: str = "Briefing") -> ContactList:
    with firm_context(person.firm.pk):
        return lists.create_list(name, by=person.actor)


def test_confirmation_is_asked_given_and_kept_with_time_and_source(alice: Person, charlie: Person) -> None:
    api, briefing, [ada, ben] = Api(alice), made(alice), people(alice, 2)
    one = f"lists/{briefing.pk}"
    both = {"contacts": [str(ada.pk), str(ben.pk)], "source": "Seminar form"}
    assert api.post(f"{one}/ask-to-confirm", both).json() == {"changed": 2}
    assert {s["status"] for s in api.get(f"{one}/subscriptions").json()["data"]} == {"pending"}
    confirmed = {"contacts": [str(ada.pk)], "source": "Link in the mail"}
    assert api.post(f"{one}/confirm", confirmed).json() == {"changed": 1}
    assert api.post(f"{one}/confirm", confirmed).json() == {"changed": 0}
    assert api.post(f"{one}/ask-to-confirm", both).json() == {"changed": 0}, "who is on it, or asked, stays so"
    api.post(f"{one}/unsubscribe", {"contacts": [str(ada.pk)]})
    told = api.get(f"{one}/standings?contact={ada.pk}").json()["changes"]
    assert [(c["standing"], c["source"]) for c in told] == [
        ("Unsubscribed", "api"), ("Confirmed", "Link in the mail"), ("Asked to confirm", "Seminar form")
    ]  # fmt: skip
    assert all(c["occurred_at"] and c["by"] for c in told)
    assert api.get(f"{one}/standings").status_code == 422
    assert Api(charlie).get(f"{one}/standings?contact={ada.pk}").status_code == 404
    assert Api(charlie).post(f"{one}/confirm", confirmed).status_code == 404


def test_figures_count_growth_churn_bounces_and_complaints(alice: Person, charlie: Person) -> None:
    briefing, four = made(alice), people(alice, 4)
    other = made(alice, "Other")
    with firm_context(alice.firm.pk):
        ids = [c.pk for c in four]
        lists.subscribe(briefing.pk, ids, by=alice.actor)
        lists.subscribe(other.pk, ids[:1], by=alice.actor)
        lists.unsubscribe(briefing.pk, ids[:1], by=alice.actor)
        consent.suppress("email", "p1@kestrel.example", reason="bounce", by=alice.actor)
        consent.suppress("email", "p2@kestrel.example", reason="complaint", by=alice.actor)
        found = figures(alice.actor, briefing.pk)
        assert (found.subscribed, found.unsubscribed, found.came, found.left) == (3, 1, 4, 1)
        assert (found.bounced, found.complained) == (1, 1) and found.bounce_rate == pytest.approx(1 / 3)
        assert len(found.months) == 12 and (found.months[-1].came, found.months[-1].left) == (4, 1)
        assert found.churn is None, "nobody was on it 30 days ago"
        assert figures(alice.actor, other.pk).came == 1
        everybody = figures(alice.actor, lists.create_primary_list(by=alice.actor).pk)
        assert (everybody.subscribed, everybody.came) == (4, 4)
    told = Api(alice).get(f"lists/{briefing.pk}/figures").json()
    assert told["subscribed"] == 3 and told["months"][-1]["left"] == 1
    assert Api(charlie).get(f"lists/{briefing.pk}/figures").status_code == 404


def test_months_begin_where_the_viewer_is(alice: Person, charlie: Person) -> None:
    briefing, theirs = made(alice), made(charlie)
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # in Berlin it is 2027 already
    with clock.frozen(new_year):
        for person, one in ((alice, briefing), (charlie, theirs)):
            pk = people(person, 1)[0].pk
            with firm_context(person.firm.pk):
                lists.subscribe(one.pk, [pk], by=person.actor)
        with firm_context(alice.firm.pk):
            for zone, month in (("Europe/Berlin", date(2027, 1, 1)), ("UTC", date(2026, 12, 1))):
                with timezone.override(ZoneInfo(zone)):
                    last = figures(alice.actor, briefing.pk).months[-1]
                assert (last.first, last.came) == (month, 1)


def test_the_pages(alice: Person, charlie: Person) -> None:
    briefing, [ada] = made(alice), people(alice, 1)
    with firm_context(alice.firm.pk):
        lists.subscribe(briefing.pk, [ada.pk], by=alice.actor, source="Seminar form")
    browser = alice.client()
    assert "Came in 30 days" in browser.get(alice.url(f"lists/{briefing.pk}/figures")).content.decode()
    assert f"{briefing.pk}/figures" in browser.get(alice.url("lists/")).content.decode()
    shown = browser.get(alice.url(f"contacts/{ada.pk}/lists/{briefing.pk}")).content.decode()
    assert "Subscribed" in shown and "Seminar form" in shown
    assert f"lists/{briefing.pk}" in browser.get(alice.url(f"contacts/{ada.pk}/")).content.decode()
    for path in (f"lists/{briefing.pk}/figures", f"contacts/{ada.pk}/lists/{briefing.pk}"):
        assert charlie.client().get(charlie.url(path)).status_code == 404
