"""The measures: each says which rows of the history it counts, so that figure and list are one definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import NotFound

STAYS, WINS, LOSSES, DATES = "sales_stagestay", "sales_win", "sales_loss", "sales_closedatechange"


@dataclass(frozen=True)
class Measure:
    """Rows of a history table: `moment` is the column of their time, `where` what else holds, `amount` what is summed.

    `subject` is the column that the key's second part ("entered:<stage>") must equal, "" for none. `unit` is what the
    amounts are: money (minor units of the firm's currency), seconds or days.
    """

    key: str
    label: str
    table: str
    moment: str
    where: str = "TRUE"
    subject: str = ""
    amount: str = "base_value"
    unit: str = "money"


FIRST_VISIT = "h.visit = 1"
MEASURES: Mapping[str, Measure] = {
    m.key: m
    for m in (
        Measure("created", "New deals", STAYS, "entered_at", "h.from_stage_id IS NULL"),
        Measure("entered", "Entered the stage", STAYS, "entered_at", FIRST_VISIT, "stage_id"),
        Measure("advanced", "Advanced from the stage", STAYS, "entered_at",
                f"{FIRST_VISIT} AND h.advanced_at IS NOT NULL", "stage_id"),
        Measure("left_lost", "Lost from the stage", STAYS, "entered_at", "h.exit = 'lost'", "stage_id"),
        Measure("staying", "Still in the stage", STAYS, "entered_at", "h.seconds IS NULL", "stage_id"),
        Measure("stayed", "Left the stage", STAYS, "entered_at", "h.seconds IS NOT NULL", "stage_id", "seconds",
                "seconds"),
        Measure("regressed", "Went back", STAYS, "entered_at", "h.is_regression"),
        Measure("regressed_from", "Went back from the stage", STAYS, "entered_at", "h.is_regression", "from_stage_id"),
        Measure("won", "Won", WINS, "occurred_at", "h.reopened_at IS NULL"),
        Measure("won_cycle", "Time to win", WINS, "occurred_at", "h.reopened_at IS NULL", "", "seconds", "seconds"),
        Measure("won_why", "Won for the reason", WINS, "occurred_at", "h.reopened_at IS NULL", "reason_id"),
        Measure("won_by", "Won by the owner", WINS, "occurred_at", "h.reopened_at IS NULL", "owner_id"),
        Measure("lost", "Lost", LOSSES, "occurred_at", "h.reopened_at IS NULL"),
        Measure("lost_why", "Lost for the reason", LOSSES, "occurred_at", "h.reopened_at IS NULL", "reason_id"),
        Measure("lost_to", "Lost to the competitor", LOSSES, "occurred_at", "h.reopened_at IS NULL", "competitor_id"),
        Measure("lost_by", "Lost by the owner", LOSSES, "occurred_at", "h.reopened_at IS NULL", "owner_id"),
        Measure("slipped", "Close date moved later", DATES, "changed_at", "h.days > 0", "", "days", "days"),
        Measure("pulled", "Close date moved earlier", DATES, "changed_at", "h.days < 0", "", "days", "days"),
    )
}  # fmt: skip
NONE = "none"


@dataclass(frozen=True)
class Asked:
    """A measure for one subject: "lost_why:<reason>", "lost_why:none", "won"."""

    measure: Measure
    subject: UUID | None = None
    is_bound: bool = False

    @property
    def condition(self) -> str:
        """Return what holds of the rows beside the scope."""
        if not self.is_bound:
            return self.measure.where
        test = "IS NULL" if self.subject is None else "= %(subject)s"
        return f"{self.measure.where} AND h.{self.measure.subject} {test}"

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of the condition."""
        return {"subject": self.subject} if self.subject is not None else {}


def asked(text: str) -> Asked:
    """Return the measure that a key names; raise `NotFound` for any other text."""
    key, _, subject = text.partition(":")
    measure = MEASURES.get(key)
    if measure is None or bool(subject) != bool(measure.subject):
        raise NotFound
    if not subject:
        return Asked(measure)
    try:
        return Asked(measure, None if subject == NONE else UUID(subject), True)
    except ValueError:
        raise NotFound from None
