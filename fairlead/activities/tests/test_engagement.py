"""The engagement of a contact: what was logged and bought, by kind and month."""

from datetime import timedelta

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities
from fairlead.api.tests.client import Api, problem
from fairlead.kernel import clock
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.public import engagement
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_engagement_is_counted_by_kind_and_month(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada, ben = (create_contact({"first_name": name}, by=alice.actor) for name in ("Ada", "Ben"))
        for _ in range(2):
            activities.write_note("<p>Called</p>", [("contact", ada.id)], by=alice.actor)
        update_contact(ada.id, {"lifecycle": "prospect"}, by=alice.actor)
        found = engagement.of(ada)
        notes = next(c for c in found.counted if c.measure.key == "notes")
        assert (notes.recent, notes.year, found.year, found.most) == (2, 2, 2, 2)
        assert len(found.months) == 12 and found.months[-1][1] == 2
        assert found.stage_since is not None
        assert engagement.of(ben).year == 0
        with clock.frozen(clock.now() + timedelta(days=45)):
            later = next(c for c in engagement.of(ada).counted if c.measure.key == "notes")
            assert (later.recent, later.year) == (0, 2)
    answer = Api(alice).get(f"contacts/{ada.id}/engagement").json()
    told = next(k for k in answer["kinds"] if k["key"] == "notes")
    assert (told["last_30_days"], told["last_12_months"], answer["total"]) == (2, 2, 2)
    assert [m["count"] for m in answer["months"]] == [0] * 11 + [2]
    assert answer["months"][-1]["month"] == f"{clock.now():%Y-%m}" and answer["stage_since"]
    problem(Api(charlie).get(f"contacts/{ada.id}/engagement"), 404, "not_found")
    html = alice.client().get(alice.url(f"contacts/{ada.id}/panels/engagement")).content.decode()
    assert "Prospect" in html and "12 months" in html
    assert charlie.client().get(charlie.url(f"contacts/{ada.id}/panels/engagement")).status_code == 404


def test_a_call_with_two_people_counts_for_both_and_once_however_often_it_is_edited(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada, ben = (create_contact({"first_name": name}, by=alice.actor) for name in ("Ada", "Ben"))
        about = [("contact", ada.pk), ("contact", ben.pk)]
        made = activities.log_activity("call", {}, about, by=alice.actor)
        activities.edit_activity(made.pk, {"occurred_at": clock.now() - timedelta(minutes=1)}, by=alice.actor)
        for person in (ada, ben):
            calls = next(c for c in engagement.of(person).counted if c.measure.key == "calls")
            assert (calls.recent, calls.year) == (1, 1)
