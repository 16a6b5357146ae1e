"""Many deals at once: moved to a stage, and back as far as nobody has moved them since."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.testing import drain
from fairlead.sales.actions.moving import move_deal
from fairlead.sales.models import Deal, Pipeline
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def pipeline(alice: Person) -> Pipeline:
    return making.pipeline(alice)


@pytest.fixture
def deals(alice: Person, pipeline: Pipeline) -> list[Deal]:
    return [making.deal(alice, f"Deal {n}", pipeline=str(pipeline.pk)) for n in range(3)]


def asked(deals: list[Deal], stage: str) -> dict[str, object]:
    return {"noun": "deal", "verb": "move", "params": {"stage": stage}, "ids": [str(d.pk) for d in deals]}


def places(person: Person) -> dict[str, str]:
    with firm_context(person.firm.id):
        return dict(Deal.rows().values_list("name", "stage__name"))


def test_deals_are_moved_and_back_unless_moved_since(alice: Person, pipeline: Pipeline, deals: list[Deal]) -> None:
    first, second, third, *_ = making.stages(pipeline)
    api = Api(alice)
    run = api.post("bulk-runs", asked(deals, str(second.pk))).json()
    drain()
    assert set(places(alice).values()) == {second.name}
    with firm_context(alice.firm.id):
        move_deal(deals[2].pk, third.pk, by=alice.actor)
    api.post(f"bulk-runs/{run['id']}/undo")
    drain()
    assert places(alice) == {"Deal 0": first.name, "Deal 1": first.name, "Deal 2": third.name}


def test_only_open_stages_of_the_firm_are_taken(
    alice: Person, charlie: Person, pipeline: Pipeline, deals: list[Deal]
) -> None:
    before, (first, *_, lost) = places(alice), making.stages(pipeline)
    for person, stage in ((alice, ""), (alice, "x"), (alice, str(lost.pk)), (charlie, str(first.pk))):
        (error,) = problem(Api(person).post("bulk-runs", asked(deals, stage)), 422, "invalid")["errors"]
        assert "stage" in error["pointer"], error
    assert places(alice) == before


def test_the_dialog_offers_the_stages_by_pipeline(alice: Person, pipeline: Pipeline) -> None:
    page = alice.client().get(alice.url("records/deals/bulk/move"), headers={"HX-Request": "true"}).content.decode()
    assert f'<optgroup label="{pipeline.name}">' in page
