"""Who gets what: in order, in turn, by place, by load, by relation; once; explained; never in another firm."""

from collections import Counter
from datetime import timedelta

import pytest

from fairlead.accounts.actions import teams
from fairlead.accounts.models import Membership
from fairlead.accounts.tests.cast import Person
from fairlead.assignment import jobs, reads
from fairlead.assignment.actions import assigning, availability, rules
from fairlead.assignment.handover import hand_over_places
from fairlead.assignment.jobs import retry
from fairlead.assignment.models import Absence, Assignment, Rule, RuleTaker, Waiting
from fairlead.assignment.tests.making import BERLIN, catch_up, lead, owner, rule, territory
from fairlead.events.public import Event
from fairlead.jobs.public import enqueue
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.people.public import Contact, create_company
from fairlead.sales.tests import making as sales
from fairlead.tenancy.public import firm_context, firm_today

pytestmark = pytest.mark.django_db


def try_again(person: Person) -> None:
    with firm_context(person.firm.pk):
        enqueue(retry, firm_id=person.firm.pk)
    drain()


def away(person: Person, member: Person, days: int = 7) -> None:
    with firm_context(person.firm.pk):
        span = {"first_day": firm_today(), "last_day": firm_today() + timedelta(days=days)}
        availability.set_absence({"member": member.membership.pk, **span}, by=person.actor)


def test_what_comes_without_an_owner_goes_round_once(alice: Person, bob: Person, charlie: Person) -> None:
    rule(alice, alice, bob)
    leads = [lead(alice, f"Lead {n}") for n in range(5)]
    kept = lead(alice, "Kept", owner=alice.membership.pk)
    strange = lead(charlie, "Strange")
    catch_up(alice)
    catch_up(alice)
    got = Counter(owner(alice, one) for one in leads)
    assert sorted(got.values()) == [2, 3] and set(got) == {alice.membership.pk, bob.membership.pk}
    assert owner(alice, kept) == alice.membership.pk and owner(charlie, strange) is None
    with firm_context(alice.firm.pk):
        assert Assignment.rows().count() == 5
        told = Event.rows().filter(type="assignment.made").order_by("id").first()
        assert told is not None and told.data["rule"] == "Everybody" and told.actor_label == "Rule Everybody"
        assert Event.rows().filter(type="contact.owner_changed").count() == 5


def test_what_was_taken_away_again_is_not_given_twice_for_one_event(alice: Person, bob: Person) -> None:
    rule(alice, bob)
    one = lead(alice)
    catch_up(alice)
    with firm_context(alice.firm.pk):
        Contact.rows().update(owner=None)
    catch_up(alice)
    assert owner(alice, one) is None


def test_the_first_rule_that_fits_has_the_word(alice: Person, bob: Person) -> None:
    rule(alice, bob, name="Berlin", criteria=BERLIN)
    last = rule(alice, alice, name="Rest")
    here, there = lead(alice, "Here", city="Berlin"), lead(alice, "There", city="Rome")
    catch_up(alice)
    assert (owner(alice, here), owner(alice, there)) == (bob.membership.pk, alice.membership.pk)
    with firm_context(alice.firm.pk):
        first = Assignment.rows().get(record_id=here.pk)
        assert (first.rule_name, first.reason) == ("Berlin", "chosen by name")
        rules.order_rules("contact", [last.pk, first.rule_id], by=alice.actor)
    later = lead(alice, "Later", city="Berlin")
    catch_up(alice)
    assert owner(alice, later) == alice.membership.pk


def test_who_is_away_leaving_or_full_is_passed_over_and_told(alice: Person, bob: Person) -> None:
    rule(alice, alice, bob)
    away(alice, bob)
    leads = [lead(alice, f"Lead {n}") for n in range(2)]
    catch_up(alice)
    assert {owner(alice, one) for one in leads} == {alice.membership.pk}
    with firm_context(alice.firm.pk):
        assert Assignment.rows().first().passed[0][0] == "Bob Beech"
        availability.set_capacity(alice.membership.pk, {"contacts": 3, "deals": None}, by=alice.actor)
    third, fourth = lead(alice, "Third"), lead(alice, "Fourth")
    catch_up(alice)
    assert owner(alice, third) == alice.membership.pk and owner(alice, fourth) is None
    with firm_context(alice.firm.pk):
        assert "the limit is 3" in Waiting.rows().get(record_id=fourth.pk).reason
        availability.end_absence(Absence.rows().get().pk, by=alice.actor)
        Membership.rows().filter(pk=bob.membership.pk).update(last_day=firm_today())
    try_again(alice)
    assert owner(alice, fourth) is None, "Bob's last day is today"
    with firm_context(alice.firm.pk):
        Membership.rows().filter(pk=bob.membership.pk).update(last_day=None)
    try_again(alice)
    assert owner(alice, fourth) == bob.membership.pk
    with firm_context(alice.firm.pk):
        assert not Waiting.rows().exists()


def test_a_territory_gives_by_the_closest_description(alice: Person, bob: Person) -> None:
    territory(alice, "Germany", alice, countries=["Germany"])
    territory(alice, "Berlin", bob, countries=["DE"], postal_codes=["10", "12 0"])
    territory(alice, "Bavaria", bob, countries=["DE"], regions=["Bayern", "Bavaria"])
    rule(alice, name="By place", takers_from="territory")
    cases = [({"country": "DE", "postal_code": "10115"}, bob), ({"country": "DE", "postal_code": "80331"}, alice),
             ({"country": "DE", "region": "BAYERN"}, bob), ({"country": "FR"}, None)]  # fmt: skip
    made = [(lead(alice, f"Lead {n}", **place), who) for n, (place, who) in enumerate(cases)]
    catch_up(alice)
    for one, who in made:
        assert owner(alice, one) == (who.membership.pk if who else None), one.name


def test_load_gives_to_whom_has_least_and_relation_to_who_knows(alice: Person, bob: Person) -> None:
    for n in range(3):
        lead(alice, f"Old {n}", owner=alice.membership.pk)
    known = {"all": [{"field": "company", "op": "is_known"}]}
    rule(alice, name="Known", takers_from="relation", criteria=known)
    rule(alice, alice, bob, name="Load", choice="load")
    with firm_context(alice.firm.pk):
        kestrel = create_company({"name": "Kestrel", "owner": alice.membership.pk}, by=alice.actor)
    theirs, free = lead(alice, "Theirs", company=kestrel.pk), [lead(alice, f"New {n}") for n in range(4)]
    catch_up(alice)
    assert owner(alice, theirs) == alice.membership.pk
    assert {owner(alice, one) for one in free} == {bob.membership.pk}
    with firm_context(alice.firm.pk):
        assert Assignment.rows().get(record_id=theirs.pk).reason == "the owner of Kestrel"


def test_deals_have_rules_of_their_own(alice: Person, bob: Person) -> None:
    sales.pipeline(alice)
    rule(alice, bob, name="Large", noun="deal", criteria={"all": [{"field": "base_value", "op": "gt", "value": 1000}]})
    large, small = sales.deal(alice, "Large", value="5,000"), sales.deal(alice, "Small", value="50")
    catch_up(alice)
    assert owner(alice, large) == bob.membership.pk and owner(alice, small) is None


def test_by_hand_to_a_team_in_turn(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.pk):
        team = teams.create_team({"name": "Advisory"}, by=alice.actor)
        teams.set_team_members(team.pk, members=[alice.membership.pk, bob.membership.pk], leads=[], by=alice.actor)
    leads, strange = [lead(alice, f"Lead {n}") for n in range(4)], lead(charlie)
    with firm_context(alice.firm.pk):
        ids = [one.pk for one in [*leads, strange]]
        outcome = assigning.assign_to_team("contact", ids, team.pk, by=alice.actor)
        assert outcome.given == 4
        assert Counter(Contact.rows().values_list("owner_id", flat=True)) == {
            alice.membership.pk: 2, bob.membership.pk: 2
        }  # fmt: skip
    with firm_context(charlie.firm.pk), pytest.raises(NotFound):
        assigning.assign_to_team("contact", [strange.pk], team.pk, by=charlie.actor)


def test_trying_gives_nothing_away_and_says_why(alice: Person, bob: Person, charlie: Person) -> None:
    rule(alice, bob, name="Berlin", criteria=BERLIN)
    rule(alice, alice, bob, name="Rest")
    one = lead(alice, city="Rome")
    with firm_context(alice.firm.pk):
        found = reads.trial(alice.actor, "contact", one.pk)
        again = reads.trial(alice.actor, "contact", one.pk)
        assert found.decision.member == again.decision.member
        assert [t.rule.name for t in found.rules] == ["Berlin", "Rest"]
        assert not found.rules[0].explanation.holds and found.rules[1].step.taken
        assert not Assignment.rows().exists()
    assert owner(alice, one) is None
    with firm_context(charlie.firm.pk), pytest.raises(NotFound):
        reads.trial(charlie.actor, "contact", one.pk)


def test_only_who_may_sets_rules_and_only_for_people_of_the_firm(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.pk):
        with pytest.raises(Forbidden):
            rules.create_rule({"name": "Mine", "members": [bob.membership.pk]}, by=bob.actor)
        with pytest.raises(InvalidInput, match="active"):
            rules.create_rule({"name": "Theirs", "members": [charlie.membership.pk]}, by=alice.actor)
        me = {"all": [{"field": "owner", "op": "in", "value": ["me"]}]}
        with pytest.raises(InvalidInput):
            rules.create_rule({"name": "Me", "criteria": me, "members": [bob.membership.pk]}, by=alice.actor)
        days = {"first_day": "2027-01-01", "last_day": "2027-01-05"}
        availability.set_absence(days, by=bob.actor)
        with pytest.raises(Forbidden):
            availability.set_absence({"member": alice.membership.pk, **days}, by=bob.actor)
        with pytest.raises(InvalidInput):
            availability.set_absence({**days, "last_day": "2026-01-01"}, by=bob.actor)


def test_who_leaves_hands_over_the_places_in_rules(alice: Person, bob: Person, charlie: Person) -> None:
    only, both = rule(alice, bob, name="Only Bob"), rule(alice, alice, bob, name="Both")
    place = territory(alice, "Germany", bob, countries=["DE"])
    other = rule(charlie, charlie)
    with firm_context(alice.firm.pk):
        assert hand_over_places(bob.membership.pk, alice.membership.pk, by=alice.actor) == 2
        assert set(RuleTaker.rows().values_list("rule_id", "member_id")) == {
            (only.pk, alice.membership.pk), (both.pk, alice.membership.pk)
        }  # fmt: skip
        assert list(place.takers.values_list("member_id", flat=True)) == [alice.membership.pk]
    with firm_context(charlie.firm.pk):
        assert RuleTaker.rows().get(rule=other.pk).member_id == charlie.membership.pk


def test_a_rule_whose_field_is_gone_says_so_and_stands_aside(alice: Person, bob: Person) -> None:
    from fairlead.records.actions import custom_fields
    from fairlead.records.public import nouns

    with firm_context(alice.firm.pk):
        field = custom_fields.create_field(nouns.get("contact"), {"label": "Tier", "kind": "text"}, by=alice.actor)
    gold = {"all": [{"field": f"custom.{field.key}", "op": "is", "value": "Gold"}]}
    broken = rule(alice, bob, name="Gold", criteria=gold)
    rule(alice, alice, name="Rest")
    with firm_context(alice.firm.pk):
        gone = {"all": [{"field": "custom.gone", "op": "is", "value": "x"}]}
        Rule.rows().filter(pk=broken.pk).update(criteria=gone)
    one = lead(alice)
    catch_up(alice)
    assert owner(alice, one) == alice.membership.pk
    with firm_context(alice.firm.pk):
        broken.refresh_from_db()
        assert broken.problem


def test_nothing_waits_behind_others_whose_people_are_away(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 2)
    rule(alice, bob, name="Berlin", criteria=BERLIN)
    rule(alice, alice, name="Paris", criteria={"all": [{"field": "city", "op": "is", "value": "Paris"}]})
    away(alice, bob)
    away(alice, alice)
    *_, last = [lead(alice, f"Lead {n}", city=city) for n, city in enumerate(("Berlin", "Berlin", "Paris"))]
    catch_up(alice)
    with firm_context(alice.firm.pk):
        assert Waiting.rows().count() == 3
        availability.end_absence(Absence.rows().get(member=alice.membership.pk).pk, by=alice.actor)
    for _ in range(2):
        try_again(alice)
    assert owner(alice, last) == alice.membership.pk
