"""The addresses that every noun has: list, create, read, change, bin, restore, purge, and batches of them."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.records.api import batches, declaring
from fairlead.records.api.reading import Reading, Record
from fairlead.records.duplicates import merging
from fairlead.records.nouns import Noun
from fairlead.shell.api.paging import Page
from fairlead.shell.api.strict import Input, Output, refuse


class NounResource(Reading):
    """A noun's records. `{noun}` and `{plural}` in docstrings become the noun's own words."""

    conditional = True
    body: ClassVar[type[Input]]

    def __init_subclass__(cls, *, noun: Noun, output: type[Output], body: type[Input], **kwargs: Any) -> None:
        """Declare the endpoints of the noun with its own shapes and words."""
        super().__init_subclass__(**kwargs)
        cls.noun, cls.body, cls.tag = noun, body, noun.label_plural
        declaring.declare(cls, noun, output, body)

    def binned(self) -> QuerySet[Any]:
        """Return the records in the bin that the caller may see."""
        raise NotImplementedError

    def current_version(self, pk: UUID) -> int | None:
        """See `Resource`."""
        rows = self.binned() if self.action in ("restore", "purge") else self.living()
        locked = rows.filter(pk=pk).select_for_update(of=("self",), no_key=True)
        found: int | None = locked.values_list("version", flat=True).first()
        return found

    def list(self) -> Page:
        """List {plural}.

        In pages, by any offered order. Filter with `filter` (criteria as JSON) or with one parameter for each field.
        """
        rows = self.binned() if self.query["binned"] else self.living()
        return self.listed(self.narrowed(rows, self.query["filter"], "?filter"))

    def search(self, body: dict[str, Any]) -> Page:
        """Search {plural} by criteria.

        Like the list, with the criteria in the body: for those that are too long for an address. To turn the page,
        send the same body to `next`.
        """
        rows = self.binned() if self.query["binned"] else self.living()
        return self.listed(self.narrowed(rows, body.get("criteria"), "criteria"))

    def retrieve(self, pk: UUID) -> Any:
        """Read one {noun}.

        The ETag is its version: send it as If-Match when you change or delete it. The address of one that was merged
        answers 302 with the address of what it went into.
        """
        try:
            return self.one(self.living(), pk)
        except NotFound:
            return self._successor(pk)

    def create(self, body: dict[str, Any]) -> Record:
        """Create a {noun}."""
        made = self.noun.verbs.create(body, by=self.actor)
        try:
            return self.one(self.living(), made.pk)
        except NotFound:
            raise InvalidInput(
                {"owner": [f"You would not see this {self.noun.label.lower()}: give it an owner."]}
            ) from None

    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Change a {noun}.

        Only the fields that are sent change. With If-Match, nothing changes (412) when somebody else was first.
        """
        self.noun.verbs.update(pk, body, by=self.actor, version=None)
        return self.one(self.living(), pk)

    def destroy(self, pk: UUID) -> None:
        """Put a {noun} into the bin.

        It can be restored until it is purged.
        """
        self._delete(pk)

    def restore(self, pk: UUID) -> Record:
        """Take a {noun} out of the bin."""
        self._restore(pk)
        return self.one(self.living(), pk)

    def purge(self, pk: UUID) -> None:
        """Delete a {noun} in the bin for good.

        With all that is the {noun}'s alone. This cannot be undone.
        """
        self._purge(pk)

    def create_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        """Create up to 1000 {plural}.

        Each is judged by itself: the answer tells which were created, and why others were not.
        """
        return batches.each(body["items"], self._create, status=201)

    def update_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        """Change up to 1000 {plural}.

        Each item has its `id`, the fields to change and, if you like, the `version` that you read.
        """
        return batches.each(body["items"], self._update)

    def delete_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        """Put up to 1000 {plural} into the bin."""
        return batches.each(body["ids"], self._delete)

    def restore_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take up to 1000 {plural} out of the bin."""
        return batches.each(body["ids"], self._restore)

    def purge_batch(self, body: dict[str, Any]) -> dict[str, Any]:
        """Delete up to 1000 {plural} in the bin for good."""
        return batches.each(body["ids"], self._purge)

    def _successor(self, pk: UUID) -> Any:
        there = merging.successor(pk)
        if there is None:
            raise NotFound
        self.seen(there)
        address = self.request.path.replace(str(pk), str(there))
        return Response({"merged_into": str(there)}, status=302, headers={"Location": address})

    def _create(self, item: Any) -> Any:
        return self.noun.verbs.create(self._checked(self.body, item), by=self.actor)

    def _update(self, item: Any) -> Any:
        if not isinstance(item, dict):
            refuse("", "An object is expected.", "wrong_type")
        which = self._checked(Which, {k: v for k, v in item.items() if k in ("id", "version")}, partial=False)
        values = self._checked(self.body, {k: v for k, v in item.items() if k not in ("id", "version")})
        return self.noun.verbs.update(which["id"], values, by=self.actor, version=which.get("version"))

    def _delete(self, pk: UUID) -> None:
        if not self.noun.verbs.delete([pk], by=self.actor):
            raise NotFound

    def _restore(self, pk: UUID) -> None:
        if not self.noun.verbs.restore([pk], by=self.actor):
            raise NotFound

    def _purge(self, pk: UUID) -> None:
        if not self.noun.verbs.purge([pk], by=self.actor):
            raise NotFound

    def _checked(self, shape: type[Input], item: Any, *, partial: bool = True) -> dict[str, Any]:
        checker = shape(data=item, partial=partial, context={"view": self})
        checker.is_valid(raise_exception=True)
        found: dict[str, Any] = checker.validated_data
        return found


class Which(Input):
    """The record that an item of a batch is about."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(required=False)
