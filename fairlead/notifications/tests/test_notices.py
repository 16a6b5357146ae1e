"""Notices: made once from the log, mailed once, gathered once a day, seen by nobody else."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail

from fairlead.accounts.models import User
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.completing import complete_task
from fairlead.activities.actions.tasks import create_task
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.letters import Unanswered
from fairlead.notifications import access, following, kinds, reads
from fairlead.notifications.actions import digesting, mailing, reading, wishing
from fairlead.notifications.models import Digest, LivePost, Notice, NoticeMail, Rhythm
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def follow(person: Person) -> None:
    """Do what the consumer does, with the whole log: what was made already is not made again."""
    with firm_context(person.firm.id):
        following.follow(list(Event.rows().order_by("id")))


def assign(alice: Person, bob: Person, title: str = "Call Ada") -> None:
    with firm_context(alice.firm.id):
        create_task({"title": title, "assignees": [bob.membership.id]}, by=alice.actor)
    follow(alice)


def test_a_notice_is_made_once_and_only_for_whom_it_concerns(alice: Person, bob: Person) -> None:
    assign(alice, bob)
    follow(alice)
    with firm_context(alice.firm.id):
        notice = Notice.rows().get()
        assert (notice.member_id, notice.kind) == (bob.membership.id, "task_assigned")
        assert notice.title == "Alice Ash assigned you “Call Ada”" and notice.link.startswith("tasks/")
        assert reads.unread_count(bob.actor) == 1 and reads.unread_count(alice.actor) == 0
        assert LivePost.rows().filter(member=bob.membership, topic="notices").exists()


def test_nobody_is_told_of_what_they_did_themselves(alice: Person) -> None:
    assign(alice, alice)
    with firm_context(alice.firm.id):
        assert not Notice.rows().exists()


def test_who_gave_a_task_hears_that_it_is_done(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        task = create_task({"title": "Call Ada", "assignees": [bob.membership.id]}, by=alice.actor)
        complete_task(task.id, by=bob.actor)
    follow(alice)
    with firm_context(alice.firm.id):
        assert [n.title for n in access.notices(alice.actor)] == ["Bob Beech completed “Call Ada”"]


def test_a_mail_is_sent_once(alice: Person, bob: Person) -> None:
    assign(alice, bob)
    assert mailing.send_next(alice.firm.id) and not mailing.send_next(alice.firm.id)
    assert [m.to for m in mail.outbox] == [["bob@alder.example"]]
    assert "/f/alder/tasks/" in mail.outbox[0].body
    with firm_context(alice.firm.id):
        assert NoticeMail.rows().get().state == "sent"


def test_a_mail_whose_fate_is_unknown_is_held(alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    assign(alice, bob)

    def crash(self: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr("fairlead.kernel.letters.Letter.send", crash)
        with pytest.raises(SystemExit):
            mailing.send_next(alice.firm.id)
    assert not mailing.send_next(alice.firm.id) and mail.outbox == []
    with firm_context(alice.firm.id):
        assert NoticeMail.rows().get().state == "sending"


def test_a_mail_that_the_server_never_answered_is_held_and_not_repeated(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(alice, bob)

    def unanswered(self: object) -> None:
        raise Unanswered("It did not say.")

    monkeypatch.setattr("fairlead.kernel.letters.Letter.send", unanswered)
    assert mailing.send_next(alice.firm.id)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert not mailing.send_next(alice.firm.id)
    with firm_context(alice.firm.id):
        assert (NoticeMail.rows().get().state, NoticeMail.rows().get().error) == ("sending", "It did not say.")


def test_a_refused_mail_is_tried_again_later_and_given_up_at_last(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(alice, bob)

    def refuse(self: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("fairlead.kernel.letters.Letter.send", refuse)
    for step in range(mailing.TRIES):
        with clock.frozen(clock.now() + timedelta(hours=step)):
            assert mailing.send_next(alice.firm.id)
    with firm_context(alice.firm.id):
        assert (NoticeMail.rows().get().state, NoticeMail.rows().get().tries) == ("failed", mailing.TRIES)


def test_what_was_read_meanwhile_is_not_mailed(alice: Person, bob: Person) -> None:
    assign(alice, bob)
    assign(alice, bob, "Call Charles")
    with firm_context(alice.firm.id):
        assert reading.mark_all_read(by=bob.actor) == 2
    assert not mailing.send_next(alice.firm.id), "both are passed over at once"
    assert mail.outbox == []


def test_quiet_hours_hold_mail_back_but_not_the_bell(alice: Person, bob: Person) -> None:
    with clock.frozen(NOON):
        with firm_context(alice.firm.id):
            wishing.set_rhythm({"quiet_from": "11:00", "quiet_until": "14:00"}, by=bob.actor)
        assign(alice, bob)
        assert not mailing.send_next(alice.firm.id)
        with firm_context(alice.firm.id):
            assert reads.unread_count(bob.actor) == 1
    with clock.frozen(NOON + timedelta(hours=2, seconds=1)):
        assert mailing.send_next(alice.firm.id)


def test_channels_are_chosen_by_kind(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        wishing.set_preferences({"task_assigned": {"in_app": False, "mail": "never"}}, by=bob.actor)
    assign(alice, bob)
    with firm_context(alice.firm.id):
        assert not Notice.rows().exists() and not NoticeMail.rows().exists()
        with pytest.raises(InvalidInput):
            wishing.set_preferences({"nonsense": {"in_app": True, "mail": "now"}}, by=bob.actor)
        with pytest.raises(InvalidInput):
            wishing.set_rhythm({"quiet_from": "22:00", "quiet_until": None}, by=bob.actor)


def test_a_digest_is_sent_once_a_day_in_ones_own_zone(alice: Person, bob: Person) -> None:
    User.objects.filter(pk=bob.user.pk).update(time_zone="America/New_York")
    with clock.frozen(NOON), firm_context(alice.firm.id):
        wishing.set_preferences({"task_assigned": {"in_app": True, "mail": "digest"}}, by=bob.actor)
        assert wishing.set_rhythm({"digest_at": time(8)}, by=bob.actor).digest_due == datetime(
            2027, 3, 1, 13, tzinfo=UTC
        )
    with clock.frozen(NOON):
        assign(alice, bob)
        assign(alice, bob, "Call Charles")
        assert not digesting.send_next(alice.firm.id)
    with clock.frozen(NOON + timedelta(hours=2)):
        assert digesting.send_next(alice.firm.id) and not digesting.send_next(alice.firm.id)
    assert len(mail.outbox) == 1 and "2 things to know" in mail.outbox[0].subject
    with clock.frozen(NOON + timedelta(days=1, hours=2)):
        assert digesting.send_next(alice.firm.id)
    assert len(mail.outbox) == 1  # a day without news sends nothing
    with firm_context(alice.firm.id):
        assert Digest.rows().count() == 1


def test_what_is_put_off_into_the_digest_comes_in_the_morning_unless_another_time_was_chosen(
    alice: Person, bob: Person
) -> None:
    with firm_context(alice.firm.id):
        wishing.set_preferences({"task_assigned": {"in_app": True, "mail": "digest"}}, by=bob.actor)
    with clock.frozen(NOON):
        with firm_context(alice.firm.id):
            given = {"title": "Call Ada", "due_on": "2027-03-09", "assignees": [bob.membership.id]}
            create_task(given, by=alice.actor)
        follow(alice)
        assert not digesting.send_next(alice.firm.id)
    with clock.frozen(NOON + timedelta(hours=21)):
        assert digesting.send_next(alice.firm.id)
    assert len(mail.outbox) == 1 and "1 thing to know" in mail.outbox[0].subject
    assert "assigned you “Call Ada”\n  Due 9 March 2027\n  http" in mail.outbox[0].body
    with firm_context(alice.firm.id):
        wishing.set_rhythm({"digest_at": None}, by=bob.actor)
        assign(alice, bob, "Call Charles")
        assert Rhythm.rows().get().digest_due is None, "who wants no digest gets none"
    client = bob.client()
    assert "not mailed at all" in client.get(bob.url("settings/notifications/")).content.decode()
    refused = client.post(bob.url("settings/notifications/"), {"quiet_from": "22:00", "mail-mentioned": "never"})
    page = refused.content.decode()
    assert refused.status_code == 422 and 'value="22:00"' in page and "need a beginning and an end" in page
    assert 'value="never" selected' in page[page.index('name="mail-mentioned"') :].split("</select>")[0]


def test_the_api_sets_quiet_hours_and_the_digest(alice: Person, bob: Person) -> None:
    api, address = Api(bob), "notification-preferences/schedule"
    none = {"quiet_from": None, "quiet_until": None, "quiet_weekends": False, "digest_at": "08:00:00"}
    assert api.get(address).json() == none
    wanted = {"quiet_from": "22:00", "quiet_until": "07:00", "digest_at": None}
    assert api.patch(address, wanted).json() == {
        "quiet_from": "22:00:00", "quiet_until": "07:00:00", "quiet_weekends": False, "digest_at": None
    }  # fmt: skip
    problem(api.patch(address, {"quiet_until": None}), 422, "invalid")
    assert "digest_at" in str(problem(api.patch(address, {"digest_at": "noonish"}), 422, "invalid"))
    assert Api(alice).get(address).json() == none
    assign(alice, bob)
    assert api.get("notifications/unread").json() == {"count": 1}
    assert Api(alice).get("notifications/unread").json() == {"count": 0}


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_until": "07:00"}, "quiet_from"),
        ({"quiet_from": "07:00", "quiet_until": "07:00"}, "quiet_until"),
        ({"digest_at": "8:00+01"}, "digest_at"),
        ({"digest_at": "10:00+01"}, "digest_at"),
        ({"digest_at": "24:00"}, "digest_at"),
    ],
)
def test_a_wrong_time_is_refused_at_its_field(bob: Person, wish: dict[str, str], field: str) -> None:
    api = Api(bob)
    refused = problem(api.patch("notification-preferences/schedule", wish), 422, "invalid")
    assert [e["field"] for e in refused["errors"]] == [field]
    page = bob.client().post(bob.url("settings/notifications/"), {"quiet_until": "", "quiet_from": "", **wish})
    assert page.status_code == 422 and f'id="{field}-error"' in page.content.decode()


def test_a_refused_page_of_wishes_changes_nothing(bob: Person) -> None:
    typed = {"quiet_from": "20:00", "quiet_until": "07:00"}
    key = next(k.key for k in kinds.declared())
    assert bob.client().post(bob.url("settings/notifications/"), {**typed, f"mail-{key}": "x"}).status_code == 422
    assert Api(bob).get("notification-preferences/schedule").json()["quiet_from"] is None


def test_notices_are_ones_own(alice: Person, bob: Person, charlie: Person) -> None:
    assign(alice, bob)
    with firm_context(alice.firm.id):
        notice = Notice.rows().get()
        with pytest.raises(NotFound):
            access.notice(alice.actor, notice.pk)
    for stranger in (alice, charlie):
        client = stranger.client()
        assert client.post(stranger.url(f"notifications/{notice.pk}/read")).status_code == 404
        problem(Api(stranger).get(f"notifications/{notice.pk}"), 404, "not_found")
        assert Api(stranger).get("notifications").json()["data"] == []


def test_the_api_reads_marks_and_chooses(alice: Person, bob: Person) -> None:
    assign(alice, bob)
    api = Api(bob)
    [notice] = api.get("notifications?unread=true").json()["data"]
    assert api.post(f"notifications/{notice['id']}/readings").json()["read_at"] is not None
    assert api.delete(f"notifications/{notice['id']}/readings").status_code == 204
    assert api.post("notifications/readings").json() == {"count": 1}
    wanted = {"data": [{"kind": "mentioned", "in_app": True, "mail": "never"}]}
    found = api.patch("notification-preferences", wanted).json()["data"]
    assert next(p for p in found if p["kind"] == "mentioned")["mail"] == "never"


def test_the_pages_show_and_mark(alice: Person, bob: Person) -> None:
    assign(alice, bob)
    client = bob.client()
    assert client.get(bob.url("notifications/count")).content == b"1"
    assert "assigned you" in client.get(bob.url("notifications/newest")).content.decode()
    assert client.post(bob.url("notifications/read"), headers={"HX-Request": "true"}).status_code == 204
    assert client.get(bob.url("notifications/count")).content == b""
    values = {
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "digest_at": "08:00",
        "app-mentioned": "on",
        "mail-mentioned": "now",
    }
    assert client.post(bob.url("settings/notifications/"), values).status_code == 302
    assert client.post(bob.url("settings/notifications/"), {"quiet_from": "22:00"}).status_code == 422


def test_a_title_that_is_too_long_for_a_notice_ends_in_dots(alice: Person, bob: Person) -> None:
    assign(alice, bob, "Prepare " + "the review " * 20)
    with firm_context(alice.firm.id):
        assert Notice.rows().get().title.endswith("…”")
