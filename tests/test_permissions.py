"""Permission x address: every page and every API address, with every method it has.

Generated from the resolver: what an address asks for is found by knocking (tests/isolation/permissions.py). An address
that asks for nothing fails here unless it is excused below.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache

from fairlead.accounts.tests.cast import Person, join
from tests.isolation.addresses import Address, addresses
from tests.isolation.permissions import Caller, Chosen, Refusals, needed, refusals, served
from tests.isolation.samples import Ids, fill

__all__ = ["refusals"]
pytestmark = pytest.mark.django_db
OPEN = {"api/v1/openapi.json", "api/v1/docs"}  # the reference tells of the API, never of a firm
FIRMS = [a for a in addresses() if (a.in_firm or a.is_api) and a.route not in OPEN]
# Addresses that every member may open, and why. A pattern is matched from the start of "<method> <route>".
EXCUSED: dict[str, str] = {
    r"post f/<slug:firm>/demo/removal$": "only the demo firm has it: fairlead/operations/tests/test_demo.py",
    r"post api/v1/imports$": "the noun comes with the file; the upload asks for `<noun>.import`",
    r"post api/v1/.+/batch/": "answers for each item of its own, which asks for what the verb asks for",
    r"get f/<slug:firm>/notes/records$": "offers what the caller may see",
    r"get f/<slug:firm>/$": "leads to the first page that the caller may open",
    r"get f/<slug:firm>/settings/$": "leads to the first settings page that the caller may open",
    r"get f/<slug:firm>/reference/$": "the reference tells of the API, never of the firm",
    r"get api/v1/(me|firm|permissions)$": "who calls, which firm it is, and the names that a role may hold",
    r"(get|post) api/v1/$": "an address that is none",
    r"(get|post) (f/<slug:firm>/search/(palette)?|api/v1/search)$": "finds what the caller may see",
    r"\w+ (f/<slug:firm>/bulk/|api/v1/bulk-runs)": "one's own runs; to start one asks for what its verb asks for",
    r"\w+ (f/<slug:firm>/|api/v1/)exports(/|$)": "one's own exports; to start one asks for the noun's permission",
}


@dataclass
class Case:
    """An address, a method, the record it is about, and what it asks for."""

    address: Address
    method: str
    record: Any
    needs: set[str]
    answered: bool

    @property
    def name(self) -> str:
        return f"{self.method} {self.address.route}"


@pytest.fixture
def ids(alice: Person, bob: Person, settings: Any) -> Ids:
    settings.API_LIMITS = {}
    cache.clear()
    return fill(alice, bob)


@pytest.fixture
def cases(alice: Person, ids: Ids, refusals: Refusals) -> list[Case]:
    owner, chosen, found = Caller(alice), Chosen(join(alice.firm, "Dana", "Dogwood")), []
    for address in FIRMS:
        for method, record, answered in served(owner, address, ids):
            needs = needed(chosen, refusals, address, method, record, ids)
            found.append(Case(address, method, record, needs, answered))
    return found


def test_every_address_asks_for_a_permission_or_is_excused(alice: Person, ids: Ids, cases: list[Case]) -> None:
    changing = {c.address.route for c in cases if c.needs and c.method == "post"}
    # A page that is only posted to says 404 to who looks at it, to everybody alike.
    silent = [c for c in cases if not c.needs and not (not c.answered and c.address.route in changing)]
    asked_for_nothing = [c.name for c in silent if not any(re.match(p, c.name) for p in EXCUSED)]
    assert not asked_for_nothing, "\n".join(asked_for_nothing)
