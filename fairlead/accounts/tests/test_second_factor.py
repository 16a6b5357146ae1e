"""Second factors: set up, asked for, encrypted at rest, audited."""

import json
import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client, TestCase

from fairlead.accounts.adapters import AccountAdapter
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.accounts.web.second_step import SecondCodeForm
from fairlead.events.public import Event
from fairlead.kernel import clock, crypto, dates
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits() -> None:
    cache.clear()


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def activate(person: Person) -> str:
    """Set up an authenticator app and return its secret."""
    EmailAddress.objects.create(user=person.user, email=person.user.email, primary=True, verified=True)
    client = person.log_in()
    path = "/accounts/2fa/totp/activate/"
    assert "reauthenticate" in client.get(path)["Location"]
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(path).content.decode()
    [secret] = re.findall(r'value="([A-Z2-7]{32})"', page)
    with TestCase.captureOnCommitCallbacks() as after_commit:
        answer = client.post(path, {"code": code(secret)})
    with request_context(answer.wsgi_request):
        for callback in after_commit:
            callback()
    assert answer.status_code == 302, answer.content
    return secret


def test_the_secret_is_encrypted_at_rest(alice: Person) -> None:
    secret = activate(alice)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_a_change_of_the_field_key_keeps_the_second_factor(alice: Person, settings: Any) -> None:
    secret, old = activate(alice), settings.FIELD_KEY
    settings.FIELD_KEY = f"new-key,{old}"
    assert crypto.reencrypt_all()["second factors"] == 2  # the app and the recovery codes
    settings.FIELD_KEY = "new-key"
    totp, codes = (Authenticator.objects.get(type=t).wrap() for t in ("totp", "recovery_codes"))
    assert totp.validate_code(code(secret))
    assert len(codes.get_unused_codes()) == 10


def test_a_field_key_that_is_gone_changes_nothing(alice: Person, settings: Any) -> None:
    activate(alice)
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.FIELD_KEY = "another-key"
    with pytest.raises(crypto.UnreadableSecret):
        crypto.reencrypt_all()
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before


def test_logging_in_asks_for_the_second_factor(alice: Person, charlie: Person) -> None:
    secret = activate(alice)
    cache.clear()  # the code that was just used counts as spent
    client = alice.log_in()
    assert client.get("/f/alder/settings/members/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/f/alder/settings/members/").status_code == 200
    with firm_context(alice.firm.id):
        types = list(Event.rows().order_by("recorded_at", "id").values_list("type", flat=True))
        last = Event.rows().filter(type="login.succeeded").order_by("-recorded_at", "-id").first()
    assert "second_factor.added" in types
    assert last.data["method"] == "a password and an authenticator app"
    with firm_context(charlie.firm.id):
        assert not Event.rows().exists()


def test_the_person_is_told_by_mail(alice: Person) -> None:
    activate(alice)
    assert "An authenticator app now guards your log-in" in [m.subject for m in mail.outbox]


def test_a_login_link_does_not_replace_the_second_factor(alice: Person) -> None:
    from fairlead.accounts.actions.loginlinks import create_login_link

    activate(alice)
    client = Client()
    answer = client.post(create_login_link(alice.user))
    assert "2fa/authenticate" in answer["Location"]
    assert "_auth_user_id" not in client.session


def test_a_changed_password_is_audited(alice: Person) -> None:
    client = alice.log_in()
    values = {"oldpassword": PASSWORD, "password1": "another-horse-77", "password2": "another-horse-77"}
    assert client.post("/accounts/password/change/", values).status_code == 302
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="password.changed")
    assert "another-horse" not in str(event.data)


def test_a_wrong_code_after_the_right_password_is_audited(alice: Person, charlie: Person) -> None:
    activate(alice)
    client = alice.log_in()
    for _ in range(5):
        page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "This code is not right" in page
    assert "Wait five minutes" in client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    with firm_context(alice.firm.id):
        reasons = list(Event.rows().filter(type="login.failed").values_list("data__reason", flat=True))
    assert reasons == ["wrong code after the password"] * 5
    with firm_context(charlie.firm.id):
        assert not Event.rows().exists()


def test_the_second_step_names_the_ways_that_there_are(alice: Person) -> None:
    activate(alice)
    page = alice.log_in().get("/accounts/2fa/authenticate/").content.decode()
    assert "recovery codes" in page
    assert "Use a passkey" not in page  # she has none


def test_who_has_only_a_passkey_is_not_asked_for_an_app(alice: Person) -> None:
    Authenticator.objects.create(user=alice.user, type="webauthn", data={"name": "Laptop", "credential": {}})
    RecoveryCodes.activate(alice.user)
    form = SecondCodeForm(user=alice.user)
    assert (form.has_app, form.fields["code"].label) == (False, "Recovery code")
    ways = {m["id"]: m["description"] for m in AccountAdapter().get_reauthentication_methods(alice.user)}
    assert ways["mfa_reauthenticate"] == "Use a recovery code"
    Authenticator.objects.create(user=alice.user, type="totp", data={})
    ways = {m["id"]: m["description"] for m in AccountAdapter().get_reauthentication_methods(alice.user)}
    assert ways["mfa_reauthenticate"] == "Use a code of your app, or a recovery code"


def test_a_recovery_code_lets_in_once(alice: Person) -> None:
    activate(alice)
    spare = Authenticator.objects.get(user=alice.user, type="recovery_codes").wrap().get_unused_codes()[0]
    for status in (302, 200):
        answer = alice.log_in().post("/accounts/2fa/authenticate/", {"code": spare})
        assert answer.status_code == status


def test_who_used_a_recovery_code_is_told_how_many_are_left(alice: Person) -> None:
    activate(alice)
    codes = Authenticator.objects.get(user=alice.user, type="recovery_codes").wrap().get_unused_codes()
    for count, spare in enumerate(codes, start=1):
        cache.clear()
        client = alice.log_in()
        client.post("/accounts/2fa/authenticate/", {"code": spare})
        left = len(codes) - count
        told = client.get("/accounts/profile/").content.decode()
        assert f"{left} recovery code{'' if left == 1 else 's'} left. Make new ones in time" in told


def test_the_file_of_recovery_codes_says_what_they_are_for(alice: Person) -> None:
    activate(alice)
    client = alice.log_in()
    spare = Authenticator.objects.get(user=alice.user, type="recovery_codes").wrap().get_unused_codes()
    client.post("/accounts/2fa/authenticate/", {"code": spare[0]})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    file = answer.content.decode()
    for told in (alice.user.email, "http://testserver/", dates.day(clock.now()), "lets you in once", *spare[1:]):
        assert told in file
    assert spare[0] not in file, "It is used."


def test_a_passkey_that_is_not_known_is_said_to_be(alice: Person) -> None:
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    nothing = {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": json.dumps(nothing)}, follow=True)
    assert "This passkey is not known here" in answer.content.decode()
