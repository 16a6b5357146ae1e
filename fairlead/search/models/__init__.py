"""What can be found."""

from fairlead.search.models.document import Document, Word

__all__ = ["Document", "Word"]
