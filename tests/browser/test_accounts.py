"""Logging in and the settings in use; passkeys for real."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from fairlead.accounts.actions.invitations import send_invitation
from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face

pytestmark = pytest.mark.browser


def test_dialogs_work(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go("/f/alder/settings/members/")
    page.get_by_role("link", name="Invite").click()
    page.get_by_label("Email").fill("fay@fir.example")
    face.settle()
    face.check("dialog-invite")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("fay@fir.example").first.wait_for()
    page = face.go("/f/alder/settings/roles/")
    page.get_by_role("link", name="New role").click()
    page.get_by_label("Name", exact=False).first.wait_for()
    face.check("dialog-role")
    page = face.go("/f/alder/settings/developers/")
    page.get_by_role("link", name="New API key").click()
    page.get_by_label("Name").fill("Import")
    page.get_by_role("button", name="Create").click()
    page.get_by_text(re.compile("flk_[0-9a-f]{32}_")).wait_for()
    expect(page.locator("#dialog .alert")).to_be_focused()
    face.check("dialog-key")
    page.keyboard.press("Escape")
    expect(page.locator("#confirm")).to_contain_text("never shown again")
    page.get_by_role("button", name="Yes, close").click()
    expect(page.get_by_role("cell", name="Import")).to_be_visible()


def test_logging_out_from_the_menu(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go("/f/alder/contacts/")
    page.get_by_role("button", name="You").first.click()
    page.get_by_role("menuitem", name="Log out").click()
    page.wait_for_url("**/accounts/login/**")
    face.go("/f/alder/contacts/")
    page.wait_for_url("**/accounts/login/**")


def test_a_colleague_who_lost_the_phone_is_let_in_again(
    open_face: Callable[..., Face], alice: Person, bob: Person
) -> None:
    TOTP.activate(bob.user, generate_totp_secret())
    face = open_face("narrow", "dark")
    face.log_in(alice)
    page = face.go("/f/alder/settings/members/")
    page.get_by_role("button", name=f"Actions for {bob.user.name}").click()
    face.check("members/menu")
    page.get_by_role("menuitem", name="Reset second factors").click()
    expect(page.locator("#confirm")).to_contain_text("Be sure that it is they")
    face.check("members/reset")
    page.locator("#confirm").get_by_role("button", name="Reset second factors").click()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("logs in with the password alone")
    assert not Authenticator.objects.filter(user=bob.user).exists()


def test_what_is_typed_outlives_the_session(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go("/f/alder/contacts/")
    page.get_by_role("link", name="New contact").first.click()
    page.locator("#dialog").get_by_label("First name").fill("Ada")
    face.settle()
    Session.objects.all().delete()
    create = page.get_by_role("button", name="Create")
    create.click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()
    expect(page.locator("#dialog").get_by_label("First name")).to_have_value("Ada")
    face.check("logged-out")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Log in").click()
    beside = opened.value
    beside.get_by_label("Email").fill(alice.user.email)
    beside.get_by_label("Password").fill(PASSWORD)
    beside.get_by_role("button", name="Log in", exact=True).click()
    beside.wait_for_url("**/f/alder/**")
    create.click()  # the log-in has changed the token that guards forms
    expect(page.get_by_role("heading", name="Ada")).to_be_visible()


def _with_a_device(face: Face) -> Callable[[bool], None]:
    """Give the browser a device that keeps passkeys; what is returned tells it to know its owner, or not."""
    devices = face.page.context.new_cdp_session(face.page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    face.server = face.server.replace("127.0.0.1", "localhost")  # a relying party is a name, never a number

    def knows_its_owner(knows: bool) -> None:
        which = {"authenticatorId": device["authenticatorId"], "isUserVerified": knows}
        devices.send("WebAuthn.setUserVerified", which)

    return knows_its_owner


def test_a_passkey_is_added_and_logs_in(face: Face, alice: Person) -> None:
    _with_a_device(face)
    _logs_in(face, alice).wait_for_url("**/f/alder/**")
    _passkey_is_added(face)
    face.page.context.clear_cookies()
    page = face.go("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/f/alder/**")
    _passkey_is_removed(face)
    face.page.context.clear_cookies()
    page = face.go("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()  # the device still offers it
    expect(page.get_by_text("This passkey is not known here").first).to_be_visible()
    face.settle()
    face.check("passkey-unknown")


def _passkey_is_added(face: Face) -> None:
    page = face.go("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)  # a log-in alone is not enough for what guards log-ins
    face.check("reauthenticate")
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/2fa/webauthn/add/")
    face.check("passkey-add")
    expect(page.get_by_label("Name")).to_have_value("Passkey")
    page.get_by_label("Log in with it alone").check()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Name").press("Enter")
    page.wait_for_url("**/recovery-codes/**")
    face.check("recovery-codes")
    page = face.go("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Rename").click()
    face.settle()
    face.check("passkey-rename")
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="Work laptop")).to_be_visible()
    face.settle()
    face.check("passkeys")


def _passkey_is_removed(face: Face) -> None:
    page = face.go("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Work laptop no longer lets you in.")).to_be_visible()
    face.settle()
    face.check("passkey-remove")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No passkeys yet")).to_be_visible()


def test_a_passkey_that_is_not_used_is_told(face: Face, alice: Person) -> None:
    knows_its_owner = _with_a_device(face)
    page = face.go("/accounts/login/")
    expect(page.get_by_label("Email")).to_be_focused()  # the page is there for its form
    knows_its_owner(False)
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")


def test_the_second_step_offers_what_there_is(face: Face, alice: Person) -> None:
    _with_a_device(face)
    _logs_in(face, alice)
    face.page.wait_for_url("**/f/alder/**")
    page = face.go("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/**")
    face.page.context.clear_cookies()
    page = _logs_in(face, alice)
    expect(page.get_by_text("Use your passkey. When it is not at hand")).to_be_visible()
    expect(page.get_by_text("authenticator app")).to_have_count(0)  # she has none
    face.settle()
    face.check("second-step-passkey")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/f/alder/**")


def _logs_in(face: Face, person: Person) -> Page:
    page = face.go("/accounts/login/")
    page.get_by_label("Email").fill(person.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    return page


def test_a_login_link_is_a_button(face: Face, alice: Person) -> None:
    page = face.go(create_login_link(alice.user))
    face.check("login-link")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/f/alder/**")
    assert settings.SESSION_COOKIE_NAME in {c["name"] for c in face.page.context.cookies()}


def test_whether_to_cancel_a_job_is_asked_without_two_buttons_of_one_name(
    open_face: Callable[..., Face], alice: Person
) -> None:
    with firm_context(alice.firm.id):
        later = clock.now() + timedelta(days=1)
        enqueue(send_invitation, firm_id=alice.firm.id, invitation_id=alice.membership.id, run_at=later)
    face = open_face("narrow", "dark")
    face.log_in(alice)
    page = face.go("/f/alder/settings/jobs/")
    page.get_by_role("button", name="Cancel").click()
    asked = page.locator("#confirm")
    expect(asked.get_by_role("button")).to_have_text(["No", "Yes, cancel"])
    face.check("jobs/cancel")
    asked.get_by_role("button", name="Yes, cancel").click()
    expect(page.get_by_text("Nothing here")).to_be_visible()
