"""The library of a firm's own fields."""

from django.core.validators import RegexValidator
from django.db import models

from fairlead.records.fields import Field, FieldType, Option
from fairlead.tenancy.public import FirmForeignKey, FirmModel

PREFIX = "custom."
key_validator = RegexValidator(r"^[a-z][a-z0-9_]{0,59}$", "Use lower-case letters, digits and _, a letter first.")


class Kind(models.TextChoices):
    """How a custom field is asked for; several kinds hold the same type of value."""

    TEXT = "text", "Text input (short)"
    LONG_TEXT = "long_text", "Text area (long)"
    DROPDOWN = "dropdown", "Drop-down (for 10 or more choices)"
    MULTI_SELECT = "multi_select", "Multi-selection list"
    RADIO = "radio", "Radio buttons"
    CHECKBOXES = "checkboxes", "Checkboxes"
    HIDDEN = "hidden", "Hidden field"
    DATE = "date", "Date"
    DATETIME = "datetime", "Date and time"
    RECURRING_DATE = "recurring_date", "Yearly date"
    NUMBER = "number", "Number"
    MONEY = "money", "Money"
    BOOLEAN = "boolean", "Yes or no"
    URL = "url", "Web address"
    EMAIL = "email", "Email address"
    PHONE = "phone", "Phone number"


_TYPES = {
    Kind.DROPDOWN: FieldType.CHOICE,
    Kind.RADIO: FieldType.CHOICE,
    Kind.MULTI_SELECT: FieldType.MULTI_CHOICE,
    Kind.CHECKBOXES: FieldType.MULTI_CHOICE,
    Kind.HIDDEN: FieldType.TEXT,
}


class CustomField(FirmModel):
    """A field that a firm added to a noun.

    A value lives in the record's `custom` under `key`, as JSON: text as text; a number as a number; money as
    {"amount": minor units, "currency": ISO 4217}; a date as ISO 8601; a time in UTC; a multiple choice as a list
    of option values. No value, no key.
    """

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    key = models.TextField(validators=[key_validator], help_text="Its name in the API, forms and merge fields.")
    label = models.TextField(help_text="What people read beside the value.")
    kind = models.TextField(
        choices=Kind, help_text="How it is asked for, which decides what its values are; never changes."
    )
    group = models.TextField(default="Custom fields", help_text="The heading it stands under.")
    help = models.TextField(blank=True, default="", help_text="A sentence under the input, in the firm's words.")
    options = models.JSONField(default=list, blank=True, help_text="[{value, label, color, archived}] in order.")
    is_required = models.BooleanField(
        default=False, help_text="Whether new records need a value, and none can be emptied; older ones may go without."
    )
    is_unique = models.BooleanField(
        default=False, help_text="Whether no two records may have the same value, those in the bin included."
    )
    default = models.JSONField(
        null=True, blank=True, help_text="What new records get when nothing is given; null is none."
    )
    rules = models.JSONField(default=dict, blank=True, help_text="min, max, min_length, max_length, pattern.")
    position = models.IntegerField(default=0, help_text="Rank within its group, lowest first.")
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who added it.",
    )  # fmt: skip
    archived_at = models.DateTimeField(
        null=True, blank=True,
        help_text="Since when forms, lists and filters forget it, while its values stay; empty in use.",
    )  # fmt: skip
    archived_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who put it away.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Keys are unique for a noun of a firm, archived ones included: old exports still mean them."""

        ordering = ["position", "label", "id"]
        constraints = [models.UniqueConstraint(fields=["firm", "noun", "key"], name="custom_field_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def type(self) -> FieldType:
        """Return what its values are."""
        kind = Kind(self.kind)
        return _TYPES.get(kind) or FieldType(kind.value)

    @property
    def name(self) -> str:
        """Return its name among the noun's fields: `custom.<key>`."""
        return PREFIX + self.key

    @property
    def choices(self) -> tuple[Option, ...]:
        """Return the options that may be chosen now."""
        return self._options(archived=False)

    @property
    def every_choice(self) -> tuple[Option, ...]:
        """Return all options, archived ones too: records may still hold them."""
        return tuple(Option(o["value"], o["label"], o.get("color", "")) for o in self.options)

    def _options(self, *, archived: bool) -> tuple[Option, ...]:
        return tuple(o for o, raw in zip(self.every_choice, self.options, strict=True)
                     if bool(raw.get("archived")) is archived)  # fmt: skip

    def as_field(self) -> Field:
        """Return the field as every engine sees it, beside the noun's own."""
        return Field(
            self.name, self.label, self.type, self.group, options=self.choices, past=self._options(archived=True),
            help=self.help, required=self.is_required, default=self.default,
            sort_column="" if self.type in (FieldType.MULTI_CHOICE, FieldType.LONG_TEXT) else self.name,
            all_shown=self.kind in (Kind.RADIO, Kind.CHECKBOXES),
        )  # fmt: skip
