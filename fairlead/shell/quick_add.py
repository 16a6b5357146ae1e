"""The "New" menu of the top bar. Each entry opens a dialog loaded from its address, on every page."""

from dataclasses import dataclass

from .registry import Registry


@dataclass(frozen=True)
class QuickAdd:
    """One thing to make. `shortcut` is a key combination ("ctrl+n") or a single key ("n"), or both with a space."""

    key: str
    label: str
    icon: str
    url_name: str
    order: int = 100
    permission: str = ""
    shortcut: str = ""
    dialog: bool = True


entries: Registry[QuickAdd] = Registry()
