"""What the search room offers to the engines."""


def register() -> None:
    """Register the consumer, the pages and the palette's source."""
