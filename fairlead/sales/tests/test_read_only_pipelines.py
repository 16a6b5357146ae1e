"""A pipeline that a role may only look at: none of its deals is changed through any door."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.kernel.errors import Forbidden
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.models import Tagging
from fairlead.sales.actions import deals, pipelines
from fairlead.sales.models import Deal
from fairlead.sales.tests import making
from fairlead.tenancy.public import Actor, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(alice: Person) -> Deal:
    """A deal with the tag VIP in a pipeline that only administrators change."""
    pipeline, made = making.pipeline(alice), making.deal(alice)
    with firm_context(alice.firm.id):
        tag_records("deal", [made.pk], names=["VIP"], by=alice.actor)
        pipelines.update_pipeline(pipeline.pk, {"editable_from": "admin"}, by=alice.actor)
    return made


DOORS: dict[str, Callable[[UUID, Actor], Any]] = {
    "deleting": lambda pk, by: deals.delete_deals([pk], by=by),
    "tagging": lambda pk, by: tag_records("deal", [pk], names=["Fair"], by=by),
    "untagging": lambda pk, by: untag_records("deal", [pk], names=["VIP"], by=by),
}


@pytest.mark.parametrize("door", DOORS)
def test_who_may_only_look_is_refused(alice: Person, bob: Person, deal: Deal, door: str) -> None:
    with firm_context(alice.firm.id):
        with pytest.raises(Forbidden, match="not change them"):
            DOORS[door](deal.pk, bob.actor)
        assert Deal.rows().get().deleted_at is None
        assert list(Tagging.rows().values_list("tag__name", flat=True)) == ["VIP"]
        assert DOORS[door](deal.pk, alice.actor) == 1


def test_what_somebody_else_deleted_is_not_restored_either(alice: Person, bob: Person, deal: Deal) -> None:
    with firm_context(alice.firm.id):
        deals.delete_deals([deal.pk], by=alice.actor)
        with pytest.raises(Forbidden):
            deals.restore_deals([deal.pk], by=bob.actor)
    assert Api(bob).delete(f"deals/{deal.pk}").status_code == 404
    with firm_context(alice.firm.id):
        assert deals.restore_deals([deal.pk], by=alice.actor) == 1
    assert Api(bob).delete(f"deals/{deal.pk}").status_code == 403
    assert Api(bob).post(f"deals/{deal.pk}/tag", {"names": ["Fair"]}).status_code == 403


def test_charlie_finds_nothing_to_delete(charlie: Person, deal: Deal) -> None:
    with firm_context(charlie.firm.id):
        assert deals.delete_deals([deal.pk], by=charlie.actor) == 0
        assert tag_records("deal", [deal.pk], names=["Fair"], by=charlie.actor) == 0
