"""Setting a field of many deals: in a set, with the history that belongs to it, never across firms or roles."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.sales.actions.pipelines import update_pipeline
from fairlead.sales.actions.setting import set_deal_field
from fairlead.sales.models import CloseDateChange, Deal, DealCompany
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_an_owner_is_set_for_many_with_their_events(alice: Person, bob: Person, charlie: Person) -> None:
    making.pipeline(alice)
    making.pipeline(charlie)
    mine, other = [making.deal(alice, f"Deal {n}") for n in range(3)], making.deal(charlie)
    values = {d.pk: bob.membership.pk for d in [*mine, other]}
    with firm_context(alice.firm.pk):
        was = set_deal_field(values, "owner", by=alice.actor)
        assert was == {d.pk: None for d in mine}
        assert set(Deal.rows().values_list("owner_id", "version")) == {(bob.membership.pk, 2)}
        told = Event.rows().filter(type="deal.owner_changed")
        assert {(e.subject_id, e.data["to"], e.data["title"]) for e in told} == {
            (d.pk, "Bob Beech", d.name) for d in mine
        }
        assert Event.rows().filter(type="deal.updated").count() == 3
        assert set_deal_field(values, "owner", by=alice.actor) == {}
    with firm_context(charlie.firm.pk):
        assert Deal.rows().get().owner_id is None


def test_what_has_a_history_keeps_it(alice: Person) -> None:
    making.pipeline(alice)
    deal, kestrel = making.deal(alice, expected_close="2027-01-31"), making.company(alice)
    with firm_context(alice.firm.pk):
        assert set_deal_field({deal.pk: "2027-02-28"}, "expected_close", by=alice.actor) == {deal.pk: "2027-01-31"}
        assert CloseDateChange.rows().latest("changed_at").days == 28
        assert set_deal_field({deal.pk: str(kestrel.pk)}, "company", by=alice.actor) == {deal.pk: None}
        assert DealCompany.rows().get().company_id == kestrel.pk
        assert set_deal_field({deal.pk: "urgent"}, "priority", by=alice.actor) == {deal.pk: ""}


def test_all_or_none_and_only_where_the_role_may(alice: Person, bob: Person) -> None:
    line = making.pipeline(alice)
    deal = making.deal(alice)
    with firm_context(alice.firm.pk):
        with pytest.raises(InvalidInput):
            set_deal_field({deal.pk: "sometime"}, "priority", by=alice.actor)
        update_pipeline(line.pk, {"editable_from": "manager"}, by=alice.actor)
        with pytest.raises(Forbidden):
            set_deal_field({deal.pk: "high"}, "priority", by=bob.actor)
        assert Deal.rows().get().priority == ""
