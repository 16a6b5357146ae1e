"""Open record pages: told of their record, and who changed the field that is being edited."""

import io

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.notifications.models import LivePost
from fairlead.people import jobs, live
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Contact
from fairlead.records.actions.bulk import start_bulk, undo_bulk
from fairlead.records.imports.public import import_file
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def made(person: Person, name: str = "Ada") -> Contact:
    with firm_context(person.firm.id):
        return create_contact({"first_name": name, "last_name": "Byron", "job_title": "Clerk"}, by=person.actor)


def topics(person: Person) -> list[str]:
    with firm_context(person.firm.id):
        return list(LivePost.rows().filter(topic__startswith="record", member=None).values_list("topic", flat=True))


def lists_told(person: Person) -> list[str]:
    with firm_context(person.firm.id):
        rows = LivePost.rows().filter(topic__startswith="list:", member=None)
        return sorted(rows.values_list("topic", flat=True))


def test_a_change_is_told_once_to_the_pages_of_its_record(alice: Person, bob: Person, charlie: Person) -> None:
    ada = made(alice)
    with firm_context(alice.firm.id):
        for title in ("Treasurer", "Controller"):
            update_contact(ada.id, {"job_title": title}, by=bob.actor)
        jobs.follow(list(Event.rows().filter(type__in=jobs.CHANGING)))
    assert topics(alice) == [f"record:{ada.id}"] and topics(charlie) == []


def test_many_changes_are_told_as_one(alice: Person) -> None:
    some = [made(alice, f"Ada {at}") for at in range(live.FEW + 1)]
    with firm_context(alice.firm.id):
        for ada in some:
            update_contact(ada.id, {"city": "Turin"}, by=alice.actor)
        jobs.follow(list(Event.rows().filter(type__in=jobs.CHANGING)))
    assert topics(alice) == [live.EVERY]


def test_nobody_is_told_of_who_is_new(alice: Person) -> None:
    made(alice)
    with firm_context(alice.firm.id):
        assert not Event.rows().filter(type__in=jobs.CHANGING).exists()


def test_the_form_asks_who_changed_its_field(alice: Person, bob: Person, charlie: Person) -> None:
    ada = made(alice)
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"job_title": "Treasurer"}, by=bob.actor)
        update_contact(ada.id, {"city": "Turin"}, by=alice.actor)
    path = f"contacts/{ada.id}/facts/job_title?theirs=1"
    told = alice.client().get(alice.url(path)).content.decode()
    assert "Bob Beech" in told and "Treasurer" in told, "Whoever changed another field later is not the one."
    assert charlie.client().get(charlie.url(path)).status_code == 404
    with firm_context(alice.firm.id):
        version = Contact.rows().get(pk=ada.id).version
    refused = alice.client().post(
        alice.url(f"contacts/{ada.id}/facts/first_name"), {"first_name": "x" * 5_000},
        headers={"HX-Request": "true", "If-Match": f'"{version}"'},
    )  # fmt: skip
    assert refused.status_code == 422
    assert f'data-version="{version}"' in refused.content.decode(), "It keeps what it was made of."


def test_lists_are_told_when_a_bulk_action_or_an_import_has_ended(alice: Person, charlie: Person) -> None:
    made(alice)
    import_file("companies", io.BytesIO(b"Company name\nHeron\n"), name="c.csv", by=alice.actor)
    with firm_context(alice.firm.id):
        run = start_bulk(nouns.get("contact"), "set", {"field": "city", "value": "Turin"}, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        jobs.follow(list(Event.rows().filter(type__in=jobs.ENDING)))
        undo_bulk(run.id, by=alice.actor)
        assert lists_told(alice) == ["list:company", "list:contact"]
    drain()
    with firm_context(alice.firm.id):
        jobs.follow(list(Event.rows().filter(type="bulk.undone")))
    assert lists_told(alice) == ["list:company", "list:contact", "list:contact"] and lists_told(charlie) == []
