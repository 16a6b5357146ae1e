"""Form fields of this room's dialogs."""

from typing import Any

from django import forms

from fairlead.accounts.public import Team, member_choices

SEARCHED = {"data-search": "1"}


def members(label: str = "Who may get it", help_text: str = "", *, when: str = "") -> forms.Field:
    """Return the choice of several members; `when` as frontend/src/ui/applying.ts reads it."""
    widget = forms.SelectMultiple(attrs=SEARCHED | _only(when))
    return forms.MultipleChoiceField(
        label=label, choices=member_choices(), required=False, widget=widget, help_text=help_text
    )


def team(label: str = "Team", help_text: str = "", *, when: str = "") -> forms.Field:
    """Return the choice of a team."""
    widget = forms.Select(attrs=_only(when))
    rows = Team.rows().order_by("name").values_list("pk", "name")
    choices = [("", "—"), *((str(pk), name) for pk, name in rows)]
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=help_text, widget=widget)


def person(label: str = "Person", *, when: str = "") -> forms.Field:
    """Return the choice of one member."""
    choices = [("", "—"), *member_choices()]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.Select(attrs=_only(when)))


def day(label: str) -> forms.Field:
    """Return the field of a day."""
    return forms.CharField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


def number(label: str, **more: Any) -> forms.Field:
    """Return the field of a whole number that may be empty."""
    widget = forms.NumberInput(attrs={"step": "1", "min": "0"})
    return forms.CharField(label=label, required=False, widget=widget, **more)


def _only(when: str) -> dict[str, str]:
    return {"data-when": when} if when else {}
