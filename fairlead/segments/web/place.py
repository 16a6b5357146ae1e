"""Where the pages of this room are."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse

from fairlead.accounts.public import FirmRequest
from fairlead.people.public import kinds
from fairlead.segments import access
from fairlead.segments.models import Segment


def url(request: FirmRequest, name: str, **kwargs: object) -> str:
    """Return the address of a page of this room in the request's firm."""
    return reverse(f"segments:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def people_url(request: FirmRequest, kind: str, pk: UUID, *, stage: str = "") -> str:
    """Return the address of the list of contacts of a segment, persona or tag, in a stage if one is named."""
    in_stage = [{"field": "lifecycle", "op": "is", "value": stage}] if stage else []
    tree = {"all": [*_belonging(kind, pk), *in_stage]}
    return kinds.list_url(request, "contact", tree)


def spread_url(request: FirmRequest, kind: str, pk: UUID) -> str:
    """Return the address of the report on where the contacts of a segment, persona or tag are."""
    page = reverse("people:distribution", kwargs={"firm": request.firm.slug})
    return f"{page}?{urlencode({'of': 'contacts', 'criteria': json.dumps({'all': _belonging(kind, pk)})})}"


def segment_choice(request: FirmRequest, label: str, none: str) -> forms.ChoiceField:
    """Return the choice of a segment that is not archived; `none` says what it means to choose none."""
    rows = access.segments(request.actor).exclude(status=Segment.Status.ARCHIVED).order_by("name_norm")
    choices = [("", none), *((str(pk), name) for pk, name in rows.values_list("pk", "name"))]
    widget = forms.Select(attrs={"data-search": "1", "placeholder": none})
    return forms.ChoiceField(choices=choices, label=label, required=False, widget=widget)


def _belonging(kind: str, pk: UUID) -> list[dict[str, Any]]:
    return [{kind: {"op": "has_any", "value": [str(pk)]}}]
