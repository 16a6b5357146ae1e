"""Bulk actions: frozen selection, chunks, failures, cancel, going on after a crash, undo."""

from typing import Any
from unittest import mock

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.people.actions import setting
from fairlead.people.models import Contact, ContactList, ListSubscription, Tagging
from fairlead.records import bulk
from fairlead.records.actions.bulk import cancel_bulk, undo_bulk
from fairlead.records.bulk import running
from fairlead.records.models import BulkChunk, CustomField, FieldValue
from fairlead.records.public import nouns
from fairlead.tenancy.public import Actor, firm_context

from .bulk_runs import ROME, fresh, make, start, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_chunks() -> Any:
    kinds = {name: bulk.get(name, nouns.get("contact")) for name in ("tag", "set", "owner", "delete", "list-add")}
    with mock.patch.dict(bulk.verbs._verbs, {n: _with_chunk(v) for n, v in kinds.items()}):
        yield


def _with_chunk(verb: bulk.Verb) -> bulk.Verb:
    from dataclasses import replace

    return replace(verb, chunk=3)


def test_tags_a_whole_filtered_set_and_takes_exactly_that_back(alice: Person, small_chunks: None) -> None:
    vip = tag(alice, "VIP")
    with firm_context(alice.firm.id):
        contacts = make(7)
        Contact.objects.create(name="Elsewhere", city="Oslo")
        Tagging.objects.create(tag=vip, noun="contact", record_id=contacts[0].id)
    run = start(alice, "tag", {"tags": [str(vip.id)]}, criteria=ROME)
    assert (run.label, run.state) == ("Add the tag VIP", "queued")
    drain()
    run = fresh(run)
    assert (run.state, run.total, run.done, run.changed, run.failed) == ("done", 7, 7, 6, 0)
    with firm_context(alice.firm.id):
        assert BulkChunk.rows().count() == 3
        assert Tagging.rows().filter(tag=vip).count() == 7
        undo_bulk(run.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert fresh(run).state == "undone" and fresh(run).changed == 0
        assert list(Tagging.rows().filter(tag=vip).values_list("record_id", flat=True)) == [contacts[0].id]
        with pytest.raises(Conflict):
            undo_bulk(run.id, by=alice.actor)


def test_the_selection_is_frozen_when_it_starts(alice: Person, small_chunks: None) -> None:
    with firm_context(alice.firm.id):
        contacts = make(7)
    run = start(alice, "set", {"field": "city", "value": "Paris"}, criteria=ROME)
    drain()
    assert (fresh(run).changed, fresh(run).done) == (7, 7)  # though after each chunk fewer live in Rome
    with firm_context(alice.firm.id):
        Contact.rows().filter(pk=contacts[0].pk).update(city="Oslo")
        undo_bulk(run.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert sorted(Contact.rows().values_list("city", flat=True)) == ["Oslo"] + ["Rome"] * 6
        assert [f["message"] for c in BulkChunk.rows() for f in c.failures] == [
            "It was changed again since; it is left as it is."
        ]


def test_others_have_a_turn_between_two_pieces_of_a_long_run(
    alice: Person, small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairlead.jobs.turns.TURN", -1.0)  # the turn is over after each piece
    with firm_context(alice.firm.id):
        make(7)
    run = start(alice, "set", {"field": "city", "value": "Paris"}, criteria=ROME)
    assert drain() > 3
    assert (fresh(run).state, fresh(run).changed) == ("done", 7)


def test_sets_custom_fields_and_their_index(alice: Person) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
        make(2)
    run = start(alice, "set", {"field": "custom.tier", "value": "Gold"}, criteria=ROME)
    drain()
    with firm_context(alice.firm.id):
        assert [c.custom for c in Contact.rows()] == [{"tier": "Gold"}] * 2
        assert FieldValue.rows().filter(key="gold").count() == 2
        undo_bulk(run.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert [c.custom for c in Contact.rows()] == [{}] * 2
        assert not FieldValue.rows().exists()


def test_owner_lists_and_delete_come_back_too(alice: Person, bob: Person, small_chunks: None) -> None:
    with firm_context(alice.firm.id):
        ids = [c.id for c in make(4, owner=bob.membership)]
        news = ContactList.objects.create(name="News", name_norm="news")
    owner = start(alice, "owner", {"value": str(alice.membership.id)}, ids=ids)
    listed = start(alice, "list-add", {"list": str(news.id)}, ids=ids)
    drain()
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(owner=alice.membership).count() == 4
        assert ListSubscription.rows().filter(status="subscribed").count() == 4
        undo_bulk(owner.id, by=alice.actor)
        undo_bulk(listed.id, by=alice.actor)
    drain()
    deleted = start(alice, "delete", {}, ids=ids)
    drain()
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(owner=bob.membership).count() == 4
        assert not ListSubscription.rows().filter(status="subscribed").exists()
        assert Contact.rows().filter(deleted_at=None).count() == 0
        undo_bulk(deleted.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(deleted_at=None).count() == 4


def test_a_failing_record_is_reported_and_the_others_go_on(alice: Person, small_chunks: None) -> None:
    with firm_context(alice.firm.id):
        contacts = make(5)
    real = setting.set_field

    def fussy(kind: setting.Kind, values: Any, name: str, *, by: Actor) -> Any:
        if contacts[1].id in values:
            raise InvalidInput({"city": ["Not there."]})
        return real(kind, values, name, by=by)

    with mock.patch.object(setting, "set_field", fussy):
        run = start(alice, "set", {"field": "city", "value": "Paris"}, criteria=ROME)
        drain()
    assert (fresh(run).changed, fresh(run).failed) == (4, 1)
    client = alice.client()
    page = client.get(alice.url(f"bulk/{run.id}/report")).content.decode()
    assert "Not there." in page and "C1" in page
    file = client.get(alice.url(f"bulk/{run.id}/report?format=csv"))
    assert file.content.decode().splitlines() == ["id,problem", f"{contacts[1].id},city: Not there."]


def test_goes_on_where_a_killed_worker_stopped(alice: Person, small_chunks: None) -> None:
    vip = tag(alice, "VIP")
    with firm_context(alice.firm.id):
        make(7)
    run = start(alice, "tag", {"tags": [str(vip.id)]}, criteria=ROME)
    assert running.advance(alice.firm.id, run.id) and running.advance(alice.firm.id, run.id)
    assert (fresh(run).state, fresh(run).done) == ("running", 3)
    with (
        mock.patch("fairlead.people.bulk.tagging.tag_records", side_effect=RuntimeError("killed")),
        pytest.raises(RuntimeError),
    ):
        running.advance(alice.firm.id, run.id)
    assert fresh(run).done == 3  # the chunk's work and its mark went together
    drain()
    assert (fresh(run).state, fresh(run).done, fresh(run).changed) == ("done", 7, 7)


def test_stops_when_told_and_what_was_done_can_be_undone(alice: Person, small_chunks: None) -> None:
    vip = tag(alice, "VIP")
    with firm_context(alice.firm.id):
        make(7)
    run = start(alice, "tag", {"tags": [str(vip.id)]}, criteria=ROME)
    running.advance(alice.firm.id, run.id)
    running.advance(alice.firm.id, run.id)
    with firm_context(alice.firm.id):
        assert cancel_bulk(run.id, by=alice.actor).state == "cancelled"
    drain()
    assert (fresh(run).state, fresh(run).changed) == ("cancelled", 3)
    with firm_context(alice.firm.id):
        undo_bulk(run.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert fresh(run).state == "undone" and not Tagging.rows().exists()


def test_a_member_who_was_deactivated_changes_nothing_more(alice: Person, bob: Person) -> None:
    from fairlead.kernel import clock

    vip = tag(alice, "VIP")
    with firm_context(alice.firm.id):
        make(2)
    run = start(bob, "tag", {"tags": [str(vip.id)]}, criteria=ROME)
    with firm_context(alice.firm.id):
        bob.membership.deactivated_at = clock.now()
        bob.membership.save()
    drain()
    with firm_context(alice.firm.id):
        run.refresh_from_db()
        assert (run.state, Tagging.rows().exists()) == ("failed", False)
        assert "does not allow this" in run.message
