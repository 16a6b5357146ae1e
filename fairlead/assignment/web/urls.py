"""The addresses of assignment, under `/f/<firm>/`."""

from django.urls import path

from fairlead.assignment.web import panels, people, rules, territories, trying

app_name = "assignment"
_home = "settings/assignment/"
_rule = f"{_home}rules/<uuid:assignment_rule_id>/"
_territory = "settings/territories/<uuid:territory_id>/"
urlpatterns = [
    path(_home, rules.page, name="rules"),
    path(f"{_home}order/<slug:noun>", rules.order, name="rule-order"),
    path(f"{_home}try", trying.page, name="try"),
    path(f"{_home}rules/new", rules.edit, name="rule-new"),
    path(_rule, rules.edit, name="rule"),
    path(f"{_rule}shares", rules.shares, name="rule-shares"),
    path(f"{_rule}pause", rules.pause, name="rule-pause"),
    path(f"{_rule}resume", rules.resume, name="rule-resume"),
    path(f"{_rule}delete", rules.delete, name="rule-delete"),
    path("settings/territories/", territories.page, name="territories"),
    path("settings/territories/new", territories.edit, name="territory-new"),
    path(_territory, territories.edit, name="territory"),
    path(f"{_territory}delete", territories.delete, name="territory-delete"),
    path("settings/workload/", people.page, name="people"),
    path("settings/workload/<uuid:member_id>/limits", people.limits, name="limits"),
    path("settings/workload/away", people.absence, name="absence-new"),
    path("settings/workload/absences/<uuid:absence_id>/end", people.end, name="absence-end"),
    path("contacts/<uuid:record_id>/assign", panels.assign, {"noun": "contact"}, name="contact-assign"),
    path("deals/<uuid:record_id>/assign", panels.assign, {"noun": "deal"}, name="deal-assign"),
]
