"""The ASGI application of live events: `GET /live/<firm>` streams, `GET /live-health` tells that it listens.

A stream carries `event: changed` with a topic as its data; the page then asks for what it may see. It ends when the
session does, or the membership. `Last-Event-ID` brings what was missed; when that is unknown, the topic is `*`.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any, TypeVar
from urllib.parse import parse_qs

from django.db import connections

from fairlead.notifications.live import admission
from fairlead.notifications.live.admission import Admitted
from fairlead.notifications.live.hub import RESYNC, Hub, Post, Stream

Found = TypeVar("Found")
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HEARTBEAT = 15.0  # seconds; proxies close what is silent for a minute
CHECK = 60.0  # seconds between two looks at the session
MOST = 30  # streams of one member at once
RETRY_MS = 3_000
PREFIX = "/live/"


class LiveApp:
    """One application a process; it begins to listen at the latest with its first request."""

    def __init__(self) -> None:
        self.hub: Hub | None = None
        self._listening: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    def _begin(self) -> Hub:
        if self.hub is None:
            self.hub = Hub()
            self._listening = asyncio.create_task(self.hub.listen())
        return self.hub

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._begin()
                await send({"type": "lifespan.startup.complete"})
            else:
                if self._listening:
                    self._listening.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        hub = self._begin()
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        path: str = scope["path"]
        if path == "/live-health":
            await _answer(send, 200 if hub.is_listening.is_set() else 503, f"{len(hub)} streams\n")
            return
        origin = headers.get("origin", "")
        if scope["method"] != "GET" or not path.startswith(PREFIX):
            await _answer(send, 404, "There is nothing here.\n")
            return
        if not admission.is_ours(origin, headers.get("host", "")):
            await _answer(send, 403, "Only pages of this installation may listen.\n")
            return
        slug = path.removeprefix(PREFIX).strip("/")
        cookies = headers.get("cookie", "")
        who = await _apart(admission.admit, cookies, slug)
        if who is None:
            await _answer(send, 404, "There is nothing here.\n", origin)
        elif hub.count(who.firm, who.member) >= MOST:
            await _answer(send, 429, "Too many pages are open.\n", origin)
        else:
            await self._stream(
                hub, who, (cookies, slug, headers.get("last-event-id", ""), _since(scope)), origin, receive, send
            )

    async def _stream(
        self, hub: Hub, who: Admitted, asked: tuple[str, str, str, str], origin: str, receive: Receive, send: Send
    ) -> None:
        cookies, slug, last_id, since = asked
        with hub.joined(Stream(who.firm, who.member)) as stream:
            start = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), *_cors(origin)]
            start.append((b"x-accel-buffering", b"no"))
            await send({"type": "http.response.start", "status": 200, "headers": start})
            await send(_chunk(f"retry: {RETRY_MS}\n\n"))
            gone = asyncio.create_task(_until_gone(receive))
            try:
                async for text in self._texts(stream, who, (cookies, slug), (last_id, since), gone):
                    await send(_chunk(text))
            except OSError:
                pass  # the browser went away between two messages
            finally:
                gone.cancel()
                with contextlib.suppress(OSError):
                    await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _texts(
        self, stream: Stream, who: Admitted, asked: tuple[str, str], after: tuple[str, str], gone: "asyncio.Task[None]"
    ) -> AsyncIterator[str]:
        posts = await _apart(admission.missed, who, *after)
        for post in [RESYNC] if posts is None else posts:
            yield _text(post)
        checked = admission.now_seconds()
        while not gone.done():
            try:
                yield _text(await asyncio.wait_for(stream.queue.get(), HEARTBEAT))
            except TimeoutError:
                yield ": still here\n\n"
            if admission.now_seconds() - checked > CHECK:
                checked = admission.now_seconds()
                if await _apart(admission.admit, *asked) != who:
                    return


def _since(scope: Scope) -> str:
    return str(parse_qs(scope.get("query_string", b"").decode("latin-1")).get("since", [""])[0])


async def _apart(function: Callable[..., Found], *arguments: Any) -> Found:
    """Read the database in a thread, and give its connection back."""

    def read() -> Found:
        try:
            return function(*arguments)
        finally:
            connections.close_all()

    return await asyncio.to_thread(read)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _text(post: Post) -> str:
    return (f"id: {post.id}\n" if post.id else "") + f"event: changed\ndata: {post.topic}\n\n"


def _chunk(text: str) -> dict[str, Any]:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    """Return the headers by which a page of another port may read the answer (Fetch, section 3.3)."""
    if not origin:
        return []
    allowed = [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]
    return [*allowed, (b"access-control-allow-credentials", b"true")]


async def _answer(send: Send, status: int, text: str, origin: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), *_cors(origin)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
