"""How large lists are, and how they grow, is told of those alone whom one may see."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people import reads
from fairlead.people.actions import contacts, lists
from fairlead.people.list_reads import figures
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db


def test_of_others_people_not_even_the_number(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.pk):
        made = lists.create_list("Briefing", by=alice.actor)
        for owner, number in ((alice, 3), (bob, 1)):
            people = [
                contacts.create_contact({"first_name": f"P{n}", "owner": owner.membership.pk}, by=alice.actor).pk
                for n in range(number)
            ]
            lists.subscribe(made.pk, people, by=alice.actor)
        lists.unsubscribe(made.pk, people, by=alice.actor)
        lists.subscribe(made.pk, people, by=alice.actor)
    alice.firm.visibility = Visibility.OWNER
    alice.firm.save()
    with firm_context(alice.firm.pk):
        mine, all_ = (figures(person.actor, made.pk) for person in (bob, alice))
        assert (mine.subscribed, mine.came, mine.left, mine.months[-1].came) == (1, 2, 1, 2)
        assert (all_.subscribed, all_.came, all_.left) == (4, 5, 1)
        sizes = [reads.list_sizes(person.actor, [made.pk])[made.pk] for person in (bob, alice)]
        assert sizes == [1, 4]
        primary = lists.create_primary_list(by=alice.actor)
        assert (figures(bob.actor, primary.pk).came, figures(alice.actor, primary.pk).came) == (1, 4)
