"""The list page of any noun: order, depth, criteria, columns, views, and what Charlie sees of it: nothing."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.ids import uuid7
from fairlead.people.models import Company, Contact, Tag, Tagging
from fairlead.records.custom import Change, index_values
from fairlead.records.models import CustomField, ListPreference, SavedView
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def names(client: Client, url: str, **query: Any) -> list[str]:
    response = client.get(f"{url}?{urlencode(query)}" if query else url, headers=HTMX)
    assert response.status_code == 200, response.content
    return re.findall(r'class="cell-name">([^<]*)<', response.content.decode())


def follow(client: Client, url: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}"[^>]*href="([^"]*)"', client.get(url, headers=HTMX).content.decode())
    return url.partition("?")[0] + found[1].replace("&amp;", "&") if found else None


@pytest.fixture
def contacts(alice: Person) -> list[Contact]:
    with firm_context(alice.firm.id):
        acme = Company.objects.create(name="Acme")
        tier = CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
        made = []
        for n in range(120):
            seen = datetime(2026, 1, 1 + n % 28, tzinfo=UTC) if n % 3 else None
            custom = {"tier": f"T{n % 7}"} if n % 2 else {}
            contact = Contact.objects.create(
                name=f"Person {n:03}", sort_key=f"person {n:03}", email_norm=f"p{n}@example.com",
                country="DE" if n % 4 else "",
                last_activity_at=seen, company=acme, owner=alice.membership, custom=custom,
            )  # fmt: skip
            index_values([tier], [Change(contact.id, {}, custom)])
            made.append(contact)
        return made


def test_a_filtered_list_follows_a_field_of_the_firm(alice: Person, contacts: list[Contact]) -> None:
    tree = json.dumps({"field": "country", "op": "is_unknown"})
    found = names(alice.client(), alice.url("contacts/"), sort="-custom.tier", criteria=tree)
    assert len(found) == 30 and set(found) == {f"Person {n:03}" for n in range(0, 120, 4)}


@pytest.mark.parametrize(
    "sort", ["name", "-name", "last_activity_at", "-last_activity_at", "custom.tier", "-custom.tier"]
)
def test_every_order_shows_each_row_once_there_and_back(alice: Person, contacts: list[Contact], sort: str) -> None:
    client, url = alice.client(), alice.url("contacts/") + f"?sort={sort}"
    pages, at = [], url
    while at:
        pages.append(names(client, at))
        at = follow(client, at, "next")
    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({name for page in pages for name in page}) == 120
    back = follow(client, url, "next")
    assert back is not None
    previous = follow(client, back, "prev")
    assert previous is not None and names(client, previous) == pages[0]
    with firm_context(alice.firm.id):
        rows = {c.name: c for c in Contact.rows()}
    values = [_value(rows[name], sort.removeprefix("-")) for page in pages for name in page]
    known = [v for v in values if v is not None]
    assert known == sorted(known, reverse=sort.startswith("-"))
    assert values[len(known) :] == [None] * (120 - len(known))  # unknown comes last in both directions


def _value(contact: Contact, name: str) -> Any:
    return contact.custom.get("tier") if name == "custom.tier" else getattr(contact, name)


def test_quick_search_criteria_and_count_agree(alice: Person, contacts: list[Contact]) -> None:
    client, url = alice.client(), alice.url("contacts/")
    tree = json.dumps({"field": "custom.tier", "op": "is", "value": "t3"})
    assert names(client, url, q="Person 00") == [f"Person 00{n}" for n in range(10)]
    assert names(client, url, q="P11@") == ["Person 011"]
    found = names(client, url, criteria=tree, q="person 0")
    assert found and all(int(name[-3:]) % 7 == 3 for name in found)
    count = client.get(alice.url(f"records/contacts/count?{urlencode({'criteria': tree, 'q': 'person 0'})}"))
    assert count.content.decode() == str(len(found))


def test_the_number_of_queries_is_constant(alice: Person, contacts: list[Contact]) -> None:
    client = alice.client()
    columns = "name,company,owner,tag,list,custom.tier,country,last_activity_at"
    counts = []
    for part in ("person 001", "person 00", "person"):
        tree = urlencode({"criteria": json.dumps({"field": "name", "op": "contains", "value": part})})
        url = alice.url(f"contacts/?columns={columns}&{tree}")
        client.get(url, headers=HTMX)
        with CaptureQueriesContext(connection) as queries:
            client.get(url, headers=HTMX)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 20


def test_columns_show_their_values(alice: Person) -> None:
    with firm_context(alice.firm.id):
        options = [{"value": "g", "label": "Gold", "color": "amber"}]
        for key, kind in (
            ("tier", "dropdown"),
            ("fee", "money"),
            ("due", "date"),
            ("seen", "datetime"),
            ("vip", "boolean"),
        ):
            CustomField.objects.create(noun="contact", key=key, label=key, kind=kind, options=options)
        acme = Company.objects.create(name="Acme <b>")
        custom = {"tier": "g", "fee": {"amount": 123450, "currency": "EUR"}, "due": "2026-03-01",
                  "seen": "2026-03-01T10:00:00Z", "vip": True}  # fmt: skip
        ann = Contact.objects.create(name="Ann", company=acme, owner=alice.membership, country="FR", custom=custom)
        Tagging.objects.create(tag=Tag.objects.create(name="VIP", name_norm="vip"), noun="contact", record_id=ann.id)
    columns = "company,owner,country,tag,lifecycle,custom.tier,custom.fee,custom.due,custom.seen,custom.vip"
    html = alice.client().get(alice.url(f"contacts/?columns={columns}"), headers=HTMX).content.decode()
    for part in ("Acme &lt;b&gt;", "Alice Ash", "France", "VIP", "Lead", "Gold", "1,234.50 EUR", "1 Mar 2026"):
        assert part in html


def test_wrong_criteria_and_cursors_are_shown_not_raised(alice: Person) -> None:
    client, url = alice.client(), alice.url("contacts/")
    for criteria in ('{"all":[{"field":"x","op":"is"}]}', "{", "[]"):
        response = client.get(f"{url}?{urlencode({'criteria': criteria})}", headers=HTMX)
        assert response.status_code == 422 and b"This filter cannot be run" in response.content
        assert client.get(alice.url(f"records/contacts/count?{urlencode({'criteria': criteria})}")).content == b""
    for query in ("after=abc", "after=%00", "sort=nope", "sort=custom.nope", "sort=custom.x&after=abc"):
        assert client.get(f"{url}?{query}", headers=HTMX).status_code == 422


@pytest.mark.parametrize("place", ["after=zzz", "before=zzz", "after=%00", "after=bnVsbA"])
def test_a_broken_place_in_a_list_is_told_in_plain_words_and_its_beginning_offered(alice: Person, place: str) -> None:
    response = alice.client().get(alice.url(f"contacts/?q=ada&sort=-name&{place}"))
    html = response.content.decode()
    assert response.status_code == 422 and "The address of this page was cut" in html and "cursor" not in html
    assert f'href="{alice.url("contacts/")}?q=ada&amp;sort=-name">Go to the first page' in html


def test_an_order_that_a_list_has_not_is_told_and_the_usual_one_offered(alice: Person) -> None:
    html = alice.client().get(alice.url("contacts/?q=ada&sort=nope&after=zzz")).content.decode()
    assert "This list cannot be ordered by" in html
    assert f'href="{alice.url("contacts/")}?q=ada">Show it in its usual order' in html


def test_a_view_is_saved_shown_changed_and_deleted(alice: Person, contacts: list[Contact]) -> None:
    client = alice.client()
    tree = {"all": [{"field": "country", "op": "in", "value": ["DE"]}]}
    shown = {"sort": "-name", "columns": "name,country", "q": ""}
    body = {"name": "Germans", "scope": "firm", "criteria": json.dumps(tree), "default": "on", **shown}
    new = alice.url("records/contacts/views/new")
    assert client.get(f"{new}?sort=-name", headers=HTMX).status_code == 200
    assert client.post(new, {**body, "name": ""}, headers=HTMX).status_code == 422
    assert client.post(new, {**body, "criteria": '{"all": [{"field": "x"}]}'}, headers=HTMX).status_code == 422
    response = client.post(new, body, headers=HTMX)
    assert response.status_code == 204, response.content
    with firm_context(alice.firm.id):
        view = SavedView.rows().get()
        assert (view.criteria, view.columns) == (tree, ["name", "country"])
    assert names(client, alice.url("contacts/"))[0] == "Person 119"  # the default view
    assert names(client, alice.url("contacts/"), view="all")[0] == "Person 000"
    assert len(names(client, alice.url("contacts/"), view=view.id)) == 50
    edit = alice.url(f"views/{view.id}/")
    assert b"Germans" in client.get(edit, headers=HTMX).content
    changed = {"name": "Deutsche", "scope": "private", "position": "3"}
    assert client.post(edit, changed, headers=HTMX).status_code == 204
    assert client.post(edit, {**changed, "name": "x" * 81}, headers=HTMX).status_code == 422
    with firm_context(alice.firm.id):
        view.refresh_from_db()
        assert (view.name, view.scope) == ("Deutsche", "private")
        assert ListPreference.rows().get().default_view is None
    assert client.post(alice.url(f"views/{view.id}/delete"), headers=HTMX).status_code == 204
    with firm_context(alice.firm.id):
        assert not SavedView.rows().exists()


def test_a_view_takes_along_the_columns_that_are_a_habit(alice: Person, contacts: list[Contact]) -> None:
    client, new = alice.client(), alice.url("records/contacts/views/new")
    client.post(alice.url("records/contacts/columns"), {"columns": "name,country"})
    assert b'value="name,country"' in client.get(new, headers=HTMX).content
    assert b'value="name,city"' in client.get(f"{new}?columns=name,city", headers=HTMX).content


def test_a_view_outlives_the_field_that_orders_it(alice: Person, contacts: list[Contact]) -> None:
    with firm_context(alice.firm.id):
        view = SavedView.objects.create(
            noun="contact", name="By tier", owner=alice.membership, sort="-custom.tier", columns=["name", "custom.tier"]
        )
        ListPreference.objects.create(membership=alice.membership, noun="contact", default_view=view)
        CustomField.rows().update(archived_at=datetime(2026, 3, 1, tzinfo=UTC))
    client, plain = alice.client(), names(alice.client(), alice.url("contacts/"), view="all")
    assert names(client, alice.url("contacts/"), view=view.id) == names(client, alice.url("contacts/")) == plain
    assert client.get(alice.url("contacts/?sort=custom.tier"), headers=HTMX).status_code == 422


def test_bob_sees_shared_views_and_may_not_change_them(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        common = {"noun": "contact", "owner": alice.membership}
        shared = SavedView.objects.create(name="Shared", scope="firm", **common)
        private = SavedView.objects.create(name="Secret", scope="private", **common)
    page = bob.client().get(bob.url("contacts/")).content.decode()
    assert "Shared" in page and "Secret" not in page and "not shared with you" not in page
    for gone in (private.id, uuid4()):
        assert "not shared with you" in bob.client().get(bob.url(f"contacts/?view={gone}")).content.decode()
    for there in (shared.id, "all", ""):
        assert "not shared with you" not in bob.client().get(bob.url(f"contacts/?view={there}")).content.decode()
    assert bob.client().get(bob.url(f"views/{private.id}/")).status_code == 404
    assert bob.client().post(bob.url(f"views/{shared.id}/delete")).status_code == 403
    assert charlie.client().get(charlie.url(f"views/{shared.id}/")).status_code == 404
    assert charlie.client().post(charlie.url(f"views/{shared.id}/delete")).status_code == 404
    assert "Shared" not in charlie.client().get(charlie.url("contacts/")).content.decode()


def test_team_views_are_for_the_team(alice: Person, bob: Person) -> None:
    from fairlead.accounts.models import Team, TeamMembership
    from fairlead.kernel.errors import InvalidInput
    from fairlead.records.actions.saved_views import create_view
    from fairlead.records.public import nouns

    with firm_context(alice.firm.id):
        team = Team.objects.create(name="Sales")
        TeamMembership.objects.create(team=team, membership=alice.membership)
        values = {"name": "Hot leads", "scope": "team", "team": str(team.id)}
        create_view(nouns.get("contact"), values, by=alice.actor)
        for wrong in ({**values, "team": None}, {**values, "scope": "x"}, {**values, "sort": "x"}, {"nope": 1}):
            with pytest.raises(InvalidInput):
                create_view(nouns.get("contact"), wrong, by=alice.actor)
        with pytest.raises(InvalidInput):
            create_view(nouns.get("contact"), values, by=bob.actor)
    dialog = alice.client().get(alice.url("records/contacts/views/new"), headers=HTMX).content.decode()
    assert '<select name="team"' in dialog and f'<option value="{team.id}">Sales' in dialog
    assert '<option value="">' not in dialog.partition('name="team"')[2].partition("</select>")[0]  # there is but one
    assert "Hot leads" not in bob.client().get(bob.url("contacts/")).content.decode()
    with firm_context(alice.firm.id):
        TeamMembership.objects.create(team=team, membership=bob.membership)
    assert "Hot leads" in bob.client().get(bob.url("contacts/")).content.decode()


def test_columns_are_remembered(alice: Person, contacts: list[Contact]) -> None:
    client = alice.client()
    posted = client.post(alice.url("records/contacts/columns"), {"columns": "name,custom.tier,nope"})
    assert posted.status_code == 204
    html = client.get(alice.url("contacts/"), headers=HTMX).content.decode()
    assert "Tier" in html and "Email" not in re.findall(r"<thead>.*</thead>", html, re.S)[0]


def test_the_catalogue_and_an_explanation_are_json(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ann = Contact.objects.create(name="Ann", city="Rome")
    client = alice.client()
    assert client.get(alice.url("records/contacts/fields.json")).json()["fields"]
    tree = urlencode({"criteria": json.dumps({"field": "city", "op": "is", "value": "rome"})})
    found = client.get(alice.url(f"records/contacts/{ann.id}/explain?{tree}")).json()
    assert found == {"path": "", "text": "City is rome", "holds": True}
    assert charlie.client().get(charlie.url(f"records/contacts/{ann.id}/explain?{tree}")).status_code == 404
    assert client.get(alice.url(f"records/contacts/{uuid7()}/explain")).status_code == 404
    assert client.get(alice.url("records/dragons/fields.json")).status_code == 404


def test_a_member_sees_only_what_visibility_allows(alice: Person, bob: Person, contacts: list[Contact]) -> None:
    alice.firm.visibility = Visibility.OWNER
    alice.firm.save()
    assert names(bob.client(), bob.url("contacts/")) == []
    assert bob.client().get(bob.url("records/contacts/count")).content == b"0"


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 900 + "]" * 900, '{"field": "\\ud800"}'], ids=range(3))
def test_criteria_that_cannot_be_read_are_refused_not_a_crash(alice: Person, text: str) -> None:
    query = urlencode({"criteria": text})
    assert alice.client().get(f"{alice.url('contacts/')}?{query}").status_code == 422
    assert alice.client().get(f"{alice.url('records/contacts/count')}?{query}").content == b""
