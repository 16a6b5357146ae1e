"""The audit page: filters, pages, export."""

import csv
import io

import pytest
from django.test import Client

from fairlead.accounts import audit
from fairlead.accounts.actions import teams
from fairlead.accounts.actions.keys import create_key
from fairlead.accounts.actions.members import deactivate_member
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.events.public import Event, registered
from fairlead.kernel.spreadsheets import safe_cell
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
URL = "/f/alder/settings/audit/"


@pytest.fixture
def busy(alice: Person, bob: Person, charlie: Person) -> Person:
    """Alice made 120 teams, one with a name that a spreadsheet would run; Charlie made one of his own."""
    with firm_context(alice.firm.id):
        for number in range(119):
            teams.create_team({"name": f"Team {number:03}"}, by=alice.actor)
        teams.create_team({"name": "=cmd|' /C calc'!A0"}, by=alice.actor)
    with firm_context(charlie.firm.id):
        teams.create_team({"name": "Hidden"}, by=charlie.actor)
    return alice


def test_pages_follow_each_other_without_gap_or_repetition(busy: Person) -> None:
    with firm_context(busy.firm.id):
        seen, after, firsts = [], "", []
        while True:
            page = audit.page(audit.AuditFilter(), by=busy.actor, firm=busy.firm, after=after)
            seen += [line.event.id for line in page.lines]
            firsts.append(page.lines[0].event.id)
            if not page.older:
                break
            after = page.older
        assert (len(seen), len(set(seen)), len(firsts)) == (120, 120, 3)
        back = audit.page(audit.AuditFilter(), by=busy.actor, firm=busy.firm, before=page.newer)
        assert back.lines[0].event.id == firsts[1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("type=team.created", 50),
        ("type=firm.created", 0),
        ("noun=team", 50),
        ("sensitive=1", 0),
        ("ip=192.0.2.1", 0),
        ("since=2999-01-01", 0),
        ("until=2000-01-01", 0),
        ("until=9999-12-31", 50),
        ("since=0001-01-01&until=9999-12-31&noun=team&type=team.created&ip=", 50),
        ("type=%00team.created", 50),
        ("ip=%00192.0.2.1", 0),
        ("items=ab", 50),  # what is no filter is no filter
    ],
)
def test_filters_narrow(busy: Person, query: str, count: int) -> None:
    page = busy.client().get(f"{URL}?{query}").content.decode()
    assert page.count('<td data-label="When"') == count


def test_the_actor_filters(busy: Person, bob: Person) -> None:
    assert b"Nothing matches" in busy.client().get(f"{URL}?actor={bob.membership.id}").content
    assert b"Team 118" in busy.client().get(f"{URL}?actor={busy.membership.id}").content


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=someday", "Enter a date such as"),
        ("actor=bob", "Choose one of the members."),
        ("ip=nowhere", "Enter an address such as"),
        ("since=2027-02-02&until=2027-02-01", "This day is before"),
        ("after=nonsense", "Begin with the newest"),
    ],
)
def test_a_wrong_filter_is_said(busy: Person, query: str, said: str) -> None:
    answer = busy.client().get(f"{URL}?{query}&type=team.created")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert '<option value="team.created" selected>' in answer.content.decode()  # the rest of the choice is kept


def test_every_noun_offered_finds_what_is_called_after_it(busy: Person) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": busy.user.email, "password": PASSWORD})
    page = client.get(f"{URL}?noun=login").content.decode()
    assert page.count('<td data-label="When"') == 1  # a log-in happens to a member, and is called a log-in
    assert '<option value="recovery_codes">Recovery codes</option>' in page


def test_details_are_said_in_words(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
    page = alice.client().get(f"{URL}?type=member.deactivated").content.decode()
    assert "<dt>Handed over</dt>" in page
    assert "assignment rules: 0" in page
    assert "{&#x27;" not in page


def test_the_api_filters_alike(busy: Person) -> None:
    with firm_context(busy.firm.id):
        _, key = create_key({"name": "Audit"}, by=busy.actor)
    headers = {"authorization": f"Bearer {key}"}
    for query, count in (("until=9999-12-31&noun=team&limit=200", 120), ("noun=key", 1)):
        answer = Client().get(f"/api/v1/audit?{query}", headers=headers)
        assert (answer.status_code, len(answer.json()["data"])) == (200, count)


def test_the_export_is_whole_harmless_and_audited(busy: Person, bob: Person) -> None:
    answer = busy.client().post(f"{URL}export/", {"noun": "team"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 121
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row)
    assert "Hidden" not in str(rows)
    with firm_context(busy.firm.id):
        assert Event.rows().get(type="audit.exported").data == {"filter": {"noun": "team"}}
    assert busy.client().get(f"{URL}export/").status_code == 405
    assert bob.client().post(f"{URL}export/").status_code == 403


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-2+3", "'-2+3"),
        ("+4915112345", "+4915112345"),
        ("+41", "'+41"),
        (" =1", "' =1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\t=1", "'\t=1"),
        ("-5", "'-5"),
        ("a=b", "a=b"),
        (5, 5),
    ],
)
def test_cells(given: object, safe: object) -> None:
    assert safe_cell(given) == safe


def test_no_two_kinds_of_events_are_offered_under_one_name() -> None:
    labels = [kind.label for kind in registered()]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("name", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_name_that_reads_like_the_end_of_the_calendar_breaks_no_page(alice: Person, name: str) -> None:
    with firm_context(alice.firm.id):
        teams.create_team({"name": name}, by=alice.actor)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        alice.user.time_zone = zone
        alice.user.save()
        assert alice.client().get(URL).status_code == 200
