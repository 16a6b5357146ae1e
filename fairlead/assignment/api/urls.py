"""The addresses of the assignment room under /api/v1/."""

from django.urls import URLPattern

from fairlead.assignment.api.assignments import Assignments
from fairlead.assignment.api.rules import Absences, AssignmentRules, Limits, Territories
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("assignments", Assignments),
    *routes("assignment-rules", AssignmentRules),
    *routes("assignment-limits", Limits),
    *routes("territories", Territories),
    *routes("absences", Absences),
]
