"""Lost second factors: reset by who may manage members, or by the operator; the person is told."""

import argparse
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache

from fairlead.accounts.actions import factors, members
from fairlead.accounts.models import Membership
from fairlead.accounts.tests import cast
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.jobs.unfinished import Unfinished, tell
from fairlead.kernel.errors import Conflict
from fairlead.kernel.letters import Letter, Unanswered
from fairlead.notifications import following
from fairlead.tenancy.public import Firm, Role, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits() -> None:
    cache.clear()


@pytest.fixture
def guarded(bob: Person) -> Iterator[Person]:
    """Bob, who has an app and recovery codes."""
    TOTP.activate(bob.user, generate_totp_secret())
    RecoveryCodes.activate(bob.user)
    yield bob


def unanswered(letter: Letter) -> None:
    raise Unanswered


def left(person: Person) -> int:
    return Authenticator.objects.filter(user=person.user).count()


def resets(person: Person) -> list[str]:
    with firm_context(person.firm.id):
        return [e.data["name"] for e in Event.rows().filter(type="second_factor.reset")]


def test_a_reset_lets_the_password_in_and_tells_everybody(alice: Person, guarded: Person) -> None:
    assert "_auth_user_id" not in guarded.log_in().session
    page = alice.client().post(alice.url(f"settings/members/{guarded.membership.pk}/second-factors/"), follow=True)
    assert "logs in with the password alone" in page.content.decode()
    drain()
    assert (left(guarded), resets(alice)) == (0, [guarded.user.name])
    [letter] = [m for m in mail.outbox if "second factors" in m.subject]
    assert letter.to == [guarded.user.email] and "/accounts/2fa/" in str(letter.body)
    assert "_auth_user_id" in guarded.log_in().session


def test_who_reset_them_hears_that_the_mail_did_not_go_out(
    alice: Person, guarded: Person, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Api(alice).delete(f"members/{guarded.membership.pk}/second-factors").status_code == 204
    with monkeypatch.context() as broken:
        broken.setattr("fairlead.kernel.letters.Letter.send", unanswered)
        drain()
    with firm_context(alice.firm.id):
        [event] = Event.rows().filter(type="second_factor.mail_failed")
        following.follow([event])
        following.follow([event])
    [notice] = Api(alice).get("notifications").json()["data"]
    assert notice["title"] == f"{guarded.user.name} was not told that their second factors were reset"
    assert guarded.user.email in notice["text"]
    assert "could not tell" in alice.page("settings/audit/")
    assert not Api(guarded).get("notifications").json()["data"] and not Api(charlie).get("notifications").json()["data"]


def test_a_mail_that_failed_for_good_is_told_as_well(alice: Person, guarded: Person) -> None:
    given = {"membership_id": str(guarded.membership.pk), "reset_by": str(alice.membership.pk)}
    with firm_context(alice.firm.id):
        tell("accounts.mail_reset", Unfinished(), given)
        tell("accounts.mail_reset", Unfinished(), {"membership_id": given["membership_id"]})
        by_alice, by_the_operator = Event.rows().filter(type="second_factor.mail_failed").order_by("id")
    assert by_alice.data["asked_by"] == given["reset_by"] and "asked_by" not in by_the_operator.data


def test_open_sessions_end(alice: Person, bob: Person) -> None:
    client = bob.log_in()
    TOTP.activate(bob.user, generate_totp_secret())
    with firm_context(alice.firm.id):
        factors.reset_second_factors(bob.membership.pk, by=alice.actor)
    assert client.get(bob.url("contacts/")).status_code == 302


def test_the_api_does_the_same(alice: Person, guarded: Person, charlie: Person) -> None:
    path = f"members/{guarded.membership.pk}/second-factors"
    problem(Api(charlie).delete(path), 404, "not_found")
    problem(Api(guarded).delete(path), 403, "forbidden")
    assert left(guarded) == 2
    assert Api(alice).delete(path).status_code == 204
    assert left(guarded) == 0
    problem(Api(alice).delete(path), 409, "none")


def test_nobody_resets_who_may_do_more_nor_themselves(alice: Person, firm_a: Firm) -> None:
    admin = cast.join(firm_a, "Dan", "Dogwood", Role.ADMIN)
    for person in (alice, admin):
        TOTP.activate(person.user, generate_totp_secret())
    problem(Api(admin).delete(f"members/{alice.membership.pk}/second-factors"), 403, "escalation")
    with firm_context(firm_a.id), pytest.raises(Conflict, match="your own"):
        factors.reset_second_factors(alice.membership.pk, by=alice.actor)
    assert (left(alice), resets(alice)) == (1, [])


def test_a_login_of_two_firms_is_the_operators(alice: Person, guarded: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        Membership.objects.create(user=guarded.user, role="member")
    problem(Api(alice).delete(f"members/{guarded.membership.pk}/second-factors"), 409, "shared_login")
    assert left(guarded) == 2
    assert factors.reset_by_operator(guarded.user) == 2
    assert (left(guarded), resets(alice), resets(charlie)) == (0, [guarded.user.name], [guarded.user.name])
    assert factors.reset_by_operator(guarded.user) == 0


def test_who_has_left_and_works_elsewhere_keeps_theirs(alice: Person, guarded: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        Membership.objects.create(user=guarded.user, role="member")
    with firm_context(alice.firm.id):
        members.deactivate_member(guarded.membership.pk, successor_id=alice.membership.pk, by=alice.actor)
    problem(Api(alice).delete(f"members/{guarded.membership.pk}/second-factors"), 409, "deactivated")
    assert left(guarded) == 2


def test_the_operators_own_are_not_a_firms_to_take(alice: Person, guarded: Person) -> None:
    type(guarded.user).objects.filter(pk=guarded.user.pk).update(is_operator=True)
    problem(Api(alice).delete(f"members/{guarded.membership.pk}/second-factors"), 409, "shared_login")
    assert left(guarded) == 2


def test_the_menu_offers_it_for_who_has_one(alice: Person, guarded: Person) -> None:
    offered = alice.client().get(alice.url("settings/members/")).content.decode()
    assert offered.count("Reset second factors") == 1
    assert f"{guarded.membership.pk}/second-factors/" in offered


def test_the_command_takes_the_option() -> None:
    from fairlead.operations.commands import login_link

    parser = argparse.ArgumentParser()
    login_link.configure(parser)
    assert parser.parse_args(["a@b.example", "--reset-second-factors"]).reset_second_factors is True
