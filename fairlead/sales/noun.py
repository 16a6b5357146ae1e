"""The noun deal."""

from collections.abc import Sequence

from django.db.models import QuerySet

from fairlead.people.public import quick_search
from fairlead.records.public import Field, FieldType, FirmOptions, Noun, Option
from fairlead.sales import access
from fairlead.sales.actions.deals import DealVerbs
from fairlead.sales.actions.setting import set_deal_field
from fairlead.sales.models import Deal, Outcome, Pipeline, Priority, Stage
from fairlead.tenancy.public import Actor

OUTCOMES = (
    Option(Outcome.OPEN, "Open", "blue"), Option(Outcome.WON, "Won", "green"), Option(Outcome.LOST, "Lost", "red"),
)  # fmt: skip
PRIORITIES = tuple(
    Option(value, label, color)
    for (value, label), color in zip(Priority.choices, ("slate", "blue", "amber", "red"), strict=True)
)
FORECASTS = tuple(
    Option(value, label, color)
    for (value, label), color in zip(Stage.Forecast.choices, ("slate", "cyan", "green", "red"), strict=True)
)


def _pipelines(by: Actor | None) -> Sequence[Option]:
    rows = _seen(by).order_by("position", "name_norm").values_list("pk", "name")
    return [Option(str(pk), name, "teal") for pk, name in rows]


def _seen(by: Actor | None) -> QuerySet[Pipeline]:
    return Pipeline.rows() if by is None else access.every_pipeline(by)


def _stages(by: Actor | None) -> Sequence[Option]:
    """Return the stages; with several pipelines each says which one it is of, where it is needed."""
    rows = (
        Stage.rows()
        .filter(archived_at=None, pipeline__in=_seen(by))
        .order_by("pipeline__position", "pipeline__name_norm", "position")
    )
    found = list(rows.values_list("pk", "name", "color", "pipeline__name"))
    several = len({pipeline for *_, pipeline in found}) > 1
    return [
        Option(str(pk), f"{name} ({pipeline})" if several else name, color, short=name)
        for pk, name, color, pipeline in found
    ]


def _moment(name: str, label: str, group: str = "System") -> Field:
    return Field(name, label, FieldType.DATETIME, group, sort_column=name, editable=False, importable=False)


FIELDS = (
    Field("title", "Title", FieldType.TEXT, "About", column="name", sort_column="sort_key", required=True),
    Field("pipeline", "Pipeline", FieldType.REFERENCE, "Progress", column="pipeline_id",
          options=FirmOptions(_pipelines), editable=False, importable=False),
    Field("stage", "Stage", FieldType.REFERENCE, "Progress", column="stage_id", options=FirmOptions(_stages),
          editable=False, importable=False),
    Field("outcome", "Status", FieldType.CHOICE, "Progress", options=OUTCOMES, editable=False, importable=False),
    Field("value", "Value", FieldType.MONEY, "About", currency="currency", help="With its currency: 12,500 EUR."),
    Field("currency", "Currency", FieldType.TEXT, "About", editable=False, importable=False),
    Field("base_value", "Value in the firm’s currency", FieldType.NUMBER, "About", sort_column="base_value",
          editable=False, importable=False, in_firm_currency=True),
    Field("expected_close", "Expected close", FieldType.DATE, "Progress", sort_column="expected_close"),
    Field("owner", "Owner", FieldType.MEMBER, "About", column="owner_id"),
    Field("company", "Company", FieldType.COMPANY, "About", column="company_id"),
    Field("priority", "Priority", FieldType.CHOICE, "About", options=PRIORITIES),
    Field("next_step", "Next step", FieldType.TEXT, "Progress"),
    Field("forecast", "Forecast", FieldType.CHOICE, "Progress", options=FORECASTS,
          help="Empty: as the stage says."),
    Field("score", "Score", FieldType.NUMBER, "Progress", sort_column="score", editable=False, importable=False),
    Field("regressions", "Times moved back", FieldType.NUMBER, "Progress", editable=False, importable=False),
    Field("description", "Description", FieldType.LONG_TEXT, "About"),
    Field("source", "Source", FieldType.TEXT, "About"),
    Field("external_id", "External id", FieldType.TEXT, "System", help="Its id in another system."),
    _moment("stage_entered_at", "In this stage since", "Progress"),
    Field("closed_at", "Closed", FieldType.DATETIME, "Progress", editable=False, importable=False),
    Field("created_at", "Created", FieldType.DATETIME, "System", sort_column="created_at", editable=False),
    _moment("updated_at", "Last changed"),
    _moment("last_activity_at", "Last activity"),
)  # fmt: skip

DEAL = Noun(
    name="deal",
    plural="deals",
    label="Deal",
    label_plural="Deals",
    icon="target-arrow",
    model=Deal,
    fields=FIELDS,
    visible=access.deals,
    verbs=DealVerbs(),
    default_columns=("title", "stage", "value", "company", "expected_close", "owner", "score", "outcome"),
    default_sort="-created_at",
    page="sales:deal",
    find=quick_search.of("deal", "sort_key"),
    set_field=set_deal_field,
    guard=access.refuse_read_only,
    extra={
        "plain": True,
        "binned": access.binned_deals,
        "pages": (("Board", "layout-kanban", "sales:board"), ("Forecast", "chart-line", "sales:forecast")),
    },
)
