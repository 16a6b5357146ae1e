"""The forms of this room while a colleague changes the same thing: who saves second is told, and nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import RequestFactory

from fairlead.accounts.actions import departures, firms, members, profile, roles, teams
from fairlead.accounts.models import CustomRole, Membership, Team, TeamMembership, User
from fairlead.accounts.tests.cast import Person, join
from fairlead.kernel import clock
from fairlead.shell.tests.carried import Opened, edited_by_two, who_saves_second_is_told
from fairlead.tenancy.public import Firm, Role, firm_context

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Cast:
    """Alice, who has a form open, her fellow admin Bob, and Carol, whom both change."""

    alice: Person
    bob: Person
    carol: Person


@dataclass(frozen=True)
class Edited:
    """A form: where it stands, what Bob does meanwhile, what Alice is told and types, and what is kept."""

    path: Callable[[Cast], str]
    change: Callable[[Cast], object]
    told: str
    typed: Callable[[Cast], dict[str, Any]]
    kept: Callable[[Cast], object]
    bobs: object
    alices: object
    having: str = "seen"


@pytest.fixture
def cast(alice: Person, bob: Person) -> Cast:
    carol = join(alice.firm, "Carol", "Cedar")
    with firm_context(alice.firm.id):
        Membership.rows().filter(pk=bob.membership.pk).update(role=Role.ADMIN.key)
        tax = teams.create_team({"name": "Tax"}, by=alice.actor)
        teams.set_team_members(tax.pk, members=[carol.membership.pk], leads=[], by=alice.actor)
        roles.create_role({"name": "Clerk", "permissions": ["members.view"]}, by=alice.actor)
    return Cast(alice, bob, carol)


def _firm(cast: Cast) -> Firm:
    return Firm.objects.get(pk=cast.alice.firm.pk)


def _carol(cast: Cast) -> Membership:
    return Membership.rows().get(pk=cast.carol.membership.pk)


def _team(cast: Cast) -> tuple[str, list[str]]:
    rows = TeamMembership.rows().order_by("membership__user__first_name")
    return Team.rows().get().name, list(rows.values_list("membership__user__first_name", flat=True))


def _role(cast: Cast) -> tuple[str, list[str]]:
    role = CustomRole.rows().get()
    return role.name, sorted(role.permissions)


def _join_the_team(cast: Cast) -> None:
    people = [cast.carol.membership.pk, cast.bob.membership.pk]
    teams.set_team_members(Team.rows().get().pk, members=people, leads=[], by=cast.bob.actor)


def _leave(cast: Cast, days: int) -> object:
    day = clock.now().date() + timedelta(days=days)
    return departures.plan_departure(
        cast.carol.membership.pk, last_day=day, successor_id=cast.bob.membership.pk, by=cast.bob.actor
    )


def _of_carol(part: str = "") -> Callable[[Cast], str]:
    return lambda cast: cast.alice.url(f"settings/members/{cast.carol.membership.pk}/{part}")


EDITED = {
    "the firm": Edited(
        lambda c: c.alice.url("settings/firm/"),
        lambda c: firms.update_firm({"name": "Alder & Sons", "seats": 9}, by=c.bob.actor), "“Alder & Sons”",
        lambda c: {"name": "Alder Ltd", "reply_to": "office@alder.example"},
        lambda c: (_firm(c).name, _firm(c).seats, _firm(c).reply_to), ("Alder & Sons", 9, ""),
        ("Alder Ltd", None, "office@alder.example"), having="reply_to",
    ),
    "who sees whose records": Edited(
        lambda c: c.alice.url("settings/firm/"),
        lambda c: firms.update_firm({"visibility": "team"}, by=c.bob.actor), "“Members see the records of their teams”",
        lambda c: {"visibility": "owner"}, lambda c: _firm(c).visibility, "team", "owner", having="visibility",
    ),
    "a member": Edited(
        _of_carol(),
        lambda c: members.update_member(c.carol.membership.pk, {"role": "manager"}, by=c.bob.actor), "“Manager”",
        lambda c: {"title": "Clerk"}, lambda c: (_carol(c).role, _carol(c).title), ("manager", ""), ("member", "Clerk"),
    ),
    "the teams of a member": Edited(
        _of_carol(), lambda c: teams.set_teams_of(c.carol.membership.pk, [], by=c.bob.actor), "it is empty now",
        lambda c: {"title": "Clerk"}, lambda c: _team(c)[1], [], ["Carol"],
    ),
    "a last day": Edited(
        _of_carol("deactivate/"), lambda c: _leave(c, 9), "“Bob Beech”",
        lambda c: {"successor": str(c.alice.membership.pk), "last_day": f"{clock.now().date() + timedelta(days=4)}"},
        lambda c: _carol(c).successor.user.first_name, "Bob", "Alice",
    ),
    "a team": Edited(
        lambda c: c.alice.url(f"settings/teams/{Team.rows().get().pk}/"), _join_the_team, "“Bob Beech, Carol Cedar”",
        lambda c: {"name": "Taxes"}, _team, ("Tax", ["Bob", "Carol"]), ("Taxes", ["Carol"]),
    ),
    "a role": Edited(
        lambda c: c.alice.url(f"settings/roles/{CustomRole.rows().get().pk}/"),
        lambda c: roles.update_role(CustomRole.rows().get().pk, {"permissions": ["members.view", "audit.view"]},
                                    by=c.bob.actor),
        "audit", lambda c: {"name": "Clerks"}, _role, ("Clerk", ["audit.view", "members.view"]),
        ("Clerks", ["members.view"]),
    ),
}  # fmt: skip


@pytest.fixture(params=EDITED)
def edited(request: pytest.FixtureRequest) -> Edited:
    return EDITED[request.param]


def test_who_saves_second_is_told_and_nothing_is_lost(cast: Cast, edited: Edited) -> None:
    with firm_context(cast.alice.firm.id):
        path, typed = edited.path(cast), edited.typed(cast)
    hers = Opened.at(cast.alice.client(), path, edited.having)
    meanwhile, kept = (cast.alice.inside(partial(act, cast)) for act in (edited.change, edited.kept))
    edited_by_two(hers, meanwhile, edited.told, kept, edited.bobs, edited.alices, **typed)


def test_nobody_is_told_of_what_nobody_changed(cast: Cast, edited: Edited) -> None:
    with firm_context(cast.alice.firm.id):
        path, typed = edited.path(cast), edited.typed(cast)
    hers = Opened.at(cast.alice.client(), path, edited.having)
    assert hers.send(**typed).status_code == 302


def test_what_is_wrong_first_hides_no_change_of_a_colleague(cast: Cast) -> None:
    hers = Opened.at(cast.alice.client(), cast.alice.url("settings/firm/"), "reply_to")
    assert hers.send(seats="0").status_code == 422
    with firm_context(cast.alice.firm.id):
        firms.update_firm({"name": "Alder & Sons"}, by=cast.bob.actor)
    wrong = hers.send(seats="0", name="Alder Ltd").content.decode()
    assert "Alder &amp; Sons" in wrong and "greater than or equal to 1" in wrong, "Both are told at once."
    assert hers.send(seats="5").status_code == 302
    assert (_firm(cast).name, _firm(cast).seats) == ("Alder Ltd", 5)


def test_ones_own_profile_in_two_windows(alice: Person, bob: Person) -> None:
    one = Opened.at(alice.client(), "/accounts/profile/")
    user = User.objects.get(pk=alice.user.pk)
    profile.update_profile(user, {"last_name": "Oak", "date_format": "iso"}, request=RequestFactory().get("/"))
    who_saves_second_is_told(one, "“Oak”", first_name="Alicia")
    assert User.objects.get(pk=alice.user.pk).name == "Alice Oak"
    assert one.send(last_name="Oak-Ash").status_code == 302
    kept = User.objects.get(pk=alice.user.pk)
    assert (kept.name, kept.preferences["date_format"]) == ("Alicia Oak-Ash", "day_month")


def test_another_firm_sees_nothing(cast: Cast, charlie: Person, edited: Edited) -> None:
    with firm_context(cast.alice.firm.id):
        path = edited.path(cast).replace(cast.alice.url(), charlie.url())
    if "firm/" not in path:
        assert charlie.client().get(path).status_code == 404
        assert charlie.client().post(path, {"name": "Mine"}).status_code == 404
