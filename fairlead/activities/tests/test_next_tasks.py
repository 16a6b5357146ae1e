"""My next tasks, over any page: from the palette, each member's own."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.tasks import create_task
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_they_are_the_members_own_and_offered_by_the_palette(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        create_task({"title": "Call Ada", "assignees": [alice.membership.id]}, by=alice.actor)
        create_task({"title": "Write to Ben", "assignees": [bob.membership.id]}, by=alice.actor)
    address = alice.url("tasks/widget")
    mine = alice.client().get(address, headers=HTMX).content.decode()
    assert "My next tasks" in mine and "Call Ada" in mine and "Write to Ben" not in mine
    assert "Write to Ben" in bob.client().get(address).content.decode()
    assert charlie.client().get(address).status_code == 404
    assert f'href="{address}"' in alice.client().get(alice.url("contacts/")).content.decode()
