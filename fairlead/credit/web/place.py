"""Where the pages of this room are."""

from django.urls import reverse

from fairlead.accounts.public import FirmRequest


def url(request: FirmRequest, name: str, **kwargs: object) -> str:
    """Return the address of a page of this room in the request's firm."""
    return reverse(f"credit:{name}", kwargs={"firm": request.firm.slug, **kwargs})
