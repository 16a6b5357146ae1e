"""Rules, territories, who is free, and who got what."""

from fairlead.assignment.models.assignment import Assignment, Waiting
from fairlead.assignment.models.availability import Absence, Capacity
from fairlead.assignment.models.rule import Rule, RuleTaker
from fairlead.assignment.models.territory import Territory, TerritoryTaker
from fairlead.assignment.models.turn import Turn

__all__ = [
    "Absence",
    "Assignment",
    "Capacity",
    "Rule",
    "RuleTaker",
    "Territory",
    "TerritoryTaker",
    "Turn",
    "Waiting",
]
