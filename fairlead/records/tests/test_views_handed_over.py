"""Views that others use pass on when the member who saved them leaves."""

import pytest

from fairlead.accounts.actions.roles import create_role
from fairlead.accounts.models import Membership, Team, TeamMembership
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.records.actions.saved_views import create_view, update_view
from fairlead.records.models import SavedView
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def _view(person: Person, name: str, scope: str = "firm", **more: object) -> SavedView:
    return create_view(nouns.get("contact"), {"name": name, "scope": scope, **more}, by=person.actor)


def _leave(alice: Person, leaver: Person) -> None:
    path = f"members/{leaver.membership.id}/deactivation"
    assert Api(alice).post(path, {"successor": str(alice.membership.id)}).status_code == 200


def test_shared_views_go_to_the_successor_and_private_ones_stay(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        _view(charlie, "Elsewhere")
    with firm_context(alice.firm.id):
        shared, private = _view(bob, "Hot leads"), _view(bob, "Secret", "private")
    _leave(alice, bob)
    with firm_context(alice.firm.id):
        shared.refresh_from_db()
        private.refresh_from_db()
        assert (shared.owner_id, private.owner_id) == (alice.membership.id, bob.membership.id)
        told = Event.rows().get(type="view.handed_over")
        assert told.data["name"] == "Hot leads" and told.data["to"] == "Alice Ash"
        left = Event.rows().get(type="member.deactivated")
        assert left.data["handed_over"]["shared views"] == 1
    with firm_context(charlie.firm.id):
        assert SavedView.rows().get().owner_id == charlie.membership.id


def test_a_name_that_the_successor_shares_already_is_told_apart(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        _view(alice, "Hot leads")
        _view(alice, "HOT LEADS (Bob Beech)")
        _view(bob, "hot leads")
        long = _view(bob, "x" * 80)
        _view(alice, "x" * 80)
    _leave(alice, bob)
    with firm_context(alice.firm.id):
        names = set(SavedView.rows().filter(owner=alice.membership).values_list("name", flat=True))
        assert {"Hot leads", "HOT LEADS (Bob Beech)", "hot leads (Bob Beech 2)"} <= names
        long.refresh_from_db()
        assert long.name.endswith(" (Bob Beech)") and len(long.name) == 80


def test_who_takes_a_teams_view_over_changes_it_without_being_in_the_team(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        team = Team.objects.create(name="Sales")
        TeamMembership.objects.create(team=team, membership=bob.membership)
        view = _view(bob, "Hot leads", "team", team=str(team.pk))
    _leave(alice, bob)
    page, edit = alice.client().get(alice.url("contacts/")), alice.url(f"views/{view.pk}/")
    assert "Hot leads" in page.content.decode()
    assert "Sales" in alice.client().get(edit).content.decode()
    values = {"name": "Warm leads", "scope": "team", "team": str(team.pk), "position": "1"}
    assert alice.client().post(edit, values, headers={"HX-Request": "true"}).status_code == 204
    with firm_context(alice.firm.id):
        view.refresh_from_db()
        assert (view.name, view.scope, view.team_id) == ("Warm leads", "team", team.pk)


def test_who_may_not_share_renames_a_shared_view_without_taking_it_from_the_others(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        view = _view(bob, "Hot leads")
        role = create_role({"name": "Clerk", "permissions": ["contacts.view"]}, by=alice.actor)
        Membership.rows().filter(pk=bob.membership.pk).update(custom_role=role)
    edit = bob.url(f"views/{view.pk}/")
    assert 'value="firm" selected' in bob.client().get(edit).content.decode()
    values = {"name": "Warm leads", "scope": "firm", "position": "1"}
    assert bob.client().post(edit, values, headers={"HX-Request": "true"}).status_code == 204
    with firm_context(alice.firm.id):
        view.refresh_from_db()
        assert (view.name, view.scope) == ("Warm leads", "firm")
        assert update_view(view.pk, {"scope": "private"}, by=alice.actor).owner_id == bob.membership.id
