"""The settings pages: seen by who may, changed by who may."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from fairlead.accounts.actions import keys, members, roles, teams
from fairlead.accounts.actions.invitations import send_invitation
from fairlead.accounts.models import ApiKey, CustomRole, Invitation, Team
from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock, dates
from fairlead.kernel.text import squeeze
from fairlead.shell.tests.carried import Opened
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
PAGES = ["firm", "members", "invite", "teams", "new_team", "roles", "new_role", "keys", "new_key", "audit", "set_aside",
         "background"]  # fmt: skip
BOBS = {"members", "teams", "roles", "keys", "new_key"}


def at(person: Person, name: str, **kwargs: object) -> str:
    return reverse(f"accounts:{name}", kwargs={"firm": person.firm.slug, **kwargs})


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_to_who_may(alice: Person, bob: Person, charlie: Person, name: str) -> None:
    path = at(alice, name)
    assert alice.client().get(path).status_code == 200
    assert bob.client().get(path).status_code == (200 if name in BOBS else 403)
    assert charlie.client().get(path).status_code == 404
    assert Client().get(path)["Location"].startswith("/accounts/login/")


def test_a_job_that_waits_is_seen_and_cancelled_by_the_firms_admins(
    alice: Person, bob: Person, charlie: Person
) -> None:
    with firm_context(alice.firm.id):
        number = enqueue(send_invitation, firm_id=alice.firm.id, invitation_id=alice.membership.id)
    client, page = alice.client(), at(alice, "background")
    assert "accounts.send_invitation" in client.get(page).content.decode()
    assert "accounts.send_invitation" not in charlie.client().get(at(charlie, "background")).content.decode()
    assert "accounts.send_invitation" not in client.get(f"{page}?state=failed").content.decode()
    assert client.get(f"{page}?before=x").status_code == 422
    assert client.post(at(alice, "retry_job", job_id=number)).status_code == 409
    assert bob.client().post(at(bob, "cancel_job", job_id=number)).status_code == 403
    assert charlie.client().post(at(charlie, "cancel_job", job_id=number)).status_code == 404
    assert client.post(at(alice, "cancel_job", job_id=number)).status_code == 302
    assert "accounts.send_invitation" not in client.get(page).content.decode()


def test_a_job_is_told_in_words_with_when_it_was_queued(alice: Person) -> None:
    later = clock.now() + timedelta(days=40)
    with firm_context(alice.firm.id):
        enqueue(send_invitation, firm_id=alice.firm.id, invitation_id=alice.membership.id, run_at=later)
    page = squeeze(alice.client().get(at(alice, "background")).content.decode())
    assert f'data-label="Due">{dates.moment(later)}' in page
    assert f'data-label="Queued">{dates.day(clock.now())}' in page, "Not when it is due."
    assert "Mail an invitation <span" in page and '<td data-label="What went wrong"></td>' in page


def test_fewer_seats_than_are_taken_are_told(alice: Person, bob: Person) -> None:
    client = alice.client()
    assert Opened.at(client, at(alice, "firm"), "reply_to").send(seats="1").status_code == 302
    assert "More seats are taken (2) than there are" in client.get(at(alice, "firm")).content.decode()


def test_who_may_see_the_audit_reviews_what_a_member_did(alice: Person, bob: Person) -> None:
    bob.client().post("/accounts/profile/", {"first_name": "Robert", "time_zone": "UTC", "language": "en"})
    review = f"{at(alice, 'audit')}?actor={bob.membership.id}"
    assert review in alice.client().get(at(alice, "members")).content.decode()
    page = alice.client().get(review).content.decode()
    assert "first name" in page
    assert "Review activity" not in bob.client().get(at(bob, "members")).content.decode()


def test_the_profile_leads_to_what_is_set_in_each_firm(alice: Person) -> None:
    page = alice.client().get("/accounts/profile/").content.decode()
    assert f'href="/f/{alice.firm.slug}/settings/notifications/"' in page


def test_the_firm_and_settings_start_lead_somewhere(alice: Person, bob: Person) -> None:
    for person in (alice, bob):
        for name in ("start", "settings"):
            assert person.client().get(at(person, name), follow=True).status_code == 200


def test_settings_are_saved_or_refused_with_their_field(alice: Person) -> None:
    values = {"name": "Alder Ltd", "country": "GB", "time_zone": "Europe/London", "currency": "GBP", "language": "en"}
    client = alice.client()
    assert client.post(at(alice, "firm"), values).status_code == 302
    wrong = client.post(at(alice, "firm"), {**values, "seats": "0"})
    assert wrong.status_code == 422
    client.post(at(alice, "visibility"), {"visibility": "team"})
    alice.firm.refresh_from_db()
    assert (alice.firm.name, alice.firm.visibility, alice.firm.seats) == ("Alder Ltd", "team", None)


def test_inviting_from_the_dialog(alice: Person, bob: Person) -> None:
    path = at(alice, "invite")
    answer = alice.client().post(
        path, {"email": "eve@elm.example", "role": "role:manager"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, at(alice, "members"))
    again = alice.client().post(
        path, {"email": "eve@elm.example", "role": "role:member"}, headers={"HX-Request": "true"}
    )
    assert again.status_code == 422
    assert b"invited already" in again.content
    with firm_context(alice.firm.id):
        assert Invitation.rows().get().role == "manager"


def test_a_refused_dialog_is_a_page_without_htmx_and_its_form_alone_with_it(alice: Person) -> None:
    path = at(alice, "new_team")
    page = alice.client().post(path, {"name": ""})
    part = alice.client().post(path, {"name": ""}, headers={"HX-Request": "true"})
    assert page.status_code == part.status_code == 422
    assert "<h1" in page.content.decode() and part.content.decode().lstrip().startswith("<form")


def test_a_member_changes_by_the_dialog(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        team = teams.create_team({"name": "Tax"}, by=alice.actor)
    path = at(alice, "member", member_id=bob.membership.id)
    values = {"title": "Partner", "role": "role:manager", "teams": [str(team.id)]}
    assert alice.client().post(path, values).status_code == 302
    page = alice.client().get(at(alice, "members")).content
    assert b"Partner" in page
    assert b"Tax" in page


def test_deactivating_by_the_dialog(alice: Person, bob: Person) -> None:
    path = at(alice, "deactivate", member_id=bob.membership.id)
    assert alice.client().post(path, {"successor": ""}).status_code == 422
    assert alice.client().post(path, {"successor": str(alice.membership.id)}).status_code == 302
    assert bob.client().get(at(bob, "members")).status_code == 404
    assert b"Former members" in alice.client().get(at(alice, "members")).content


def test_the_last_owner_is_told_in_the_dialog(alice: Person, bob: Person) -> None:
    path = at(alice, "deactivate", member_id=alice.membership.id)
    answer = alice.client().post(path, {"successor": str(bob.membership.id)})
    assert answer.status_code == 422
    assert b"last owner" in answer.content


def test_teams_nest_and_never_in_themselves(alice: Person, bob: Person) -> None:
    client = alice.client()
    client.post(at(alice, "new_team"), {"name": "Advisory", "kind": "department", "parent": ""})
    with firm_context(alice.firm.id):
        department = Team.rows().get()
    people = {"members": [str(bob.membership.id)], "leads": [str(alice.membership.id)]}
    client.post(at(alice, "new_team"), {"name": "Tax", "kind": "team", "parent": str(department.id), **people})
    with firm_context(alice.firm.id):
        tax = Team.rows().get(name="Tax")
        teams.update_team(tax.id, {"kind": "department"}, by=alice.actor)
    assert tax.parent_id == department.id
    path = at(alice, "team", team_id=department.id)
    wrong = client.post(path, {"name": "Advisory", "kind": "department", "parent": str(tax.id)})
    assert b"cannot be inside itself" in wrong.content
    page = client.get(at(alice, "teams")).content
    assert page.index(b"Advisory") < page.index(b"Tax")


def test_a_custom_role_is_a_set_of_declared_rights(alice: Person, bob: Person) -> None:
    client = alice.client()
    client.post(at(alice, "new_role"), {"name": "Auditor", "permissions": ["members.view", "audit.view"]})
    with firm_context(alice.firm.id):
        role = CustomRole.rows().get()
    wrong = client.post(at(alice, "role", role_id=role.id), {"name": "Auditor", "permissions": ["audit.fly"]})
    assert wrong.status_code == 422
    member = at(alice, "member", member_id=bob.membership.id)
    client.post(member, {"title": "", "role": f"custom:{role.id}"})
    assert bob.client().get(at(bob, "audit")).status_code == 200
    assert bob.client().get(at(bob, "new_key")).status_code == 403
    assert client.post(at(alice, "delete_role", role_id=role.id)).status_code == 409


@pytest.mark.parametrize("name", ["Read-only", "owner", "CLERK"])
def test_a_role_is_not_called_like_another(alice: Person, name: str) -> None:
    with firm_context(alice.firm.id):
        roles.create_role({"name": "Clerk", "permissions": ["members.view"]}, by=alice.actor)
    answer = alice.client().post(alice.url("settings/roles/new/"), {"name": name, "permissions": ["members.view"]})
    assert answer.status_code == 422
    assert "There is a role with this name already." in answer.content.decode()


def test_a_role_without_any_right_is_refused_at_the_rights(alice: Person) -> None:
    with firm_context(alice.firm.id):
        role = roles.create_role({"name": "Clerk", "permissions": ["members.view"]}, by=alice.actor)
    for path in ("new/", f"{role.pk}/"):
        answer = alice.client().post(alice.url(f"settings/roles/{path}"), {"name": "Nobody"})
        page = answer.content.decode()
        assert answer.status_code == 422 and 'href="#id_permissions"' in page and 'id="id_permissions"' in page
        assert 'id="rights-error"' in page and page.count("Choose at least one right") == 2
    with firm_context(alice.firm.id):
        assert [(r.name, r.permissions) for r in CustomRole.rows()] == [("Clerk", ["members.view"])]


def test_a_role_that_sees_companies_only_is_led_nowhere_else(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        role = roles.create_role({"name": "Clerk", "permissions": ["companies.view"]}, by=alice.actor)
        members.update_member(bob.membership.id, {"custom_role": str(role.id)}, by=alice.actor)
    page = bob.client().get(bob.url("settings/fields/companies/")).content.decode()
    assert bob.url("settings/fields/deals/") not in page
    refused = bob.client().get(bob.url("settings/developers/keys/new/"))
    assert refused.status_code == 403
    assert "create API keys for oneself" in refused.content.decode()


def test_who_lacks_a_right_cannot_put_it_into_a_role(alice: Person, bob: Person) -> None:
    from fairlead.kernel.errors import Forbidden

    with firm_context(alice.firm.id):
        role = roles.create_role({"name": "Clerk", "permissions": ["roles.manage", "members.view"]}, by=alice.actor)
        bob.membership.custom_role = role
        bob.membership.save()
        with pytest.raises(Forbidden, match="cannot give"):
            roles.create_role({"name": "Boss", "permissions": ["audit.view"]}, by=bob.actor)


def test_a_key_is_shown_once_and_works_within_its_scopes(alice: Person) -> None:
    client = alice.client()
    answer = client.post(at(alice, "new_key"), {"name": "Sync", "expires": "30", "scopes": ["members.view"]})
    [text] = [w for w in answer.content.decode().replace("<", " ").replace(">", " ").split() if w.startswith("flk_")]
    assert text not in client.get(at(alice, "keys")).content.decode()
    with firm_context(alice.firm.id):
        key = ApiKey.rows().get()
        assert text not in str(ApiKey.rows().values())
        assert text not in str(list(Event.rows().values()))
    assert key.expires_at is not None
    rotated = client.post(at(alice, "rotate_key", key_id=key.id))
    assert b"flk_" in rotated.content
    client.post(at(alice, "revoke_key", key_id=key.id))
    assert client.post(at(alice, "revoke_key", key_id=key.id)).status_code == 409


def test_bob_sees_and_revokes_only_his_own_keys(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        hers, _ = keys.create_key({"name": "Hers"}, by=alice.actor)
        his, _ = keys.create_key({"name": "His"}, by=bob.actor)
    assert b"Hers" not in bob.client().get(at(bob, "keys")).content
    assert bob.client().post(at(bob, "revoke_key", key_id=hers.id)).status_code == 404
    assert alice.client().post(at(alice, "revoke_key", key_id=his.id)).status_code == 302


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(out, "PNG")
    out.seek(0)
    out.name = "me.png"
    return out


def test_a_photo_is_seen_by_colleagues_only(
    alice: Person, bob: Person, charlie: Person, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = alice.client()
    assert client.get("/accounts/profile/photo/").status_code == 404
    assert client.post("/accounts/profile/photo/", {"photo": picture()})["Location"] == "/accounts/profile/"
    path = at(alice, "photo", member_id=alice.membership.id)
    served = bob.client().get(path)
    assert (served.status_code, served["Content-Type"]) == (200, "image/webp")
    assert "sandbox" in served["Content-Security-Policy"]
    assert charlie.client().get(path).status_code == 404
    assert charlie.client().get(at(charlie, "photo", member_id=alice.membership.id)).status_code == 404
    assert client.get("/accounts/profile/").status_code == 200


def test_a_photo_that_is_none_is_refused(alice: Person) -> None:
    fake = io.BytesIO(b"<svg onload=alert(1)>")
    fake.name = "me.png"
    client = alice.client()
    answer = client.post("/accounts/profile/photo/", {"photo": fake})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/profile/"), "To load it again sends nothing."
    assert b"not a JPEG" in client.get("/accounts/profile/").content
    assert b"not a JPEG" not in client.get("/accounts/profile/").content


def test_the_profile_is_saved(alice: Person) -> None:
    values = {"first_name": "Alicia", "last_name": "Ash", "time_zone": "Europe/Berlin", "language": "de"}
    assert alice.client().post("/accounts/profile/", values).status_code == 302
    alice.user.refresh_from_db()
    assert (alice.user.name, alice.user.time_zone) == ("Alicia Ash", "Europe/Berlin")
    assert alice.client().post("/accounts/profile/", {**values, "time_zone": "Mars"}).status_code == 422


@pytest.mark.parametrize("path", ["email/", "password/change/", "2fa/", "sessions/", "profile/", "logout/"])
def test_the_pages_of_ones_own_login_open(alice: Person, path: str) -> None:
    assert alice.client().get(f"/accounts/{path}").status_code == 200
