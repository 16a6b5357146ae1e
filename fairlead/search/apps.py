"""The search room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finds records by what people remember of them."""

    name = "fairlead.search"
    label = "search"

    def ready(self) -> None:
        """Register the consumer, the pages and the palette's source."""
        from fairlead.search import plugs

        plugs.register()
