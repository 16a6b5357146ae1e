"""Live events: who is admitted, what a stream carries, what is told again after a break."""

import asyncio
from typing import Any

import pytest
from django.conf import settings as conf

from fairlead.accounts.tests.cast import Person
from fairlead.notifications.actions.telling import tell
from fairlead.notifications.live import admission
from fairlead.notifications.live.app import LiveApp
from fairlead.notifications.live.hub import RESYNC, WAITING, Hub, Post, Stream
from fairlead.notifications.models import LivePost
from fairlead.tenancy.public import firm_context


def cookie(person: Person) -> str:
    return f"{conf.SESSION_COOKIE_NAME}={person.client().cookies[conf.SESSION_COOKIE_NAME].value}"


@pytest.mark.django_db
def test_only_members_are_admitted(alice: Person, charlie: Person) -> None:
    found = admission.admit(cookie(alice), "alder")
    assert found == admission.Admitted(str(alice.firm.id), str(alice.membership.id))
    assert admission.admit(cookie(charlie), "alder") is None
    for cookies, slug in ((cookie(alice), "alder\x00"), ('sessionid="\\000abcdefghij"', "alder")):
        assert admission.admit(cookies, slug) is None
    assert admission.admit("", "alder") is None and admission.admit("sessionid=nonsense", "alder") is None
    assert admission.admit(cookie(alice), "nowhere") is None


@pytest.mark.django_db
def test_what_was_missed_is_told_again_to_whom_it_is_for(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        tell({alice.membership.id}, "tasks")
        first = LivePost.rows().get()
        tell({bob.membership.id}, "tasks")
        tell(None, "notices")
    who = admission.Admitted(str(alice.firm.id), str(alice.membership.id))
    assert [p.topic for p in admission.missed(who, str(first.pk), "") or ()] == ["notices"]
    assert [p.topic for p in admission.missed(who, "", "0") or ()] == ["tasks", "notices"]
    assert admission.missed(who, "", "") == [] and admission.missed(who, "nonsense", "") is None
    stranger = admission.Admitted(str(charlie.firm.id), str(charlie.membership.id))
    assert admission.missed(stranger, str(first.pk), "") is None and admission.missed(stranger, "", "0") == []


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [("", "localhost:8001", True), ("http://localhost:8000", "localhost:8001", True),
     ("http://evil.example", "localhost:8001", False), (conf.BASE_URL, "live.example", True)],
)  # fmt: skip
def test_only_our_own_pages_may_listen(origin: str, host: str, ours: bool) -> None:
    assert admission.is_ours(origin, host) is ours


def test_a_post_reaches_its_member_and_nobody_else() -> None:
    hub = Hub()
    hers, his, stranger = Stream("f", "a"), Stream("f", "b"), Stream("g", "a")
    with hub.joined(hers), hub.joined(his), hub.joined(stranger):
        hub.deliver("f a 1 tasks")
        hub.deliver("f * 2 notices")
        assert len(hub) == 3 and hub.count("f", "a") == 1
    assert [s.queue.qsize() for s in (hers, his, stranger)] == [2, 1, 0] and len(hub) == 0


def test_a_slow_stream_reads_everything_again() -> None:
    stream = Stream("f", "a")
    for number in range(WAITING + 1):
        stream.put(Post(str(number), "tasks"))
    assert stream.queue.qsize() == 1 and stream.queue.get_nowait() == RESYNC


async def ask(app: LiveApp, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(k.encode(), v.encode()) for k, v in headers.items()]
    await app({"type": "http", "method": method, "path": path, "headers": raw, "query_string": b""}, receive, send)
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:])


def test_what_is_no_stream_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> list[int]:
        app = LiveApp()
        app.hub = Hub()
        monkeypatch.setattr(admission, "admit", lambda cookies, slug: None)
        asked = [
            await ask(app, "/live-health"), await ask(app, "/other"), await ask(app, "/live/alder", "POST"),
            await ask(app, "/live/alder", origin="http://evil.example", host="localhost:1"),
            await ask(app, "/live/alder"),
        ]  # fmt: skip
        return [status for status, _ in asked]

    assert asyncio.run(play()) == [503, 404, 404, 403, 404]


def test_a_stream_carries_posts_and_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> bytes:
        app = LiveApp()
        app.hub = Hub()
        monkeypatch.setattr(admission, "admit", lambda cookies, slug: admission.Admitted("f", "a"))
        monkeypatch.setattr(admission, "missed", lambda who, last, since: [Post("7", "tasks")])
        status, body = await ask(app, "/live/alder", **{"last-event-id": "6"})
        assert status == 200
        return body

    assert b"id: 7\nevent: changed\ndata: tasks\n\n" in asyncio.run(play())
