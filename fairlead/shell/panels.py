"""Related panels on the right of a record page. A higher room shows its things on a lower room's page through this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from .registry import May, Registry


@dataclass(frozen=True)
class Panel:
    """A card on the pages of one `noun` ("contact"). `render` gets the request and the record, and returns its body.

    With `lazy` the body is fetched after the page is shown, from `{record.url}panels/{key}`.
    """

    key: str
    noun: str
    title: str
    icon: str
    render: Callable[[HttpRequest, Any], SafeString]
    order: int = 100
    permission: str = ""
    lazy: bool = False


panels: Registry[Panel] = Registry()


def panels_for(noun: str, may: May) -> list[Panel]:
    """Return the panels of one noun that the viewer may see, in order."""
    return [panel for panel in panels.open_to(may) if panel.noun == noun]
