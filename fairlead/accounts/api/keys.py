"""API keys."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts import access, rotation
from fairlead.accounts.actions import keys
from fairlead.accounts.api import shapes
from fairlead.accounts.models import ApiKey
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.resource import Resource


class Keys(Resource):
    """API keys: one's own, or everybody's for who may manage them."""

    tag = "API keys"

    @endpoint(shapes.KeyOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at")
    def list(self) -> QuerySet[ApiKey]:
        """List keys."""
        return access.keys(self.actor)

    @endpoint(shapes.KeyOutput)
    def retrieve(self, pk: UUID) -> ApiKey:
        """Get a key."""
        return access.key(self.actor, pk)

    @endpoint(shapes.NewKeyOutput, body=shapes.KeyInput, status=201)
    def create(self, body: dict[str, Any]) -> ApiKey:
        """Create a key.

        Its text is in this answer and nowhere else.
        """
        return _with_text(keys.create_key(body, by=self.actor))

    @verb("rotation", shapes.NewKeyOutput, params=(rotation.PARAM,))
    def rotate(self, pk: UUID) -> ApiKey:
        """Give a key a new text.

        The old one works for `grace_hours` more; without them it stops at once.
        """
        return _with_text(keys.rotate_key(pk, by=self.actor, grace=rotation.given(self.query, "grace_hours")))

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Revoke a key at once."""
        keys.revoke_key(pk, by=self.actor)


def _with_text(made: tuple[ApiKey, str]) -> ApiKey:
    key, text = made
    key.key = text  # type: ignore[attr-defined]
    return key
