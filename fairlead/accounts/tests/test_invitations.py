"""Invitations: one mail, one use, one address."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from fairlead.accounts.actions import invitations
from fairlead.accounts.models import Invitation, Membership
from fairlead.accounts.tests.cast import Person, join
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.public import Unfinished
from fairlead.jobs.testing import drain
from fairlead.jobs.unfinished import tell
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.kernel.letters import Letter, Unanswered
from fairlead.tenancy.public import Role, firm_context

pytestmark = pytest.mark.django_db


def invite(by: Person, email: str, **values: object) -> Invitation:
    with firm_context(by.firm.id):
        made = invitations.invite_member({"email": email, **values}, by=by.actor)
    drain()
    return made


def mailed_token() -> str:
    found = re.search(r"/join/[\w-]+/([\w-]+)/", mail.outbox[-1].body)
    assert found
    return found[1]


def accept(firm: Person, token: str, who: Person) -> Membership:
    with firm_context(firm.firm.id):
        return invitations.accept_invitation(token, who.user, firm=firm.firm, ip="192.0.2.1")


def test_an_invited_login_of_another_firm_joins(alice: Person, charlie: Person) -> None:
    invite(alice, "Charlie@birch.example", role="manager")
    message = mail.outbox[0]
    assert (message.to, message.subject) == (["charlie@birch.example"], "Alice Ash invites you to Alder & Co")
    member = accept(alice, mailed_token(), charlie)
    assert member.role == "manager"
    with firm_context(alice.firm.id):
        assert Event.rows().get(type="member.joined").actor_label == "Charlie Cedar"
        assert Invitation.rows().get().accepted_by == member


def test_a_token_works_once_and_only_for_its_address(alice: Person, bob: Person, charlie: Person) -> None:
    invite(alice, "charlie@birch.example")
    token = mailed_token()
    with pytest.raises(Forbidden, match=r"charlie@birch\.example"):
        accept(alice, token, bob)
    accept(alice, token, charlie)
    with pytest.raises(NotFound):
        accept(alice, token, charlie)


def test_the_token_of_one_firm_opens_no_other(alice: Person, charlie: Person) -> None:
    invite(alice, "charlie@birch.example")
    with pytest.raises(NotFound):
        accept(charlie, mailed_token(), charlie)


def test_only_the_hash_is_stored(alice: Person) -> None:
    invite(alice, "eve@elm.example")
    with firm_context(alice.firm.id):
        assert mailed_token() not in str(Invitation.rows().values())
        assert mailed_token() not in str(list(Event.rows().values()))


def test_sending_again_ends_the_earlier_link(alice: Person, charlie: Person) -> None:
    made = invite(alice, "charlie@birch.example")
    first = mailed_token()
    with firm_context(alice.firm.id):
        invitations.resend_invitation(made.id, by=alice.actor)
    drain()
    with pytest.raises(NotFound, match="Use the link in the newest mail"):
        accept(alice, first, charlie)
    accept(alice, mailed_token(), charlie)


def test_a_revoked_or_expired_invitation_opens_nothing(alice: Person, charlie: Person) -> None:
    made = invite(alice, "charlie@birch.example")
    token = mailed_token()
    with clock.frozen(clock.now() + timedelta(days=8)), pytest.raises(NotFound):
        accept(alice, token, charlie)
    with firm_context(alice.firm.id):
        invitations.revoke_invitation(made.id, by=alice.actor)
    with pytest.raises(NotFound):
        accept(alice, token, charlie)
    with firm_context(alice.firm.id), pytest.raises(Conflict):
        invitations.resend_invitation(made.id, by=alice.actor)


@pytest.mark.parametrize("email", ["", "nonsense", "bob@alder.example", "eve@elm.example"])
def test_wrong_addresses_are_refused(alice: Person, bob: Person, email: str) -> None:
    invite(alice, "eve@elm.example")
    with firm_context(alice.firm.id), pytest.raises(InvalidInput, match="email"):
        invitations.invite_member({"email": email}, by=alice.actor)


def test_who_may_not_invite_cannot(bob: Person, charlie: Person, alice: Person) -> None:
    made = invite(alice, "eve@elm.example")
    with firm_context(bob.firm.id):
        with pytest.raises(Forbidden):
            invitations.invite_member({"email": "fay@fir.example"}, by=bob.actor)
        with pytest.raises(Forbidden):
            invitations.revoke_invitation(made.id, by=bob.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        invitations.revoke_invitation(made.id, by=charlie.actor)


def test_an_expired_invitation_is_not_sent_again_to_who_was_invited_anew_or_joined(
    alice: Person, charlie: Person
) -> None:
    with clock.frozen(clock.now() - timedelta(days=9)):
        old = invite(alice, "charlie@birch.example")
    invite(alice, "charlie@birch.example")
    token = mailed_token()
    with firm_context(alice.firm.id), pytest.raises(Conflict, match="invited already"):
        invitations.resend_invitation(old.id, by=alice.actor)
    accept(alice, token, charlie)
    with firm_context(alice.firm.id), pytest.raises(Conflict, match="a member already"):
        invitations.resend_invitation(old.id, by=alice.actor)


def test_nobody_sends_an_invitation_again_that_they_could_not_have_sent(alice: Person) -> None:
    admin = join(alice.firm, "Dana", "Dogwood", Role.ADMIN)
    made = invite(alice, "eve@elm.example", role="owner")
    with firm_context(alice.firm.id), pytest.raises(Forbidden):
        invitations.resend_invitation(made.id, by=admin.actor)


def test_a_used_link_leads_its_member_into_the_firm_and_nobody_else(
    alice: Person, bob: Person, charlie: Person
) -> None:
    old = f"/join/{alice.firm.slug}/used-long-ago/"
    assert bob.client().get(old).headers["Location"] == bob.url("").rstrip("/") + "/"
    assert charlie.client().get(old).status_code == 404
    assert bob.client().post(old).status_code == 404
    with firm_context(alice.firm.id):
        Membership.rows().filter(pk=bob.membership.pk).update(deactivated_at=clock.now())
    assert bob.client().get(old).status_code == 404


def give_up(made: Invitation) -> None:
    """Let the mail fail for good, as the worker does after the last try."""
    with firm_context(made.firm_id):
        tell("accounts.send_invitation", Unfinished(), {"invitation_id": str(made.pk)})


def test_a_mail_that_failed_for_good_is_told_where_people_look(alice: Person, charlie: Person) -> None:
    made = invite(alice, "dora@typo.example")
    assert "Mail failed" not in alice.page("settings/members/")
    give_up(made)
    page = alice.page("settings/members/")
    assert "Mail failed" in page and f"invitations/{made.pk}/resend/" in page and "Open until" not in page
    api = Api(alice)
    assert api.get(f"invitations/{made.pk}").json()["mail_failed_at"]
    with firm_context(alice.firm.id):
        assert Event.rows().get(type="invitation.mail_failed").data["email"] == "dora@typo.example"
    problem(Api(charlie).post(f"invitations/{made.pk}/sending"), 404, "not_found")
    assert api.post(f"invitations/{made.pk}/sending").json()["mail_failed_at"] is None
    drain()
    assert "Open until" in alice.page("settings/members/") and mail.outbox[-1].to == ["dora@typo.example"]


def test_a_mail_that_is_repeated_has_the_same_link(alice: Person, charlie: Person) -> None:
    made = invite(alice, "charlie@birch.example")
    first = mailed_token()
    invitations.send_invitation(firm_id=alice.firm.id, invitation_id=made.pk)  # its worker had died, say
    assert len(mail.outbox) == 2 and mailed_token() == first
    accept(alice, first, charlie)


def test_a_mail_that_was_never_answered_is_not_repeated_but_told(
    alice: Person, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[Letter] = []

    def unanswered(letter: Letter) -> None:
        left.append(letter)
        raise Unanswered("no answer")

    monkeypatch.setattr(Letter, "send", unanswered)
    made = invite(alice, "charlie@birch.example")
    drain()
    [letter] = left
    assert "or did not say so" in alice.page("settings/members/")
    with firm_context(alice.firm.id):
        assert Invitation.rows().get(pk=made.pk).mail_failed_at
    found = re.search(r"/join/[\w-]+/([\w-]+)/", letter.text)
    assert found and accept(alice, found[1], charlie), "it had arrived"


def test_a_closed_invitation_has_no_mail_to_wait_for(alice: Person) -> None:
    made = invite(alice, "dora@typo.example")
    with firm_context(alice.firm.id):
        invitations.revoke_invitation(made.pk, by=alice.actor)
    give_up(made)
    with firm_context(alice.firm.id):
        assert Invitation.rows().get().mail_failed_at is None
