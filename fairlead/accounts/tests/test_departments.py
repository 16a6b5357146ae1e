"""Departments hold teams and departments, five deep; a team holds none."""

import pytest

from fairlead.accounts.actions.teams import create_team, update_team
from fairlead.accounts.models import Team
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.kernel.errors import InvalidInput
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def chain(person: Person, *names: str) -> list[Team]:
    """Make departments, each inside the one before it."""
    made: list[Team] = []
    for name in names:
        parent = made[-1].pk if made else None
        made.append(create_team({"name": name, "kind": "department", "parent": parent}, by=person.actor))
    return made


def test_what_is_moved_takes_its_depth_along(alice: Person) -> None:
    with firm_context(alice.firm.id):
        deep, low = chain(alice, "A", "B", "C"), chain(alice, "X", "Y", "Z")
        with pytest.raises(InvalidInput, match="5 deep"):
            update_team(low[0].pk, {"parent": deep[2].pk}, by=alice.actor)
        update_team(low[0].pk, {"parent": deep[1].pk}, by=alice.actor)
        with pytest.raises(InvalidInput, match="5 deep"):
            create_team({"name": "W", "parent": low[2].pk}, by=alice.actor)


def test_a_department_with_teams_in_it_becomes_no_team(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        outer, inner = chain(alice, "A", "B")
    api = Api(alice)
    told = problem(api.patch(f"teams/{outer.pk}", {"kind": "team"}), 422, "invalid")
    assert [e["field"] for e in told["errors"]] == ["kind"]
    assert api.patch(f"teams/{inner.pk}", {"kind": "team"}).status_code == 200
    assert Api(bob).patch(f"teams/{outer.pk}", {"kind": "team"}).status_code == 403
    assert Api(charlie).patch(f"teams/{outer.pk}", {"kind": "team"}).status_code == 404
