"""Where the pages of this room are."""

import json
from uuid import UUID

from django.urls import reverse

from fairlead.accounts.public import FirmRequest
from fairlead.people.public import kinds


def url(request: FirmRequest, name: str, **kwargs: object) -> str:
    """Return the address of a page of this room in the request's firm."""
    return reverse(f"segments:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def people_url(request: FirmRequest, kind: str, pk: UUID) -> str:
    """Return the address of the list of contacts that belong to a segment, persona or tag."""
    from urllib.parse import urlencode

    tree = {"all": [{kind: {"op": "has_any", "value": [str(pk)]}}]}
    return f"{kinds.list_url(request, 'contact')}?{urlencode({'criteria': json.dumps(tree)})}"
