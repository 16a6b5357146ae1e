"""Custom fields: the firm's own."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.accounts.public import errands
from fairlead.records import access
from fairlead.records.actions import custom_fields as actions
from fairlead.records.actions import field_errands, field_rules
from fairlead.records.api.saved_views import noun_called
from fairlead.records.models import CustomField, Kind
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

ABOUT_RULES = (
    "min and max of numbers, of money (as people count it: 12.5 is 12 euros and 50 cents) and of moments; min_length, "
    "max_length, pattern of texts; currency of money."
)
ABOUT_DEFAULT = "The value of new records, in the form that the field's kind has."


class FieldOptionInput(Input):
    """An option; without `value` one is made of the label."""

    value = serializers.CharField(max_length=100, required=False)
    label = serializers.CharField(max_length=100)  # type: ignore[assignment]
    color = serializers.CharField(max_length=20, required=False)
    archived = serializers.BooleanField(required=False, help_text="Records keep it, nobody can choose it.")


class FieldChange(Input):
    """What to change of a custom field."""

    label = serializers.CharField(max_length=field_rules.LENGTHS["label"])  # type: ignore[assignment]
    group = serializers.CharField(max_length=field_rules.LENGTHS["group"], required=False, allow_blank=True)
    help = serializers.CharField(max_length=field_rules.LENGTHS["help"], required=False, allow_blank=True)
    options = FieldOptionInput(many=True, required=False)
    is_required = serializers.BooleanField(required=False)
    is_unique = serializers.BooleanField(required=False)
    default = serializers.JSONField(required=False, allow_null=True, help_text=ABOUT_DEFAULT)
    rules = serializers.DictField(required=False, help_text=ABOUT_RULES)
    position = serializers.IntegerField(required=False, min_value=0, max_value=10_000)


class FieldInput(FieldChange):
    """A custom field."""

    noun = serializers.CharField(max_length=40, help_text="contact, company, deal or task.")
    kind = serializers.ChoiceField(choices=Kind.choices, help_text="Stays for good.")
    key = serializers.CharField(max_length=60, required=False, help_text="Its name in `custom`; made of the label.")


class FieldOptionOutput(Output):
    """An option."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    color = serializers.CharField()
    archived = serializers.BooleanField()


class FieldOutput(Output):
    """A custom field."""

    by_itself = frozenset({"errand"})
    id = serializers.UUIDField()
    noun = serializers.CharField()
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField()
    group = serializers.CharField()
    help = serializers.CharField()
    options = FieldOptionOutput(many=True)
    is_required = serializers.BooleanField()
    is_unique = serializers.BooleanField()
    default = serializers.JSONField()
    rules = serializers.DictField()
    position = serializers.IntegerField()
    archived_at = serializers.DateTimeField(allow_null=True)
    errand = serializers.SerializerMethodField(
        help_text="The errand that changes its values in the background, while it does; the field stays as it is then."
    )
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()

    def get_errand(self, field: CustomField) -> UUID | None:
        """Return its id; what was just made or changed has none."""
        return getattr(field, "errand", None)


class FieldMergeInput(Input):
    """Which option goes, and which takes its place."""

    gone = serializers.CharField(max_length=100)
    kept = serializers.CharField(max_length=100)


class FieldMergeOutput(Output):
    """How many records changed."""

    changed = serializers.IntegerField()


class CustomFields(Resource):
    """The firm's own fields."""

    tag = "Custom fields"

    @endpoint(
        FieldOutput, paged=True, sorts={"position": "position", "created_at": "created_at"}, default_sort="position",
        params=(
            Param("noun", "Fields of what.", default="contact"),
            Param("archived", "List the archive instead.", "boolean", default=False),
        ),
    )  # fmt: skip
    def list(self) -> QuerySet[CustomField]:
        """List custom fields."""
        noun = noun_called(self.query["noun"], "?noun")
        found = access.custom_fields(self.actor, noun, archived=self.query["archived"])
        return errands.annotated(found, *field_errands.NAMES)

    @endpoint(FieldOutput)
    def retrieve(self, pk: UUID) -> CustomField:
        """Read one custom field."""
        found = CustomField.rows().filter(pk=access.custom_field(self.actor, pk).pk)
        return errands.annotated(found, *field_errands.NAMES).get()

    @endpoint(FieldOutput, body=FieldInput, status=201)
    def create(self, body: dict[str, Any]) -> CustomField:
        """Add a custom field."""
        noun = noun_called(body.pop("noun"), "noun")
        return actions.create_field(noun, body, by=self.actor)

    @endpoint(FieldOutput, body=FieldChange)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> CustomField:
        """Change a custom field.

        Its key and kind stay. Options that records hold cannot be left out: archive or merge them.
        """
        return actions.update_field(pk, body, by=self.actor)

    @endpoint(params=(Param("confirm", "The field's key: all its values are lost.", default=""),))
    def destroy(self, pk: UUID) -> None:
        """Delete an archived custom field with all its values.

        Those of more than 5,000 records in the background, as its `errand`.
        """
        actions.delete_field(pk, by=self.actor, confirm=self.query["confirm"] or "")

    @verb("archive", FieldOutput)
    def archive(self, pk: UUID) -> CustomField:
        """Archive a custom field.

        Forms, lists and filters forget it, its values stay.
        """
        return actions.archive_field(pk, by=self.actor)

    @verb("restore", FieldOutput)
    def restore(self, pk: UUID) -> CustomField:
        """Take a custom field out of the archive."""
        return actions.restore_field(pk, by=self.actor)

    @verb("merge-options", FieldMergeOutput, body=FieldMergeInput)
    def merge_options(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Merge an option into another one.

        In more than 5,000 records in the background, as the field's `errand`: `changed` is 0 then.
        """
        return {"changed": actions.merge_options(pk, body["gone"], body["kept"], by=self.actor)}
