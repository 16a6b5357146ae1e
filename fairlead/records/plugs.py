"""What the records room offers to the engines."""


def register() -> None:
    """Register permissions, event types, nouns and navigation."""
