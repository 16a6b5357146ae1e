"""Deleting stages and archiving pipelines of many deals: in the background, with the same end as at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.models import Errand
from fairlead.accounts.public import errands
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.sales import tallies
from fairlead.sales.actions import deals, moving, outcomes, stage_ends, stages
from fairlead.sales.models import Deal, Pipeline, Stage, StageStay, StayTally
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than two deals are many, and move two by two."""
    monkeypatch.setattr(stage_ends, "AT_ONCE", 2)
    monkeypatch.setattr(stage_ends, "PIECE", 2)


@pytest.fixture
def line(alice: Person) -> list[Stage]:
    """The stages of a pipeline, the first of which holds five deals."""
    found = making.stages(making.pipeline(alice))
    for name in "ABCDE":
        making.deal(alice, name, stage=found[0].pk)
    return found


def step(person: Person) -> None:
    """Do one piece of the errand that goes on, as the worker does."""
    with firm_context(person.firm.id):
        errand = Errand.rows().get(state=Errand.State.RUNNING)
    errands.advance(person.firm.id, errand.pk)


def names(stage: Stage) -> str:
    with firm_context(stage.firm_id):
        return "".join(Deal.rows().filter(stage=stage, deleted_at=None).order_by("name").values_list("name", flat=True))


def is_in_use(row: Stage | Pipeline) -> bool:
    with firm_context(row.firm_id):
        return bool(type(row).rows().get(pk=row.pk).archived_at is None)


def sums() -> list[Any]:
    """Return what is summed of stays, one row each."""
    tallies.compact()
    return sorted(map(str, StayTally.rows().values_list("day", "stage_id", "owner_id", *tallies.SUMS)))


def test_a_deletion_goes_on_and_ends_as_at_once(alice: Person, line: list[Stage]) -> None:
    first, second, *_ = line
    with firm_context(alice.firm.id):
        deals.delete_deals([Deal.rows().get(name="E").pk], by=alice.actor)
        assert stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor) == 0
        errand = Errand.rows().get()
        assert (errand.kind, errand.total, errand.label) == ("stage.delete", 4, f"Delete the stage {first.name}")
    assert (names(first), names(second)) == ("ABCD", "")
    step(alice)
    assert (names(first), names(second), is_in_use(first)) == ("CD", "AB", True)
    drain()
    assert (names(first), names(second), is_in_use(first)) == ("", "ABCD", False)
    with firm_context(alice.firm.id):
        told = Event.rows().get(type="stage.deleted")
        assert (told.data["moved"], told.actor_id, told.actor_label) == (4, alice.membership.id, "Alice Ash")
        moves = Event.rows().filter(type="deal.moved", actor_label="Alice Ash")
        assert sorted(e.data["title"] for e in moves) == list("ABCD")
        errand.refresh_from_db()
        assert (errand.state, errand.done) == ("done", 4)
        stays = StageStay.rows().filter(left_at=None, stage=second)
        assert set(stays.values_list("moved_by_id", "from_stage")) == {(alice.membership.id, first.pk)}
        kept = sums()
        tallies.recount()
        assert sums() == kept
        deals.restore_deals([Deal.rows().get(name="E").pk], by=alice.actor)
    assert names(second) == "ABCDE", "out of the bin into the first stage there is"


def test_what_comes_into_it_meanwhile_moves_on_too(alice: Person, bob: Person, line: list[Stage]) -> None:
    first, second, third, *_ = line
    late = making.deal(bob, "L", stage=third.pk)
    with firm_context(alice.firm.id):
        stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor)
    step(alice)
    with firm_context(alice.firm.id):
        moving.move_deal(late.pk, first.pk, by=bob.actor)
        outcomes.win_deal(Deal.rows().get(name="E").pk, by=bob.actor)
    making.deal(bob, "N", stage=first.pk)
    drain()
    assert (names(first), names(second), is_in_use(first)) == ("", "ABCDLN", False)
    with firm_context(alice.firm.id):
        assert Errand.rows().get().done == Event.rows().get(type="stage.deleted").data["moved"] == 6


def test_a_pipeline_is_archived_when_its_last_deal_has_moved(alice: Person, line: list[Stage]) -> None:
    there = making.stages(making.pipeline(alice, name="Other"))
    second = making.deal(alice, "S", stage=line[1].pk)
    with firm_context(alice.firm.id):
        old = line[0].pipeline
        with pytest.raises(InvalidInput, match="another pipeline"):
            stage_ends.archive_pipeline(old.pk, move_to=line[1].pk, by=alice.actor)
        assert stage_ends.archive_pipeline(old.pk, move_to=there[1].pk, by=alice.actor).archived_at is None
    step(alice)
    assert (is_in_use(old), len(names(there[1]))) == (True, 2)
    drain()
    assert (is_in_use(old), names(there[1])) == (False, "ABCDES")
    with firm_context(alice.firm.id):
        found = Pipeline.rows().get(pk=old.pk)
        assert (found.version, found.archived_by_id) == (old.version + 1, alice.membership.id)
        assert Event.rows().get(type="pipeline.archived").actor_label == "Alice Ash"
        exits = StageStay.rows().filter(deal__in=[second.pk], left_at__isnull=False)
        assert [stay.exit for stay in exits] == ["elsewhere"]


def test_where_deals_go_stays_until_they_are_there(alice: Person, line: list[Stage]) -> None:
    first, second, third, *_ = line
    other = making.stages(making.pipeline(alice, name="Other"))
    delete: Callable[..., Any] = stage_ends.delete_stage
    with firm_context(alice.firm.id):
        delete(first.pk, move_to=second.pk, by=alice.actor)
        for attempt in (
            lambda: delete(first.pk, move_to=third.pk, by=alice.actor),
            lambda: delete(second.pk, move_to=third.pk, by=alice.actor),
            lambda: stage_ends.archive_pipeline(first.pipeline_id, move_to=other[0].pk, by=alice.actor),
        ):
            with pytest.raises(Conflict, match=f"“Delete the stage {first.name}” goes on"):
                attempt()
        with pytest.raises(InvalidInput, match="Choose a stage that stays"):
            delete(third.pk, move_to=first.pk, by=alice.actor)
        assert delete(third.pk, by=alice.actor) == 0 and not is_in_use(third), "which has nothing to do with it"
    drain()
    assert names(second) == "ABCDE"


def test_a_pipeline_into_which_deals_move_is_not_archived(alice: Person, line: list[Stage]) -> None:
    there = making.stages(making.pipeline(alice, name="Other"))
    with firm_context(alice.firm.id):
        stage_ends.archive_pipeline(line[0].pipeline_id, move_to=there[0].pk, by=alice.actor)
        for going in (there[0].pipeline_id, line[0].pipeline_id):
            with pytest.raises(Conflict, match="Archive the pipeline"):
                stage_ends.archive_pipeline(going, by=alice.actor)
        with pytest.raises(Conflict, match="Archive the pipeline"):
            stage_ends.delete_stage(line[1].pk, by=alice.actor)
        with pytest.raises(InvalidInput, match="Choose a stage that stays"):
            stage_ends.delete_stage(there[1].pk, move_to=line[1].pk, by=alice.actor)


def test_who_stops_it_keeps_what_is_left(alice: Person, line: list[Stage]) -> None:
    first, second, third, *_ = line
    with firm_context(alice.firm.id):
        stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor)
    step(alice)
    with firm_context(alice.firm.id):
        errands.stop_errand(Errand.rows().get().pk, by=alice.actor)
    drain()
    assert (names(first), names(second), is_in_use(first)) == ("CDE", "AB", True)
    with firm_context(alice.firm.id):
        stage_ends.delete_stage(first.pk, move_to=third.pk, by=alice.actor)
    drain()
    assert (names(second), names(third), is_in_use(first)) == ("AB", "CDE", False)


def test_what_the_stage_needs_is_asked_first(alice: Person, line: list[Stage]) -> None:
    first, second, *_ = line
    with firm_context(alice.firm.id):
        stages.update_stage(second.pk, {"required_fields": ["value"]}, by=alice.actor)
        Deal.rows().exclude(name="D").update(value=100)
        with pytest.raises(InvalidInput, match="value") as refused:
            stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor)
        assert refused.value.code == "required_fields" and not Errand.rows().exists()
        Deal.rows().update(value=100)
        stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor)
    step(alice)
    with firm_context(alice.firm.id):
        stages.update_stage(second.pk, {"required_fields": ["expected_close"]}, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        errand = Errand.rows().get()
        assert errand.state == "failed" and errand.done == 2 and "expected close" in errand.message
    assert (names(first), names(second), is_in_use(first)) == ("CDE", "AB", True)


def test_who_may_not_set_up_pipelines_neither_begins_nor_stops_it(
    alice: Person, bob: Person, charlie: Person, line: list[Stage]
) -> None:
    first, second, *_ = line
    with firm_context(alice.firm.id):
        with pytest.raises(Forbidden):
            stage_ends.delete_stage(first.pk, move_to=second.pk, by=bob.actor)
        stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor)
        errand = Errand.rows().get()
        with pytest.raises(NotFound):
            errands.stop_errand(errand.pk, by=bob.actor)
    for stranger in (bob, charlie):
        problem(Api(stranger).post(f"errands/{errand.pk}/cancel"), 404, "not_found")
    his = making.stages(making.pipeline(charlie))[0]
    other = making.stages(making.pipeline(alice, name="Other"))
    late = making.deal(alice, "L", stage=other[0].pk)
    with firm_context(alice.firm.id), pytest.raises(NotFound):
        stage_ends.delete_stage(late.stage_id, move_to=his.pk, by=alice.actor)
    assert Api(charlie).get("errands").json()["data"] == []
    drain()
    assert names(second) == "ABCDE" and is_in_use(his)


def test_pages_and_api_say_how_far_it_is(alice: Person, bob: Person, line: list[Stage]) -> None:
    first, second, *_ = line
    api, at = Api(alice), f"settings/pipelines/{first.pipeline_id}/"
    delete = alice.url(f"{at}stages/{first.pk}/delete")
    client = alice.client()
    answer = client.post(delete, {"move_to": str(second.pk)}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    errand = api.get(f"stages/{first.pk}").json()["errand"]
    assert (api.get(f"errands/{errand}").json()["kind"], api.get(f"errands/{errand}").json()["total"]) == (
        "stage.delete", 5,
    )  # fmt: skip
    listed = {s["id"]: s["errand"] for s in api.get(f"pipelines/{first.pipeline_id}/stages").json()["data"]}
    assert listed[str(first.pk)] == errand and listed[str(second.pk)] is None
    page = client.get(alice.url(at)).content.decode()
    assert f"{first.name} is being deleted, deal by deal." in page
    assert f"errands/{errand}/stop/" in page and f"stages/{first.pk}/delete" not in page
    assert f"stages/{second.pk}/delete" in page
    assert f"Delete the stage {first.name}" in bob.page(at) and "/stop/" not in bob.page(at)
    step(alice)
    assert "2 of 5" in " ".join(alice.page(at).split())
    assert api.post(f"errands/{errand}/cancel").json()["done"] == 2
    assert api.get(f"stages/{first.pk}").json()["errand"] is None


def test_an_archiving_is_told_on_pages_and_over_the_api(alice: Person, line: list[Stage]) -> None:
    there = making.stages(making.pipeline(alice, name="Other"))
    api, pipeline = Api(alice), line[0].pipeline_id
    answer = api.post(f"pipelines/{pipeline}/archivings", {"move_to": str(there[0].pk)})
    errand = UUID(answer.json()["errand"])
    assert answer.json()["archived_at"] is None and api.get(f"pipelines/{pipeline}").json()["errand"] == str(errand)
    assert {p["errand"] for p in api.get("pipelines").json()["data"]} == {str(errand), None}
    for page in (alice.page("settings/pipelines/"), alice.page(f"settings/pipelines/{pipeline}/")):
        assert "Archive the pipeline" in page and f"errands/{errand}/stop/" in page
    assert f"{pipeline}/archive" not in alice.page(f"settings/pipelines/{pipeline}/")
    drain()
    assert api.get(f"pipelines/{pipeline}").json()["archived_at"] and names(there[0]) == "ABCDE"
