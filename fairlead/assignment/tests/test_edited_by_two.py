"""The forms of this room while a colleague changes the same thing: who saves second is told, and nothing is lost."""

import json

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.assignment.actions import availability, rules, territories
from fairlead.assignment.models import Capacity, Rule, RuleTaker, Territory
from fairlead.assignment.tests.making import BERLIN, rule, territory
from fairlead.shell.tests.carried import Opened, edited_by_two
from fairlead.tenancy.public import firm_context
from tests.together import meet

pytestmark = pytest.mark.django_db
HOME = "settings/assignment/"
ROME = {"all": [{"field": "city", "op": "is", "value": "Rome"}]}


def test_the_conditions_of_a_rule(alice: Person, bob: Person) -> None:
    made = rule(alice, bob, name="Near", criteria=BERLIN)
    hers = Opened.at(alice.client(), alice.url(f"{HOME}rules/{made.pk}/"))
    other = {"all": [{"any": [*ROME["all"], *BERLIN["all"]]}]}
    edited_by_two(
        hers, alice.inside(lambda: rules.update_rule(made.pk, {"criteria": ROME}, by=alice.actor)), "is Rome",
        alice.inside(lambda: (Rule.rows().get().name, Rule.rows().get().criteria)),
        ("Near", ROME), ("Nearer", other), name="Nearer", criteria=json.dumps(other),
    )  # fmt: skip


def test_the_people_of_a_rule(alice: Person, bob: Person) -> None:
    made = rule(alice, bob)
    hers = Opened.at(alice.client(), alice.url(f"{HOME}rules/{made.pk}/"))
    more = {"members": [{"member": str(p.membership.pk), "share": 1} for p in (alice, bob)]}
    edited_by_two(
        hers, alice.inside(lambda: rules.update_rule(made.pk, more, by=alice.actor)), "Alice Ash",
        alice.inside(lambda: (Rule.rows().get().name, RuleTaker.rows().count())),
        ("Everybody", 2), ("Bobs", 1), name="Bobs",
    )  # fmt: skip


def test_the_shares_of_a_rule(alice: Person, bob: Person) -> None:
    made, people = rule(alice, alice, bob), [str(p.membership.pk) for p in (alice, bob)]
    hers = Opened.at(alice.client(), alice.url(f"{HOME}rules/{made.pk}/shares"))
    three = {"members": [{"member": pk, "share": 3} for pk in people]}
    edited_by_two(
        hers, alice.inside(lambda: rules.update_rule(made.pk, three, by=alice.actor)), "“3”",
        alice.inside(lambda: [RuleTaker.rows().get(member=pk).share for pk in people]), [3, 3], [2, 1],
        **{people[0]: "2"},
    )  # fmt: skip


def test_who_joined_a_rule_meanwhile_keeps_their_share(alice: Person, bob: Person) -> None:
    made, people = rule(alice, bob), [str(p.membership.pk) for p in (bob, alice)]
    hers = Opened.at(alice.client(), alice.url(f"{HOME}rules/{made.pk}/shares"))
    with firm_context(alice.firm.pk):
        both = [{"member": pk, "share": share} for pk, share in zip(people, (1, 5), strict=True)]
        rules.update_rule(made.pk, {"members": both}, by=alice.actor)
    assert hers.send(**{people[0]: "2"}).status_code == 302
    with firm_context(alice.firm.pk):
        assert [RuleTaker.rows().get(member=pk).share for pk in people] == [2, 5]


def test_a_territory(alice: Person, bob: Person) -> None:
    made = territory(alice, "North", bob, countries=["NO"])
    hers = Opened.at(alice.client(), alice.url(f"settings/territories/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: territories.update_territory(made.pk, {"countries": ["NO", "SE"]}, by=alice.actor)),
        "Sweden", alice.inside(lambda: (Territory.rows().get().name, Territory.rows().get().countries)),
        ("North", ["NO", "SE"]), ("Norway", ["NO"]), name="Norway",
    )  # fmt: skip


def test_what_somebody_can_look_after(alice: Person, bob: Person) -> None:
    pk = bob.membership.pk
    with firm_context(alice.firm.pk):
        availability.set_capacity(pk, {"contacts": 10, "deals": 5}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"settings/workload/{pk}/limits"))
    edited_by_two(
        hers, alice.inside(lambda: availability.set_capacity(pk, {"contacts": 30, "deals": 5}, by=alice.actor)), "“30”",
        alice.inside(lambda: Capacity.rows().values_list("contacts", "deals").get()), (30, 5), (10, 7), deals="7",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_who_change_a_territory_at_one_moment_both_have_what_they_said(alice: Person) -> None:
    by = alice.actor
    with firm_context(alice.firm.id):
        given = {"name": "North", "countries": ["SE"], "members": [str(alice.membership.pk)]}
        made = territories.create_territory(given, by=by)
    waited, raised = meet(
        alice.firm.id,
        lambda: territories.update_territory(made.pk, {"countries": ["NO"]}, by=by),
        lambda: territories.update_territory(made.pk, {"name": "Far north"}, by=by),
    )
    assert waited and raised == []
    with firm_context(alice.firm.id):
        found = Territory.rows().get()
        assert (found.name, found.countries) == ("Far north", ["NO"])
