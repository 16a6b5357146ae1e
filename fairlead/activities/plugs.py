"""What the activities room offers to the engines."""


def register() -> None:
    """Register permissions, event types, nouns and navigation."""
