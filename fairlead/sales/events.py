"""The event types that the sales room writes."""

from fairlead.events.public import EventType


def _deal(verb: str, label: str, wording: str, icon: str, kind: str = "deals", **more: bool) -> EventType:
    personal = frozenset({"values", "changes", "note"})
    return EventType(f"deal.{verb}", label, wording, kind=kind, icon=icon, personal=personal, **more)


def _settings(noun: str, label: str, icon: str, *verbs: str) -> list[EventType]:
    words = {"created": "created", "updated": "changed", "archived": "archived", "restored": "took out",
             "deleted": "deleted", "reordered": "reordered"}  # fmt: skip
    return [
        EventType(f"{noun}.{v}", f"{label} {words[v]}", f"{words[v]} the {label.lower()} {{name}}", icon=icon)
        for v in verbs
    ]


TYPES = (
    _deal("created", "Deal created", "created the deal {title}", "target-arrow"),
    _deal("updated", "Deal changed", "changed {fields} of the deal {title}", "pencil"),
    _deal("moved", "Deal moved", "moved the deal {title} from {from} to {to}", "arrow-right"),
    _deal("regressed", "Deal went back", "moved the deal {title} back from {from} to {to}", "arrow-back"),
    _deal("won", "Deal won", "won the deal {title}", "trophy"),
    _deal("lost", "Deal lost", "lost the deal {title} ({reason})", "circle-x"),
    _deal("reopened", "Deal reopened", "reopened the deal {title}", "refresh"),
    _deal("owner_changed", "Deal’s owner changed", "made {to} the owner of the deal {title}", "user-check"),
    _deal("close_date_changed", "Close date changed", "moved the expected close of {title} from {before} to {after}",
          "calendar-event"),
    _deal("items_changed", "Line items changed", "changed the line items of the deal {title}", "list-details"),
    _deal("contact_added", "Contact added", "added {name} to the deal {title}", "user-plus"),
    _deal("contact_removed", "Contact removed", "took {name} off the deal {title}", "user-minus"),
    _deal("company_added", "Company added", "added {name} to the deal {title}", "building-plus"),
    _deal("company_removed", "Company removed", "took {name} off the deal {title}", "building-minus"),
    _deal("stalled", "Deal stays too long", "sees the deal {title} in {stage} for more than {days} days", "hourglass"),
    _deal("deleted", "Deal deleted", "moved the deal {title} to the bin", "trash", sensitive=True),
    _deal("restored", "Deal restored", "took the deal {title} out of the bin", "arrow-back-up"),
    _deal("purged", "Deal purged", "deleted a deal for good", "trash-x", sensitive=True),
    *_settings("pipeline", "Pipeline", "layout-kanban", "created", "updated", "archived", "restored", "reordered"),
    *_settings("stage", "Stage", "layout-columns", "created", "updated", "deleted", "reordered"),
    *_settings("product", "Product", "package", "created", "updated", "archived", "restored"),
    *_settings("currency_rate", "Rate", "currency-dollar", "updated", "deleted"),
    EventType("currency_rate.carried", "Rates carried over", "carried the exchange rates from {before} over to {after}",
              icon="currency-dollar"),
    *_settings("reason", "Reason", "message-question", "created", "updated", "archived"),
    *_settings("score_rule", "Score rule", "star", "created", "updated", "deleted"),
    EventType("sales_settings.updated", "Sales settings changed", "changed the sales settings", icon="settings"),
    EventType("forecast.taken", "Forecast taken", "took the forecast of {count} deals", icon="chart-line"),
)  # fmt: skip
