"""Sample answers of the endpoints that rooms provide: the field catalogue, search, mentions."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

_TEXT = [
    {"name": "contains", "label": "contains", "value": "one"},
    {"name": "eq", "label": "is", "value": "one"},
    {"name": "starts_with", "label": "starts with", "value": "one"},
    {"name": "empty", "label": "is empty", "value": "none"},
]
_DATE = [
    {"name": "on", "label": "is on", "value": "one"},
    {"name": "between", "label": "is between", "value": "two"},
    {"name": "after", "label": "is after", "value": "relative"},
    {"name": "empty", "label": "is empty", "value": "none"},
]
_CHOICE = [
    {"name": "in", "label": "is any of", "value": "many"},
    {"name": "not_in", "label": "is none of", "value": "many"},
]
CATALOGUE: dict[str, Any] = {
    "fields": [
        {"name": "name", "label": "Name", "group": "Contact", "type": "text", "ops": _TEXT},
        {"name": "email", "label": "Email", "group": "Contact", "type": "email", "ops": _TEXT},
        {
            "name": "lifecycle",
            "label": "Stage",
            "group": "Contact",
            "type": "choice",
            "ops": _CHOICE,
            "options": [
                {"value": "lead", "label": "Lead", "color": "blue"},
                {"value": "client", "label": "Client", "color": "green"},
            ],
        },
        {"name": "birthday", "label": "Birthday", "group": "Personal", "type": "date", "ops": _DATE},
        {
            "name": "value",
            "label": "Value",
            "group": "Sales",
            "type": "number",
            "ops": [
                {"name": "gte", "label": "is at least", "value": "one"},
                {"name": "between", "label": "is between", "value": "two"},
            ],
        },
        {
            "name": "vip",
            "label": "Do not contact",
            "group": "Consent",
            "type": "boolean",
            "ops": [{"name": "eq", "label": "is", "value": "one"}],
        },
    ],
    "memberships": [
        {
            "name": "tag",
            "label": "Tags",
            "ops": [
                {"name": "has_any", "label": "has any of", "value": "many"},
                {"name": "has_none", "label": "has none of", "value": "many"},
            ],
            "options": [
                {"value": "1", "label": "VIP", "color": "violet"},
                {"value": "2", "label": "Newsletter", "color": "teal"},
            ],
        }
    ],
    "events": [{"type": "mail.opened", "label": "Mail opened"}, {"type": "note.created", "label": "Note written"}],
}


def _found(typed: str) -> dict[str, Any]:
    items = [{"title": "Ada Okafor", "subtitle": "Harbour Analytics", "url": "/shell/gallery/record/", "icon": "user"}]
    return {
        "groups": [{"label": "Contacts", "items": items}] if typed.lower() in "ada okafor" else [],
        "all_url": "/shell/gallery/list/",
    }


def _people(typed: str) -> list[dict[str, str]]:
    people = [{"id": "1", "label": "Alice Ash"}, {"id": "2", "label": "Bob Beech"}]
    return [person for person in people if typed.lower() in person["label"].lower()]


DATA: dict[str, Callable[[str], Any]] = {"catalogue": lambda typed: CATALOGUE, "search": _found, "people": _people}


def read(text: str) -> dict[str, Any] | None:
    """Return the criteria of a query string, if there are any."""
    return json.loads(text) if text else None


def part(request: HttpRequest, template: str) -> SafeString:
    """Draw a part of a page."""
    return render_to_string(template, request=request)
