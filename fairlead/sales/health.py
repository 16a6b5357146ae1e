"""How a deal does, and why: the reasons a salesperson would name."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairlead.kernel import clock
from fairlead.kernel.text import counted
from fairlead.records.public import next_tasks
from fairlead.sales import scored
from fairlead.sales.actions.outcomes import settings
from fairlead.sales.models import Deal, Outcome, ScoreRule
from fairlead.tenancy.public import Actor, firm_today


@dataclass(frozen=True)
class Health:
    """`level` is good, attention (one reason) or risk (several); a closed deal has none."""

    level: str
    reasons: Sequence[str]

    @property
    def label(self) -> str:
        """Return the level for people."""
        return {"good": "Healthy", "attention": "Needs attention", "risk": "At risk"}[self.level]

    @property
    def color(self) -> str:
        """Return the level's palette colour."""
        return {"good": "green", "attention": "amber", "risk": "red"}[self.level]


@dataclass(frozen=True)
class Reason:
    """A rule that an open deal meets, and the points it brings."""

    name: str
    points: int


def health(deal: Deal, by: Actor) -> Health | None:
    """Return how an open deal does; None for a closed one."""
    if deal.outcome != Outcome.OPEN:
        return None
    now, found = clock.now(), []
    if next_tasks.are_known():
        task = next_tasks.next_tasks_of("deal", [deal.pk], by).get(deal.pk)
        if task is None:
            found.append("No task is planned.")
        elif task.due_at and task.due_at < now:
            found.append(f"The next task is overdue: {task.title}.")
    elif not deal.next_step:
        found.append("No next step is written down.")
    silent = (now - (deal.last_activity_at or deal.created_at)).days
    if silent >= settings().silent_days:
        found.append(f"Nothing happened for {counted(silent, 'day')}.")
    days, most = (now - deal.stage_entered_at).days, deal.stage.rotting_days
    if most and days >= most:
        found.append(f"In {deal.stage.name} for {counted(days, 'day')}; usual is {most}.")
    if deal.expected_close and deal.expected_close < firm_today():
        found.append("The expected close date is past.")
    return Health(("good", "attention", "risk")[min(len(found), 2)], found)


def score_reasons(deal: Deal) -> list[Reason]:
    """Return the rules that the deal meets now, in their order."""
    met = []
    for rule in ScoreRule.rows().filter(is_active=True).order_by("position", "id"):
        if (asked := scored.asked(rule)) is not None and asked.matches(deal.pk):
            met.append(Reason(rule.name, rule.points))
    return met
