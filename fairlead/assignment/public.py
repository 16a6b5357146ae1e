"""What higher rooms may use of assignment."""

from fairlead.assignment.actions.assigning import assign_by_rules, assign_to_team
from fairlead.assignment.actions.rules import create_rule
from fairlead.assignment.actions.territories import create_territory

__all__ = ["assign_by_rules", "assign_to_team", "create_rule", "create_territory"]
