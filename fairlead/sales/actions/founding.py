"""What every firm's sales begin with."""

from fairlead.sales.actions.pipelines import create_pipeline
from fairlead.sales.actions.reasons import create_reason
from fairlead.sales.actions.scoring import create_rule
from fairlead.sales.models import Reason
from fairlead.tenancy.public import Actor

WORDS = {
    Reason.Kind.WIN: ("Best fit", "Price", "Trust", "Speed", "Recommendation"),
    Reason.Kind.LOSS: ("Price", "Went with a competitor", "No budget", "Bad timing", "No decision", "Lost touch"),
}
RULES = (
    ("Worth a lot", 20, {"field": "base_value", "op": "gte", "value": 50_000}),
    ("Pressing", 15, {"field": "priority", "op": "in", "value": ["high", "urgent"]}),
    ("Something happened in the last 7 days", 15,
     {"field": "last_activity_at", "op": "in_last", "value": {"amount": 7, "unit": "days"}}),
    ("Has a next step", 10, {"field": "next_step", "op": "is_known"}),
    ("In its stage for over 30 days", -20,
     {"not": {"field": "stage_entered_at", "op": "in_last", "value": {"amount": 30, "unit": "days"}}}),
    ("Went back a stage", -10, {"field": "regressions", "op": "gte", "value": 1}),
)  # fmt: skip


def furnish(by: Actor) -> None:
    """Make a sales pipeline, the usual reasons, and rules for scores."""
    create_pipeline("sales", by=by)
    for kind, words in WORDS.items():
        for word in words:
            create_reason(kind, word, by=by)
    for name, points, tree in RULES:
        create_rule({"name": name, "points": points, "criteria": {"all": [tree]}}, by=by)
