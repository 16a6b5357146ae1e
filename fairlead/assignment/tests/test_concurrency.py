"""A thousand leads, eight workers at once: everybody gets as many as anybody, but for one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from fairlead.accounts.tests.cast import Person, join, make_firm
from fairlead.assignment.actions import assigning
from fairlead.assignment.models import Assignment, Turn
from fairlead.assignment.tests.making import rule
from fairlead.events.public import Event
from fairlead.people.public import Contact
from fairlead.tenancy.public import Role, firm_context

LEADS, WORKERS, PEOPLE, CHUNK = 1_000, 8, 7, 5


@pytest.mark.django_db(transaction=True)
def test_a_thousand_leads_by_eight_workers_are_shared_fairly() -> None:
    firm = make_firm("alder", "Alder & Co")
    alice = join(firm, "Alice", "Ash", Role.OWNER)
    people = [join(firm, f"Person{n}", "Plane") for n in range(PEOPLE)]
    rule(alice, *people)
    with firm_context(firm.pk):
        Contact.objects.bulk_create(Contact(first_name=f"Lead {n}", name=f"Lead {n}") for n in range(LEADS))
        ids = list(Contact.rows().order_by("pk").values_list("pk", flat=True))
    parts = [ids[start : start + CHUNK] for start in range(0, LEADS, CHUNK)]

    def work(number: int) -> None:
        try:
            for part in parts[number::WORKERS]:
                _assign(alice, part)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    connections.close_all()
    with firm_context(firm.pk):
        owned = Counter(Contact.rows().values_list("owner_id", flat=True))
        assert set(owned) == {p.membership.pk for p in people} and sum(owned.values()) == LEADS
        assert max(owned.values()) - min(owned.values()) <= 1, owned
        assert dict(Turn.rows().values_list("member_id", "count")) == owned
        assert Assignment.rows().count() == Event.rows().filter(type="assignment.made").count() == LEADS


def _assign(alice: Person, part: list) -> None:
    with firm_context(alice.firm.pk):
        causes = {pk: pk for pk in part}  # every record its own event: what a redelivered one repeats is passed over
        assigning.assign_new("contact", causes)
        assigning.assign_new("contact", causes)
