"""How contacts came: origins, referrals, advocates; on pages and through the API."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event, NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people import engagement, growth, reads
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import convert_contact, create_contact, update_contact
from fairlead.people.actions.referrals import set_referrer
from fairlead.people.models import Contact, Referral
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.duplicates.public import merge_records, undo_merge
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def person(by: Person, name: str, **values: object) -> Contact:
    return create_contact({"first_name": name, **values}, by=by.actor)


def test_a_company_counts_clients_as_every_page_does(alice: Person, charlie: Person) -> None:
    for person in (alice, charlie):
        with firm_context(person.firm.pk):
            acme = create_company({"name": "Acme"}, by=person.actor)
            for stage in ("lead", "client", "former_client", "evangelist"):
                create_contact({"first_name": stage, "lifecycle": stage, "company": acme.pk}, by=person.actor)
            figures = reads.roll_up(person.actor, acme)
            assert (figures.people, figures.clients) == (4, 3)


def test_what_brings_leads_is_counted_with_those_who_became_clients(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada = person(alice, "Ada", source="web", campaign="Spring", source_form="Contact us", medium="cpc")
        person(alice, "Ben", source="web", referrer="https://news.example/")
        person(alice, "Cas", source="fair", source_event="Trade fair 2026")
        convert_contact(ada.id, by=alice.actor)
        lines, left_out = growth.by_origin(alice.actor, "source", growth.since("365"))
        assert [(line.value, line.leads, line.clients, line.rate) for line in lines] == [
            ("web", 2, 1, 50), ("fair", 1, 0, 0),
        ]  # fmt: skip
        assert left_out == 0
        assert sum(n for _, n in growth.by_month(alice.actor)) == 3
        values = {origin: growth.by_origin(alice.actor, origin, None)[0] for origin in growth.ORIGINS}
        assert {line.value for line in values["source_event"]} == {"", "Trade fair 2026"}
    html = alice.client().get(alice.url("lead-generation/?by=campaign&days=90")).content.decode()
    assert "Spring" in html and "Not known" in html
    html = charlie.client().get(charlie.url("lead-generation/")).content.decode()
    assert "Nobody came in this time" in html


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York", "Pacific/Auckland"])
def test_months_are_those_of_whoever_looks_summer_time_or_not(alice: Person, zone: str) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with clock.frozen(now), timezone.override(zone), firm_context(alice.firm.id):
        ada = person(alice, "Ada")
        for ago in (0, 50, 100, 150, 200, 250, 300):  # five of these months have summer time somewhere
            create_contact({"first_name": f"Came {ago}"}, by=alice.actor, at=now - timedelta(days=ago))
            note = NewEvent("note.written", ("contact", ada.pk), ada.pk, occurred_at=now - timedelta(days=ago))
            record_many([note], by=alice.actor)
        assert sum(n for _, n in growth.by_month(alice.actor)) == 8
        found = engagement.of(ada)
        assert sum(n for _, n in found.months) == found.year == 7
        assert [month.month for month, _ in found.months] == [12, *range(1, 12)]


def test_the_list_behind_a_line_is_what_the_line_counts(alice: Person) -> None:
    with firm_context(alice.firm.id):
        person(alice, "Ada", source="web")
        person(alice, "Ben", source="fair")
    html = alice.client().get(alice.url("lead-generation/")).content.decode()
    link = next(part.split('"')[0] for part in html.split('href="')[1:] if "criteria" in part and "fair" in part)
    behind = alice.client().get(link.replace("&amp;", "&")).content.decode()
    assert "Ben" in behind and ">Ada<" not in behind


def test_referrals_are_recorded_once_and_not_in_rings(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        stranger = person(charlie, "Sid")
    with firm_context(alice.firm.id):
        ada, ben, cas = (person(alice, name) for name in ("Ada", "Ben", "Cas"))
        set_referrer(ben.id, ada.id, by=alice.actor)
        set_referrer(cas.id, ben.id, by=bob.actor)
        with pytest.raises(InvalidInput):
            set_referrer(ada.id, cas.id, by=alice.actor)
        with pytest.raises(InvalidInput):
            set_referrer(ada.id, ada.id, by=alice.actor)
        with pytest.raises(InvalidInput):
            set_referrer(ada.id, stranger.id, by=alice.actor)
        set_referrer(cas.id, ada.id, by=bob.actor)
        set_referrer(cas.id, ada.id, by=bob.actor)
        assert {r.referred_id for r in Referral.rows().filter(referrer=ada)} == {ben.id, cas.id}
        assert Event.rows().filter(type="contact.referral_made", contact_id=ada.id).count() == 2
        convert_contact(ben.id, by=alice.actor)
        [top] = growth.advocates(alice.actor)
        assert (top.contact.name, top.referred, top.clients) == ("Ada", 2, 1)
        set_referrer(cas.id, None, by=bob.actor)
        assert Referral.rows().count() == 1
    with firm_context(charlie.firm.id):
        assert growth.advocates(charlie.actor) == []
        with pytest.raises(NotFound):
            set_referrer(ben.id, stranger.id, by=charlie.actor)


def test_a_merge_keeps_referrals_and_its_undoing_parts_them(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada, twin, ben, cas = (person(alice, name) for name in ("Ada", "Ada", "Ben", "Cas"))
        set_referrer(ben.id, twin.id, by=alice.actor)
        set_referrer(twin.id, cas.id, by=alice.actor)
        merged = merge_records(CONTACT, ada.id, twin.id, {}, by=alice.actor)
        assert growth.referrer_of(alice.actor, ada) == cas
        assert [c.pk for c in growth.referred_by(alice.actor, ada)] == [ben.id]
        undo_merge(merged.id, by=alice.actor)
        assert growth.referrer_of(alice.actor, ada) is None
        assert Referral.rows().get(referred=ben).referrer_id == twin.id


def test_advocates_and_referrals_on_the_pages(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada, ben = person(alice, "Ada"), person(alice, "Ben")
        update_contact(ada.id, {"advocate": True, "top_customer": True}, by=alice.actor)
    card = alice.client().post(alice.url(f"contacts/{ben.id}/referrer"), {"referrer": str(ada.id)}).content.decode()
    assert "Referred by" in card and "Ada" in card
    html = alice.client().get(alice.url("referrals/")).content.decode()
    assert "Brand advocate" in html and "Top customer" in html
    assert charlie.client().post(charlie.url(f"contacts/{ben.id}/referrer"), {"referrer": ""}).status_code == 404
    assert "Ada" not in charlie.client().get(charlie.url("referrals/")).content.decode()


def test_the_api_tells_and_sets_who_referred(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada, ben = person(alice, "Ada", source="web"), person(alice, "Ben", source="web")
    api = Api(alice)
    answer = api.call("PUT", f"contacts/{ben.id}/referrer", {"referrer": str(ada.id)})
    assert answer.status_code == 200, answer.content
    assert api.get(f"contacts/{ada.id}/referrals").json()["referred"] == [str(ben.id)]
    assert api.get("lead-generation").json()["data"][0] | {"rate": 0} == {
        "value": "web", "leads": 2, "clients": 0, "rate": 0,
    }  # fmt: skip
    other = Api(charlie)
    assert other.get(f"contacts/{ada.id}/referrals").status_code == 404
    assert other.call("PUT", f"contacts/{ben.id}/referrer", {"referrer": None}).status_code == 404
    assert other.get("lead-generation").json()["data"] == []
