"""What a bulk action refuses, whose runs are whose, and the dialogs of a run."""

import json
from urllib.parse import urlencode

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.people.models import Contact
from fairlead.records import access, bulk
from fairlead.records.actions import saved_views
from fairlead.records.actions.bulk import start_bulk, undo_bulk
from fairlead.records.actions.saved_views import prefer
from fairlead.records.models import BulkRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

from .bulk_runs import ROME, fresh, make, start, tag

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_wrong_requests_start_nothing(alice: Person, charlie: Person) -> None:
    vip = tag(alice, "VIP")
    with firm_context(alice.firm.id):
        ids = [c.id for c in make(1)]
    for verb, params, selection in (
        ("nope", {}, {"ids": ids}),
        ("tag", {"tags": []}, {"ids": ids}),
        ("tag", {"tags": ["x"]}, {"ids": ids}),
        ("tag", {"tags": [str(vip.id)]}, {"ids": []}),
        ("tag", {"tags": [str(vip.id)]}, {"criteria": {"field": "x"}}),
        ("set", {"field": "email", "value": "x"}, {"ids": ids}),
        ("set", {"field": "country", "value": "Atlantis"}, {"ids": ids}),
        ("owner", {"value": str(charlie.membership.id)}, {"ids": ids}),
        ("list-add", {"list": "x"}, {"ids": ids}),
    ):
        with pytest.raises(InvalidInput):
            start(alice, verb, params, **selection)
    with pytest.raises(InvalidInput):
        start(charlie, "tag", {"tags": [str(vip.id)]}, ids=ids)
    with firm_context(alice.firm.id):
        assert not BulkRun.rows().exists()


def test_charlies_ids_are_nobodys(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ids = [c.id for c in make(2)]
    run = start(charlie, "delete", {}, ids=ids)
    drain()
    assert (fresh(run).total, fresh(run).changed) == (0, 0)
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(deleted_at=None).count() == 2
        with pytest.raises(NotFound):
            access.bulk_run(alice.actor, run.id)


def test_bob_does_not_see_alices_runs(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        make(1)
    run = start(alice, "delete", {}, criteria=ROME)
    for path in ("", "/report"):
        assert bob.client().get(bob.url(f"bulk/{run.id}{path or '/'}")).status_code == 404
    for verb in ("cancel", "undo"):
        assert bob.client().post(bob.url(f"bulk/{run.id}/{verb}")).status_code == 404
    assert fresh(run).state == "queued"


def test_the_dialogs_start_follow_stop_and_undo(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = [str(c.id) for c in make(3)]
    client, at = alice.client(), alice.url("records/contacts/bulk/")
    assert b"tags/choices" in client.get(f"{at}tag?count=3", headers=HTMX).content
    assert b"For 32,741 contacts." in client.get(f"{at}owner?count=32741", headers=HTMX).content
    assert b"Find a field" in client.get(f"{at}set?count=3", headers=HTMX).content
    assert b"Country becomes" in client.get(f"{at}set?field=country", headers=HTMX).content
    assert client.get(f"{at}nope").status_code == 404
    selection = json.dumps({"ids": ids[:2]})
    assert client.post(f"{at}tag", {"selection": selection}, headers=HTMX).status_code == 422
    assert client.post(f"{at}tag", {"names": "VIP", "selection": ""}, headers=HTMX).status_code == 422
    assert client.post(f"{at}tag", {"names": "VIP", "selection": '{"ids":["x"]}'}, headers=HTMX).status_code == 422
    response = client.post(f"{at}tag", {"names": "VIP", "selection": selection}, headers=HTMX)
    assert response.status_code == 200 and response["HX-Retarget"] == "#dialog-content"
    drain()
    with firm_context(alice.firm.id):
        run = BulkRun.rows().get()
    assert b"2 changed" in client.get(alice.url(f"bulk/{run.id}/")).content
    assert b"Add the tag VIP" in client.get(alice.url("bulk/")).content
    assert client.post(alice.url(f"bulk/{run.id}/undo")).status_code == 200
    drain()
    assert b"Undone" in client.get(alice.url(f"bulk/{run.id}/")).content
    everything = json.dumps({"all": True, "search": "?" + urlencode({"criteria": json.dumps(ROME)})})
    response = client.post(f"{at}set", {"field": "city", "value": "Oslo", "selection": everything}, headers=HTMX)
    assert response.status_code == 200, response.content
    drain()
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(city="Oslo").count() == 3


def test_everything_in_a_view_is_what_the_view_shows(alice: Person) -> None:
    with firm_context(alice.firm.id):
        make(2)
        make(3, city="Oslo")
        values = {"name": "Rome", "criteria": {"all": [ROME]}}
        view = saved_views.create_view(nouns.get("contact"), values, by=alice.actor)
        prefer(nouns.get("contact"), by=alice.actor, default_view=view.pk)
    for number, search in enumerate((f"?view={view.pk}", "")):  # chosen, and as the list that opens by itself
        selection = json.dumps({"all": True, "search": search})
        sent = {"field": "job_title", "value": f"Guide {number}", "selection": selection}
        address = alice.url("records/contacts/bulk/set")
        assert alice.client().post(address, sent, headers=HTMX).status_code == 200
        drain()
        with firm_context(alice.firm.id):
            assert Contact.rows().filter(job_title=f"Guide {number}").count() == 2


def test_read_only_members_get_no_verbs(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        bob.membership.role = "read_only"
        bob.membership.save()
        assert bulk.offered(nouns.get("contact"), bob.actor) == []
        with pytest.raises(Forbidden):
            start_bulk(nouns.get("contact"), "delete", {}, by=bob.actor, criteria=ROME)
    assert bob.client().get(bob.url("records/contacts/bulk/delete")).status_code == 403


def test_the_report_of_an_undo_says_what_is_left_as_it_is(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada, ben, cid = make(3)
    run = start(alice, "set", {"field": "city", "value": "Paris"}, criteria=ROME)
    drain()
    with firm_context(alice.firm.id):
        Contact.rows().filter(pk=ada.pk).update(city="Oslo")
        Contact.rows().filter(pk=ben.pk).update(deleted_at=clock.now())
        undo_bulk(run.id, by=alice.actor)
    drain()
    client, at = alice.client(), alice.url(f"bulk/{run.id}/")
    assert b"Undone, but for 2." in client.get(at).content
    report = client.get(f"{at}report").content.decode()
    assert "What is left as it is" in report and "It was changed again since" in report
    assert "Contact that you cannot see (any more)" in report and str(ben.pk) not in report
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=cid.pk).city == "Rome"
