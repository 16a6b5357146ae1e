"""What the notifications room offers to the engines and to the frame."""

from collections.abc import Collection

from django.http import HttpRequest

from fairlead.notifications import rules, undelivered
from fairlead.shell import live
from fairlead.shell.bell import Bell, set_bell_source
from fairlead.shell.navigation import Item, UserItem, settings_items, user_items


def register() -> None:
    """Register the bell, the pages and the jobs."""
    from fairlead.notifications import following, health, jobs  # noqa: F401  registers its jobs
    from fairlead.notifications.actions import reading  # noqa: F401  registers its job

    set_bell_source(_bell)
    live.set_address_source(_address)
    user_items.register(UserItem("notifications", "Notifications", "bell", "notifications:settings", 30))
    settings_items.register(Item("notifications", "Notifications", "bell", "notifications:settings", "You", 5))
    undelivered.register()
    following.register()
    health.register()


def add_rule(name: str, types: Collection[str], rule: rules.Rule) -> None:
    """Let events of these types give rise to notices from now on."""
    from fairlead.notifications import following

    rules.register(name, types, rule)
    following.register()


def _bell(request: HttpRequest) -> Bell | None:
    from fairlead.notifications.web.centre import bell

    return bell(request)


def _address(request: HttpRequest) -> str:
    from fairlead.notifications.web.centre import live_address

    return live_address(request)
