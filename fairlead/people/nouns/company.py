"""The noun company."""

from fairlead.people import access, quick_search
from fairlead.people.actions.companies import CompanyVerbs, domain, set_company_field
from fairlead.people.models import Company
from fairlead.people.nouns.fields import FACETS, LIFECYCLE, OWNER, PLACE, SYSTEM
from fairlead.records.public import Field, FieldType, Noun

FIELDS = (
    Field("name", "Name", FieldType.TEXT, "About", sort_column="sort_key", required=True),
    Field(
        "domain",
        "Domain",
        FieldType.TEXT,
        "About",
        settle=domain,
        help="example.com: people with such an address belong here.",
    ),
    Field("website", "Website", FieldType.URL, "About"),
    Field("phone", "Phone", FieldType.PHONE, "About"),
    Field("email", "Email", FieldType.EMAIL, "About"),
    Field("description", "Description", FieldType.LONG_TEXT, "About"),
    LIFECYCLE,
    OWNER,
    *PLACE,
    *FACETS,
    Field("employees", "Employees", FieldType.NUMBER, "Firmographics", bounds=(0, 2**31 - 1)),
    *SYSTEM,
)

COMPANY = Noun(
    name="company",
    plural="companies",
    label="Company",
    label_plural="Companies",
    icon="building",
    model=Company,
    fields=FIELDS,
    visible=access.companies,
    verbs=CompanyVerbs(),
    set_field=set_company_field,
    default_columns=("name", "domain", "city", "country", "lifecycle", "owner", "last_activity_at"),
    default_sort="name",
    event_column="company_id",
    page="people:company",
    find=quick_search.of("company", "domain"),
    extra={
        "square": True,
        "choices": "people:company-choices",
        "duplicates": "people:duplicates",
        "reports": (("Distribution", "map-pin", "people:distribution"),),
    },
)
