"""Two make a thing of the same name at one instant: both find it free, and only the index knows better."""

import pytest
from django.db.models import QuerySet

from fairlead.accounts.actions.roles import create_role, update_role
from fairlead.accounts.actions.teams import create_team, update_team
from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import InvalidInput
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _found_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)


def test_of_teams(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_team({"name": "Tax"}, by=alice.actor)
        audit = create_team({"name": "Audit"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a team with this name already"):
            create_team({"name": "Tax"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a team with this name already"):
            update_team(audit.pk, {"name": "Tax"}, by=alice.actor)


def test_of_roles(alice: Person) -> None:
    wanted = {"name": "Auditor", "permissions": ["contacts.view"]}
    with firm_context(alice.firm.id):
        create_role(wanted, by=alice.actor)
        other = create_role({**wanted, "name": "Reader"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a role with this name already"):
            create_role(wanted, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a role with this name already"):
            update_role(other.pk, {"name": "Auditor"}, by=alice.actor)
