"""The event types that the credit room writes."""

from fairlead.events.public import EventType


def _settings(noun: str, what: str) -> tuple[EventType, ...]:
    return tuple(
        EventType(f"{noun}.{verb}", f"Credit {what} {verb}", f"{verb} the credit {what} {{name}}", icon="calculator")
        for verb in ("created", "updated", "deleted")
    )


TYPES = (
    EventType(
        "credit.estimated",
        "Credit score estimated",
        "estimated the credit score: {before} now, {after} after what was chosen",
        icon="calculator",
        personal=frozenset({"before", "after", "steps"}),
    ),
    *_settings("credit_factor", "factor"),
    *_settings("credit_step", "step"),
    EventType("credit_scale.set", "Credit scale set", "set the credit scale to {name}", icon="calculator"),
    EventType("credit_model.started", "Credit model started", "put in the usual credit factors", icon="calculator"),
)
