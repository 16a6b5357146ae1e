"""The noun contact."""

from datetime import date, timedelta

from fairlead.kernel import clock, dates
from fairlead.people import access, quick_search
from fairlead.people.actions.contacts import ContactVerbs, set_contact_field
from fairlead.people.models import Consent, Contact
from fairlead.people.nouns.fields import CONSENT_COLORS, FACETS, LIFECYCLE, ORIGIN, OWNER, PLACE, SYSTEM, options
from fairlead.people.others import OTHERS
from fairlead.people.preferences import PREFERENCES
from fairlead.people.profile import COMPLETENESS
from fairlead.records.public import Field, FieldType, Noun


def born(day: str) -> str:
    """Return a birthday (ISO 8601); raise ValueError for one to come. Somewhere it is tomorrow already."""
    if not day.startswith("--") and date.fromisoformat(day) > clock.now().date() + timedelta(days=1):
        raise ValueError(f"{dates.yearly(day)} is still to come: nobody is born yet who has this birthday.")
    return day


SCORE = Field(
    "score", "Score", FieldType.NUMBER, "Relationship", sort_column="score", bounds=(-10_000, 10_000),
    help="How promising, as you judge it: the more, the better. Most firms count to 100.",
)  # fmt: skip
FIELDS = (
    Field("name", "Name", FieldType.TEXT, "About", sort_column="sort_key", editable=False, importable=False),
    Field("first_name", "First name", FieldType.TEXT, "About"),
    Field("last_name", "Last name", FieldType.TEXT, "About"),
    Field("email", "Email", FieldType.EMAIL, "About", sort_column="email_norm"),
    Field("phone", "Phone", FieldType.PHONE, "About"),
    Field("job_title", "Job title", FieldType.TEXT, "About"),
    Field("company", "Company", FieldType.COMPANY, "About", column="company_id"),
    Field("website", "Website", FieldType.URL, "About"),
    LIFECYCLE,
    Field("status", "Status", FieldType.TEXT, "Relationship", help="Your own word within the stage: new, open ..."),
    SCORE,
    Field("client_type", "Client type", FieldType.TEXT, "Relationship", help="Your own word: retainer, project ..."),
    Field("converted_at", "Became a client", FieldType.DATETIME, "Relationship", editable=False, importable=False),
    Field(
        "converted_by",
        "Converted by",
        FieldType.MEMBER,
        "Relationship",
        column="converted_by_id",
        editable=False,
        importable=False,
    ),
    OWNER,
    Field("advocate", "Brand advocate", FieldType.BOOLEAN, "Relationship", help="Speaks for you: yes or no."),
    Field("top_customer", "Top customer", FieldType.BOOLEAN, "Relationship", help="Your own mark: yes or no."),
    *PLACE,
    Field("language", "Language", FieldType.LANGUAGE, "Address"),
    Field("birthday", "Birthday", FieldType.RECURRING_DATE, "Dates", settle=born),
    Field("anniversary", "Anniversary", FieldType.RECURRING_DATE, "Dates"),
    Field(
        "opt_in_status",
        "Consent",
        FieldType.CHOICE,
        "Consent",
        options=options(Consent, CONSENT_COLORS),
        editable=False,
    ),
    Field("opt_out_date", "Opted out on", FieldType.DATETIME, "Consent", editable=False, importable=False),
    Field("do_not_contact", "Do not contact", FieldType.BOOLEAN, "Consent", editable=False, importable=False),
    *FACETS,
    *ORIGIN,
    *SYSTEM,
)

CONTACT = Noun(
    name="contact",
    plural="contacts",
    label="Contact",
    label_plural="Contacts",
    icon="users",
    model=Contact,
    fields=FIELDS,
    visible=access.contacts,
    verbs=ContactVerbs(),
    set_field=set_contact_field,
    default_columns=("name", "email", "phone", "company", "lifecycle", "owner", "last_activity_at"),
    default_sort="name",
    event_column="contact_id",
    page="people:contact",
    find=quick_search.of("contact", "email_norm"),
    computed=(*OTHERS, COMPLETENESS, *PREFERENCES),
    extra={"duplicates": "people:duplicates", "reports": (("Distribution", "map-pin", "people:distribution"),)},
)
