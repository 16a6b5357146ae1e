"""Lines above every page: a muted copy, a demo firm, a broken connection."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

from .registry import Registry


@dataclass(frozen=True)
class Banner:
    """What to say. With `action_url` a button posts there, after asking `confirm` if that is set."""

    text: str
    kind: Literal["info", "warning"] = "info"
    action_label: str = ""
    action_url: str = ""
    confirm: str = ""


@dataclass(frozen=True)
class BannerSource:
    """Decides for one request whether its banner is shown."""

    key: str
    banner: Callable[[HttpRequest], Banner | None]
    order: int = 100
    permission: str = ""


sources: Registry[BannerSource] = Registry()
