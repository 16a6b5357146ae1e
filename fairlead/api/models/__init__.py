"""What the API itself must remember."""

from fairlead.api.models.kept_answer import KeptAnswer

__all__ = ["KeptAnswer"]
