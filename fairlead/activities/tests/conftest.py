"""What the tests of this room have in common: Ada, a contact of Alice's firm, and the firm's options."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.options import furnish
from fairlead.activities.models import ActivityOption
from fairlead.api.tests.client import Api
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context


@pytest.fixture
def lady(alice: Person) -> Contact:
    """Ada Lovelace of the Analytical Engine."""
    with firm_context(alice.firm.id):
        company = create_company({"name": "Analytical Engine"}, by=alice.actor)
        return create_contact({"first_name": "Ada", "last_name": "Lovelace", "company": company.id}, by=alice.actor)


@pytest.fixture
def option(alice: Person) -> Callable[[str, str], UUID]:
    """Return the id of one of the usual options: `option("call", "Connected")`."""
    with firm_context(alice.firm.id):
        furnish(alice.actor)

    def find(kind: str, name: str) -> UUID:
        with firm_context(alice.firm.id):
            found: Any = ActivityOption.rows().get(kind=kind, name=name)
            return found.pk  # type: ignore[no-any-return]

    return find


@pytest.fixture
def ada(api: Api) -> str:
    """Return the id of Ada, whom a program made."""
    found: str = api.post("contacts", {"first_name": "Ada"}).json()["id"]
    return found
