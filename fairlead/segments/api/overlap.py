"""The shapes of how segments overlap."""

from uuid import UUID

from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.shell.api.params import Param
from fairlead.shell.api.strict import Output

SEGMENTS = Param("segments", "The ids of two or three segments, separated by commas.", many=True)


class RegionOutput(Output):
    """People in exactly these segments, of those that were asked of."""

    segments = serializers.ListField(child=serializers.UUIDField(), help_text="In all of these, in no other.")
    count = serializers.IntegerField()
    criteria = serializers.DictField(source="tree")


class OverlapOutput(Output):
    """How two or three segments overlap, of the contacts you may see."""

    union = serializers.IntegerField(help_text="How many are in any of them.")
    regions = RegionOutput(many=True)


def ids_of(texts: list[str] | None) -> list[UUID]:
    """Return the ids that a query names; raise `InvalidInput`."""
    try:
        return [UUID(text) for text in texts or ()]
    except ValueError:
        raise InvalidInput({"?segments": ["Use ids (UUID)."]}) from None
