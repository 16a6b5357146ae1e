"""What the search room offers to the engines."""

from fairlead.shell.palette import Command, SearchSource, commands, search_sources
from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register the permission, the pages and the palette's source."""
    declare("search.rebuild", "Rebuild the search index", group="Firm", since=Role.ADMIN)
    from fairlead.search import jobs  # noqa: F401 - declares the rebuild

    placeholder = "Search people, companies, notes"
    search_sources.register(SearchSource("search", "search:palette", 10, placeholder=placeholder))
    commands.register(Command("search", "Search everything", "search", "search:results", order=5, keywords="find"))
