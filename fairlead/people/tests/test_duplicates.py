"""Duplicates: found by typing, by changes and by a search through all; decided; shown on pages and by the API."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.models import ConsumerState
from fairlead.events.tests.reading import feed
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.merging.same_company import SAME_COMPANY, Business
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.merging.same_person import Person as Profile
from fairlead.people.models import Contact
from fairlead.records.duplicates.public import candidates, finding, scanning
from fairlead.records.models import DuplicateCandidate, DuplicateKey, DuplicateScan, Merge
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def twins(person: Person) -> tuple[Contact, Contact]:
    acme = create_company({"name": "Acme"}, by=person.actor)
    one = create_contact({"first_name": "Robert", "last_name": "Smith", "company": acme.id, "city": "Rome"},
                         by=person.actor)  # fmt: skip
    other = create_contact({"first_name": "Bob", "last_name": "Smith", "company": acme.id, "job_title": "Chief"},
                           by=person.actor)  # fmt: skip
    candidates.refresh(SAME_PERSON, [one.id, other.id])
    return one, other


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        (Profile("Bob", "Smith", company="Acme Ltd"), Profile("Robert", "Smith", company="ACME"), 65),
        (Profile("Rob", "Smith", company="Acme"), Profile("Robert", "Smiht", company="Acme"), 55),
        (Profile("Ada", "Byron", company="Acme"), Profile("Ada", "Byrom", company="Acme"), 55),
        (Profile("Jörg", "Müller", company="X"), Profile("Joerg", "Mueller", company="X"), 75),
        (Profile("Анна", "Иванова", company="X"), Profile("Anna", "Ivanova", company="X"), 75),
        (Profile("A", "B", phones=("+442079460011",)), Profile("A", "B", phones=("020 7946 0011",)), 90),
        (Profile("", "", ("a.b+x@gmail.com",)), Profile("", "", ("ab@googlemail.com",)), 60),
    ],
)
def test_people_are_recognised(one: Profile, other: Profile, least: int) -> None:
    verdict = SAME_PERSON.judge(one, other)
    assert verdict.score >= least
    assert verdict.reasons
    assert set(SAME_PERSON.keys(one)) & set(SAME_PERSON.keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Profile("Anna", "Smith"), Profile("Anna", "Smith")),
        (Profile("Anna", "Smith", phones=("+442079460011",)), Profile("Ben", "Jones", phones=("+442079460011",))),
        (Profile("Anna", "Smith", company="A"), Profile("Ben", "Jones", company="A")),
        (Profile("Anna", "Smith", birthday="1980-01-01"), Profile("Anna", "Smith", birthday="1990-02-02")),
    ],
)
def test_people_are_told_apart(one: Profile, other: Profile) -> None:
    assert SAME_PERSON.judge(one, other).score < finding.THRESHOLD


def test_companies_are_recognised() -> None:
    assert SAME_COMPANY.judge(Business("Acme Ltd."), Business("ACME GmbH")).score >= 60
    assert SAME_COMPANY.judge(Business("Acme", "acme.example"), Business("Beta", "beta.example")).score == 0


def test_a_pair_is_found_decided_and_comes_back_when_it_changes(alice: Person, charlie: Person) -> None:
    contact = nouns.get("contact")
    with firm_context(alice.firm.id):
        one, other = twins(alice)
        pair = candidates.of_record(contact, one.id, alice.actor).get()
        assert pair.reasons[0] == "Bob and Robert are forms of one name."
        candidates.dismiss(pair.id, by=alice.actor)
        candidates.refresh(SAME_PERSON, [other.id])
        assert not candidates.of_record(contact, one.id, alice.actor).exists()
        update_contact(other.id, {"city": "Rome"}, by=alice.actor)
        candidates.refresh(SAME_PERSON, [other.id])
        assert candidates.of_record(contact, one.id, alice.actor).get().score > pair.score
        update_contact(other.id, {"first_name": "Zoe"}, by=alice.actor)
        candidates.refresh(SAME_PERSON, [other.id])
        assert not DuplicateCandidate.rows().exists()
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        candidates.one(pair.id, charlie.actor)


def test_a_key_that_too_many_share_is_passed_over(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for n in range(finding.LIMIT + 1):
            create_contact({"first_name": f"N{n}", "phone": "+442079460011"}, by=alice.actor)
        made = scanning.start_scan(nouns.get("contact"), by=alice.actor)
        with pytest.raises(Conflict):
            scanning.start_scan(nouns.get("contact"), by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        done = DuplicateScan.rows().get(pk=made.id)
        assert (done.state, done.passed_over, done.found) == ("done", 1, 0)


def test_a_search_finds_what_was_there_before(alice: Person) -> None:
    with firm_context(alice.firm.id):
        twins(alice)
        DuplicateCandidate.rows().delete()
        DuplicateKey.rows().delete()
        made = scanning.start_scan(nouns.get("contact"), by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        done = DuplicateScan.rows().get(pk=made.id)
        assert (done.state, done.read, done.found) == ("done", 2, 1)
        stopped = scanning.start_scan(nouns.get("contact"), by=alice.actor)
        assert scanning.cancel_scan(stopped.id, by=alice.actor).state == "cancelled"
    assert not scanning.advance(alice.firm.id, stopped.id)


def test_choosing_what_to_merge_with_says_at_the_field_what_is_wrong(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        theirs, _ = twins(charlie)
    with firm_context(alice.firm.id):
        one, other = twins(alice)
    client, path = alice.client(), alice.url(f"contacts/{one.id}/merge")
    assert b"<html" in client.get(path).content  # opened in a tab of its own
    dialog = client.get(path, headers=HTMX).content.decode()
    assert "<html" not in dialog and "forms of one name" in dialog
    for typed, told in (
        ("", "Choose a record."),
        ("nobody", "There is no such contact."),
        (theirs.id, "There is no such contact."),
        (one.id, "cannot be merged with itself"),
    ):
        refused = client.post(path, {"other": str(typed)}, headers=HTMX)
        assert refused.status_code == 422 and told in refused.content.decode()
    chosen = client.post(path, {"other": str(other.id)}, headers=HTMX)
    assert chosen["HX-Redirect"] == f"{path}/{other.id}"
    assert client.post(path, {"other": str(other.id)})["Location"] == f"{path}/{other.id}"
    assert client.get(f"{path}/{one.id}").status_code == 404


def test_numbers_are_shown_as_people_write_them(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada, other = (
            create_contact({"first_name": "Ada", "last_name": "Byron", "phone": "+442079460011"}, by=alice.actor)
            for _ in range(2)
        )
        candidates.refresh(SAME_PERSON, [ada.id, other.id])
    client = alice.client()
    for path in ("duplicates/", f"contacts/{ada.id}/merge", f"contacts/{ada.id}/merge/{other.id}"):
        page = client.get(alice.url(path)).content.decode()
        assert "+44 20 7946 0011" in page and ">+442079460011" not in page
    choices = client.get(alice.url(f"contacts/{ada.id}/merge/choices")).json()
    assert "+44 20 7946 0011" in choices[0]["label"]


def test_pages(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = twins(alice)
        pair = DuplicateCandidate.rows().get()
    client = alice.client()
    hint = client.get(
        alice.url("contacts/duplicates"), {"first_name": "Bob", "last_name": "Smith", "company": str(one.company_id)}
    )
    assert "Robert Smith" in hint.content.decode()
    queue = client.get(alice.url("duplicates/")).content.decode()
    assert "Bob Smith" in queue
    assert "forms of one name" in queue
    compare = alice.url(f"contacts/{one.id}/merge/{other.id}")
    page = client.get(compare).content.decode()
    assert "You can undo this for 30 days" in page
    found = client.get(alice.url(f"contacts/{one.id}/merge/choices"), {"q": "smith"}).json()
    assert str(other.id) in json.dumps(found)
    assert charlie.client().get(charlie.url(f"contacts/{one.id}/merge/{other.id}")).status_code == 404
    _merge_and_undo(alice, charlie, one, other)
    assert client.post(alice.url(f"duplicates/{pair.id}"), {"state": "dismissed"}, headers=HTMX).status_code == 204
    assert "Not duplicates" in client.get(alice.url("duplicates/?state=dismissed")).content.decode()
    assert client.get(alice.url("duplicates/"), {"state": "\x00", "score": "²"}).status_code == 200


def _merge_and_undo(alice: Person, charlie: Person, one: Contact, other: Contact) -> None:
    client, compare = alice.client(), alice.url(f"contacts/{one.id}/merge/{other.id}")
    assert client.post(compare, {"choice-first_name": "loser"}).status_code == 302
    moved = client.get(alice.url(f"contacts/{other.id}/"))
    assert (moved.status_code, moved["Location"]) == (302, alice.url(f"contacts/{one.id}/"))
    panel = client.get(alice.url(f"contacts/{one.id}/panels/duplicates-contact")).content.decode()
    assert "was merged into this" in panel
    with firm_context(alice.firm.id):
        merge = Merge.rows().get()
        assert DuplicateCandidate.rows().get().state == "merged"
    merged = alice.url("duplicates/?state=merged")
    listed = client.get(merged).content.decode()
    assert "Robert Smith" in listed and f"merges/{merge.id}/undo" in listed
    assert str(merge.id) not in charlie.client().get(charlie.url("duplicates/?state=merged")).content.decode()
    assert client.post(alice.url(f"merges/{merge.id}/undo")).status_code == 302
    assert client.get(alice.url(f"contacts/{other.id}/")).status_code == 200
    assert "Nothing was merged" in client.get(merged).content.decode()


def test_api(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = twins(alice)
    api = Api(alice)
    [pair] = api.get("duplicates").json()["data"]
    assert {pair["one"], pair["other"]} == {str(one.id), str(other.id)}
    values: dict[str, Any] = {"first_name": "Bob", "last_name": "Smith", "company": str(one.company_id)}
    assert len(api.post("duplicates/check", {"noun": "contact", "values": values}).json()["data"]) == 2
    made = api.post(f"contacts/{one.id}/merges", {"loser": str(other.id)})
    assert made.status_code == 200, made.content
    moved = api.get(f"contacts/{other.id}")
    assert moved.status_code == 302
    assert moved["Location"].endswith(f"/contacts/{one.id}")
    stranger = Api(charlie)
    assert [p["id"] for p in api.get("duplicates?state=merged").json()["data"]] == [pair["id"]]
    problem(api.post(f"duplicates/{pair['id']}/dismiss", {}), 409, "conflict")
    assert stranger.get("duplicates?state=merged").json()["data"] == []
    assert stranger.get(f"merges/{made.json()['id']}").status_code == 404
    assert stranger.post(f"merges/{made.json()['id']}/undo", {}).status_code == 404
    undone = api.post(f"merges/{made.json()['id']}/undo", {})
    assert (undone.status_code, undone.json()["kept"]) == (200, [])
    assert api.post(f"duplicates/{pair['id']}/dismiss", {}).json()["state"] == "dismissed"
    assert api.post("duplicates/scans", {"noun": "contact"}).status_code == 202


def test_what_has_no_duplicates_is_told_what_has(alice: Person) -> None:
    asked = [("GET", f"{path}?noun=task", None) for path in ("duplicates", "merges", "duplicates/scans")]
    sent = [("POST", "duplicates/check", {"noun": "zz", "values": {}}), ("POST", "duplicates/scans", {"noun": "zz"})]
    for method, path, body in (*asked, *sent):
        [wrong] = problem(Api(alice).call(method, path, body), 422, "invalid")["errors"]
        assert "noun" in (wrong.get("field"), wrong.get("parameter"))
        assert wrong["message"] == "Use one of: contact, company."
    problem(Api(alice).get("imports?noun=zz"), 422, "invalid")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_who_was_there_before_the_first_worker_is_looked_at_too(alice: Person, charlie: Person) -> None:
    for person in (alice, charlie):
        with firm_context(person.firm.id):
            acme = create_company({"name": "Acme"}, by=person.actor)
            names = ("Robert", "Bob") if person is alice else ("Robert", "Ada")
            for name in names:
                create_contact({"first_name": name, "last_name": "Smith", "company": acme.id}, by=person.actor)
    ConsumerState.objects.filter(name="duplicates").delete()
    feed()  # the first worker begins, and nobody has pressed anything
    with firm_context(alice.firm.id):
        [pair] = DuplicateCandidate.rows().filter(noun="contact")
        assert pair.state == DuplicateCandidate.State.OPEN
    with firm_context(charlie.firm.id):
        assert not DuplicateCandidate.rows().exists()


def test_what_is_typed_without_end_is_asked_of_in_part(api: Api, alice: Person) -> None:
    """A program that sends a list without end neither keeps the database busy nor fills the memory."""
    api.post("contacts", {"first_name": "Ada", "phones": [{"number": "+442079460001"}]})
    numbers = ["+442079460001", *(f"+44207947{n:04}" for n in range(1_000))]
    values = {"first_name": "Ada", "city": "x" * 90_000, "phones": numbers}
    with CaptureQueriesContext(connection) as asked:
        answer = api.post("duplicates/check", {"noun": "contact", "values": values})
    assert [found["name"] for found in answer.json()["data"]] == ["Ada"]
    assert len(asked) < 100
    person = SAME_PERSON.typed(values, alice.actor)
    assert (len(person.phones), len(person.city)) == (50, 300)
