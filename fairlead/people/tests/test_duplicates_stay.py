"""A pair that was found stays while the two look like one, however common what brought them together becomes."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.merging.same_person import Person as Profile
from fairlead.people.models import Contact
from fairlead.records.duplicates.public import LIMIT, DuplicateCandidate, DuplicateScan, candidates, finding, scanning
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def colleagues(person: Person, *names: tuple[str, str], start: int = 0) -> list[Contact]:
    return [
        create_contact({"first_name": first, "last_name": last, "email": f"p{n}@heron.example"}, by=person.actor)
        for n, (first, last) in enumerate(names, start)
    ]


def crowd(person: Person) -> list[Contact]:
    """Make so many with the bones of Anna Smith's name, and so many Annas with an S, that neither tells anything."""
    words = [f"{chr(98 + n)}o{n}" for n in range(LIMIT)]
    names = [(f"A{word}", "Smith") for word in words] + [("Anna", f"S{word}") for word in words]
    return colleagues(person, *names, start=2)


def pairs() -> set[frozenset[object]]:
    return {frozenset(p) for p in DuplicateCandidate.rows().filter(state="open").values_list("low_id", "high_id")}


def test_a_pair_whose_key_became_common(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = colleagues(alice, ("Anna", "Smith"), ("Anna", "Smith"))
        candidates.refresh(SAME_PERSON, [one.pk, other.pk])
        assert pairs() == {frozenset((one.pk, other.pk))}
        candidates.refresh(SAME_PERSON, [c.pk for c in crowd(alice)])
        candidates.refresh(SAME_PERSON, [one.pk])
        assert frozenset((one.pk, other.pk)) in pairs()
        scan = scanning.start_scan(nouns.get("contact"), by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert DuplicateScan.rows().get(pk=scan.pk).passed_over
        assert frozenset((one.pk, other.pk)) in pairs()
        Contact.rows().filter(pk=other.pk).update(first_name="Zoe")  # unseen by who follows the log
        scanning.start_scan(nouns.get("contact"), by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert frozenset((one.pk, other.pk)) not in pairs()


def test_a_pair_goes_when_the_two_differ(alice: Person) -> None:
    with firm_context(alice.firm.id):
        one, other = colleagues(alice, ("Anna", "Smith"), ("Anna", "Smith"))
        candidates.refresh(SAME_PERSON, [one.pk, other.pk])
        update_contact(other.pk, {"first_name": "Zoe"}, by=alice.actor)
        candidates.refresh(SAME_PERSON, [other.pk])
        assert not pairs()


def test_colleagues_with_one_switchboard_are_no_pair() -> None:
    number = ("+442079460011",)
    anna = Profile("Anna", "Smith", phones=number, company="Heron", city="Rome")
    ben = Profile("Ben", "Jones", phones=number, company="Heron", city="Rome")
    assert SAME_PERSON.judge(anna, ben).score < finding.THRESHOLD
    married = Profile("Anna", "Jones", phones=number, company="Heron", city="Rome")
    assert SAME_PERSON.judge(anna, married).score >= finding.THRESHOLD


def test_a_number_that_too_many_have_tells_nothing_at_once_either(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for n in range(LIMIT):
            create_contact({"first_name": f"N{n}", "phone": "+442079460011"}, by=alice.actor)
        assert len(SAME_PERSON.at_once(Profile("", "", phones=("+442079460011",)))) == LIMIT
        create_contact({"first_name": "One more", "phone": "+442079460011"}, by=alice.actor)
        assert not SAME_PERSON.at_once(Profile("", "", phones=("+442079460011",)))
