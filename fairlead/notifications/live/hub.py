"""Who listens, and what for: one connection to PostgreSQL feeds the queues of all open streams."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import structlog
from django.db import connections

from fairlead.notifications.actions.telling import CHANNEL

log = structlog.get_logger("fairlead.live")
WAITING = 100  # messages that a slow stream may fall behind before it is told to read everything again
RETRY = 1.0  # seconds between attempts to reach the database
ALL = "*"


@dataclass(frozen=True, slots=True)
class Post:
    """One message: the id to resume from, and the topic that changed."""

    id: str
    topic: str


RESYNC = Post("", ALL)


@dataclass(eq=False)
class Stream:
    """An open stream of one member of one firm."""

    firm: str
    member: str
    queue: "asyncio.Queue[Post]" = field(default_factory=lambda: asyncio.Queue(WAITING))

    def put(self, post: Post) -> None:
        """Hand a message over; a stream that cannot keep up reads everything again instead."""
        try:
            self.queue.put_nowait(post)
        except asyncio.QueueFull:
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(RESYNC)


class Hub:
    """The open streams of this process."""

    def __init__(self) -> None:
        self._streams: dict[str, set[Stream]] = defaultdict(set)
        self.is_listening = asyncio.Event()

    def __len__(self) -> int:
        return sum(len(streams) for streams in self._streams.values())

    def count(self, firm: str, member: str) -> int:
        """Return how many streams a member has open."""
        return sum(stream.member == member for stream in self._streams.get(firm, ()))

    @contextlib.contextmanager
    def joined(self, stream: Stream) -> Iterator[Stream]:
        """Feed a stream inside the block."""
        self._streams[stream.firm].add(stream)
        try:
            yield stream
        finally:
            self._streams[stream.firm].discard(stream)
            if not self._streams[stream.firm]:
                del self._streams[stream.firm]

    def deliver(self, line: str) -> None:
        """Hand a notification, "firm member id topic", to those whom it is for."""
        firm, member, post_id, topic = line.split(" ", 3)
        post = Post(post_id, topic)
        for stream in self._streams.get(firm, ()):
            if member in (ALL, stream.member):
                stream.put(post)

    def resync(self) -> None:
        """Make every page read everything again: some news may have been missed."""
        for streams in self._streams.values():
            for stream in streams:
                stream.put(RESYNC)

    async def listen(self) -> None:
        """Listen for ever; after a lost connection everybody reads again, since news may have passed meanwhile."""
        parameters = connections["default"].get_connection_params()
        for name in ("cursor_factory", "context", "prepare_threshold", "pool"):
            parameters.pop(name, None)
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**parameters, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self.resync()
                    self.is_listening.set()
                    async for notify in connection.notifies():
                        self.deliver(notify.payload)
            except psycopg.Error as error:
                log.warning("live events interrupted", error=type(error).__name__)
            self.is_listening.clear()
            await asyncio.sleep(RETRY)
