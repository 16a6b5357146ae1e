"""Fields that contacts and companies share."""

from collections.abc import Sequence
from typing import Any

from fairlead.people.models import Lifecycle
from fairlead.people.models.firmographics import BusinessModel, Industry, SizeBand
from fairlead.records.public import Field, FieldType, Option
from fairlead.shell.marks import COLORS as PALETTE

# From first contact to client: cool, warm, green; what is over is grey. Red would say that something is wrong.
STAGE_COLORS = ("slate", "blue", "cyan", "indigo", "amber", "green", "slate", "violet", "slate")
CONSENT_COLORS = ("slate", "amber", "green", "red")


def options(choices: Any, colors: Sequence[str] = PALETTE) -> tuple[Option, ...]:
    """Return the options of a `TextChoices`, coloured round `colors`."""
    return tuple(Option(v, label, colors[i % len(colors)]) for i, (v, label) in enumerate(choices.choices))


def _moment(name: str, label: str) -> Field:
    return Field(name, label, FieldType.DATETIME, "System", sort_column=name, editable=False, importable=False)


PLACE = (
    Field("street", "Street", FieldType.TEXT, "Address"),
    Field("postal_code", "Postal code", FieldType.TEXT, "Address"),
    Field("city", "City", FieldType.TEXT, "Address"),
    Field("region", "State or region", FieldType.TEXT, "Address"),
    Field("country", "Country", FieldType.COUNTRY, "Address"),
    Field("time_zone", "Time zone", FieldType.TIME_ZONE, "Address"),
)
FACETS = (
    Field("size_band", "Company size", FieldType.CHOICE, "Firmographics", options=options(SizeBand)),
    Field("business_model", "Business model", FieldType.CHOICE, "Firmographics", options=options(BusinessModel)),
    Field("industry", "Industry", FieldType.CHOICE, "Firmographics", options=options(Industry)),
)
LIFECYCLE = Field(
    "lifecycle", "Lifecycle stage", FieldType.CHOICE, "Relationship", options=options(Lifecycle, STAGE_COLORS)
)
OWNER = Field("owner", "Owner", FieldType.MEMBER, "Relationship", column="owner_id")
ORIGIN = (
    Field("medium", "Medium", FieldType.TEXT, "How they came", help="email, social, cpc, word of mouth ..."),
    Field("campaign", "Campaign", FieldType.TEXT, "How they came"),
    Field("source_form", "Form", FieldType.TEXT, "How they came", help="In which they wrote to you first."),
    Field("source_event", "Event", FieldType.TEXT, "How they came", help="At which you met: a fair, a seminar ..."),
    Field("referrer", "Referring page", FieldType.TEXT, "How they came", help="The page that linked to you."),
)
SYSTEM = (
    Field("source", "Source", FieldType.TEXT, "Relationship"),
    Field(
        "external_id", "External id", FieldType.TEXT, "System", help="Its id in another system; imports match by it."
    ),
    Field("created_at", "Created", FieldType.DATETIME, "System", sort_column="created_at", editable=False),
    _moment("updated_at", "Last changed"),
    _moment("last_activity_at", "Last activity"),
)
