"""What higher rooms may use of search."""

from fairlead.events.public import consumer
from fairlead.search import indexing, sources
from fairlead.search.reads import Hit, find
from fairlead.search.sources import Entry, Source, by_subject


def register(source: Source) -> None:
    """Make a noun findable: its documents follow the log from now on."""
    sources.register(source)
    types = frozenset[str]().union(*(s.types for s in sources.registered()))
    consumer("search", types=types)(indexing.follow)


__all__ = ["Entry", "Hit", "Source", "by_subject", "find", "register"]
