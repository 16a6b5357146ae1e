"""Role x permission x address: every page and every API address, with every method it has.

What each built-in role holds is a table here. What each address asks for is found by knocking
(tests/isolation/permissions.py), for every address of the resolver: one that asks for nothing fails here unless it is
excused below. So which role may what is the product of the two.
"""

import re
from typing import Any

import pytest
from django.core.cache import cache

from fairlead.accounts.models import ApiKey
from fairlead.accounts.tests.cast import Person, join
from fairlead.tenancy.public import Role, firm_context, of_role
from tests.isolation.addresses import addresses
from tests.isolation.permissions import Caller, Case, KeyOfAnOwner, Refusals, Survey, refusals
from tests.isolation.samples import Ids, fill, fingerprint

__all__ = ["refusals"]
pytestmark = pytest.mark.django_db
OPEN = {"api/v1/openapi.json", "api/v1/docs"}  # the reference tells of the API, never of a firm
FIRMS = [a for a in addresses() if (a.in_firm or a.is_api) and a.route not in OPEN]
# Addresses that every member may open, and why. A pattern is matched from the start of "<method> <route>".
EXCUSED: dict[str, str] = {
    r"post f/<slug:firm>/demo/removal$": "only the demo firm has it: fairlead/operations/tests/test_demo.py",
    r"post f/<slug:firm>/duplicates/scans$": "404 to everybody without a noun; asks as `post api/v1/duplicates/scans`",
    r"post api/v1/imports$": "the noun comes with the file; the upload asks for `<noun>.import`",
    r"post api/v1/.+/batch/": "answers for each item of its own, which asks for what the verb asks for",
    r"get api/v1/snippets/fields$": "names of fields, the same in every firm",
    r"get f/<slug:firm>/activities/records$": "offers what the caller may see",
    r"\w+ (f/<slug:firm>/|f/<slug:firm>/settings/|api/v1/)notification(s|-preferences)(/|$)": "one's own notices, and"
    " how one is told of them",
    r"\w+ (f/<slug:firm>/settings/|api/v1/)signature/?$": "one's own signature",
    r"\w+ api/v1/profile(/photo)?$": "one's own name and photo, as on the page of the log-in",
    r"\w+ (f/<slug:firm>/settings/|api/v1/)connections(/|$)": "what one has connected oneself, to take back",
    r"get f/<slug:firm>/$": "leads to the first page that the caller may open",
    r"get f/<slug:firm>/settings/$": "leads to the first settings page that the caller may open",
    r"get f/<slug:firm>/reference/$": "the reference tells of the API, never of the firm",
    r"get api/v1/(me|firm|permissions)$": "who calls, which firm it is, and the names that a role may hold",
    r"(get|post) api/v1/$": "an address that is none",
    r"(get|post) (f/<slug:firm>/search/(palette)?|api/v1/search)$": "finds what the caller may see",
    r"\w+ (f/<slug:firm>/bulk/|api/v1/bulk-runs)": "one's own runs; to start one asks for what its verb asks for",
    r"\w+ (f/<slug:firm>/|api/v1/)errands(/|$)": "those of the verbs that the caller may use; absent to others",
    r"\w+ (f/<slug:firm>/|api/v1/)exports(/|$)": "one's own exports; to start one asks for the noun's permission",
}
# Where another permission does as well. A pattern is matched from the start of "<method> <route> <permission>".
EITHER: dict[str, str] = {
    r"get f/<slug:firm>/ members\.view$": "leads to whichever page the caller may open",
    r"\w+ (f/<slug:firm>/settings/developers/|api/v1/keys).* keys\.create$": "`keys.manage` shows everybody's keys",
    r"\w+ (f/<slug:firm>/|api/v1/)tags.* contacts\.view$": "who sees companies sees their tags",
    r"get f/<slug:firm>/distribution/ contacts\.view$": "who sees companies sees how they spread",
}
# Where what the record holds decides too. A pattern is matched from the start of "<method> <route>".
GUARDED: dict[str, str] = {
    r"(patch|post) api/v1/members/<uuid:pk>(/deactivation)?$": "nobody changes a member who may do more than they",
    r"(patch|put|delete) api/v1/profile(/photo)?$": "a program within scopes changes nobody's log-in",
    r"\w+ api/v1/(notifications|connections)(/|$)|patch api/v1/notification-preferences": "nor is told what concerns"
    " them or what they connected",
    r"\w+ api/v1/(signature|calendar-feed)$": "nor changes what is their own",
    r"post f/<slug:firm>/settings/members/<uuid:member_id>/ownership/$": "who is no owner has nothing to pass on",
    r"(delete api/v1/members/<uuid:pk>|post f/<slug:firm>/settings/members/<uuid:member_id>)/second-factors/?$": "the"
    " same",
}
# What each built-in role holds beyond the one above it. It changes only on purpose: a change here is a change for
# everybody who has the role.
ROLES: dict[Role, str] = {
    Role.READ_ONLY: """
        companies.view contacts.view deals.view members.view notes.view tasks.view""",
    Role.MEMBER: """
        applications.connect
        assignment.view
        companies.delete companies.edit companies.import
        consent.manage
        contacts.delete contacts.edit contacts.import
        credit.simulate
        deals.delete deals.edit deals.import
        keys.create
        lists.manage
        notes.edit
        personas.manage
        segments.manage
        snippets.share
        tags.manage
        tasks.delete tasks.edit
        views.share""",
    Role.MANAGER: """
        activity_options.manage
        assignment.manage
        companies.export contacts.export deals.export
        credit.manage
        notes.manage
        products.manage
        records.view_all
        snippets.manage
        tag_rules.manage
        tasks.export
        teams.manage
        views.manage""",
    Role.ADMIN: """
        applications.manage
        audit.export audit.view
        companies.purge contacts.purge deals.purge tasks.purge
        fields.manage
        firm.manage
        jobs.manage
        keys.manage
        log.manage
        members.manage
        pipelines.manage
        rates.manage
        roles.manage
        search.rebuild""",
    Role.OWNER: """
        firm.transfer""",
}


@pytest.fixture
def ids(alice: Person, bob: Person, settings: Any) -> Ids:
    settings.API_LIMITS = {}
    cache.clear()
    return fill(alice, bob)


@pytest.mark.parametrize("role", Role, ids=lambda r: r.key)
def test_each_role_holds_what_the_table_says(role: Role) -> None:
    expected = {name for below in Role if below <= role for name in ROLES[below].split()}
    assert of_role(role) == expected


def test_a_member_holds_what_the_role_holds(alice: Person) -> None:
    for role in Role:
        assert join(alice.firm, role.key, "Role", role).actor.permissions == of_role(role)


def test_each_address_asks_for_its_permissions_and_keeps_to_them(
    alice: Person, ids: Ids, refusals: Refusals, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = Survey(Caller(join(alice.firm, "Dana", "Dogwood"), monkeypatch), refusals, ids)
    before = fingerprint(alice)
    cases = [case for address in FIRMS for case in survey.cases(address)]
    assert asking_for_nothing(cases) == []
    # Every body gets past its check here, to places that count on it; a page judges for itself what it is sent.
    assert [c.name for c in cases if c.status >= 500 and not c.address.is_api] == []
    closed = [c.name for c in cases if c.status == 403]  # who holds what it asks for is let in
    assert [name for name in closed if not excused(name, GUARDED)] == []
    open_without = [(c.name, p) for c in cases for p in sorted(c.needs) if not survey.refuses_without(c, p)]
    assert [pair for pair in open_without if not excused(" ".join(pair), EITHER)] == []
    assert fingerprint(alice) == before  # what was refused has changed nothing; what was not is undone


def test_a_key_of_an_owner_does_what_its_scopes_say_and_nothing_else(
    alice: Person, ids: Ids, refusals: Refusals, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = Survey(KeyOfAnOwner(alice, monkeypatch), refusals, ids)
    cases = [case for address in FIRMS if address.is_api for case in survey.cases(address)]
    assert asking_for_nothing(cases) == []
    closed = [c.name for c in cases if c.status == 403]  # a key with exactly these scopes is let in
    assert [name for name in closed if not excused(name, GUARDED)] == []
    with firm_context(alice.firm.id):
        ApiKey.rows().update(scopes=["none"])
    before = fingerprint(alice)
    open_without = [(c.name, p) for c in cases for p in sorted(c.needs) if not survey.refuses_without(c, p)]
    assert [pair for pair in open_without if not excused(" ".join(pair), EITHER)] == []
    with firm_context(alice.firm.id):
        ApiKey.rows().update(scopes=["none"])
    assert fingerprint(alice) == before


def asking_for_nothing(cases: list[Case]) -> list[str]:
    changing = {c.address.route for c in cases if c.needs and c.method == "post"}
    # A page that is only posted to says 404 to who looks at it, to everybody alike.
    silent = [c for c in cases if not c.needs and not (c.status == 404 and c.address.route in changing)]
    return [c.name for c in silent if not excused(c.name, EXCUSED)]


def excused(name: str, excuses: dict[str, str]) -> bool:
    return any(re.match(pattern, name) for pattern in excuses)
