"""The registry of permissions. A room declares what it checks; a name nobody declared raises."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """The built-in roles, each holding all that the ones below it hold."""

    READ_ONLY = 1
    MEMBER = 2
    MANAGER = 3
    ADMIN = 4
    OWNER = 5

    @property
    def key(self) -> str:
        """Return the stored name, e.g. `read_only`."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """Return the name for people, e.g. `Read-only`."""
        return self.name.replace("_", "-").capitalize()

    @classmethod
    def from_key(cls, key: str) -> "Role":
        """Return the role stored as `key`; KeyError when there is none."""
        return cls[key.upper()]


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing a role may allow: `name` is `group.verb`, `since` the lowest built-in role that has it."""

    name: str
    label: str
    group: str
    since: Role

    @property
    def phrase(self) -> str:
        """Return the label as a part of a sentence: `create API keys`."""
        return self.label[:1].lower() + self.label[1:]


class UnknownPermission(LookupError):
    """The permission was never declared: a misspelt name in code or a custom role from a newer version."""


_declared: dict[str, Permission] = {}


def declare(name: str, label: str, *, group: str, since: Role) -> None:
    """Declare a permission; declaring the same name twice with other words raises ValueError."""
    permission = Permission(name, label, group, since)
    if _declared.setdefault(name, permission) != permission:
        raise ValueError(f"Permission {name} is declared twice.")


def declared() -> list[Permission]:
    """Return every declared permission, in the order of declaration."""
    return list(_declared.values())


def known(name: str) -> Permission:
    """Return the permission called `name`; raise `UnknownPermission` when it was never declared."""
    try:
        return _declared[name]
    except KeyError:
        raise UnknownPermission(f"No permission is called {name!r}.") from None


def of_role(role: Role) -> frozenset[str]:
    """Return the names that the built-in `role` holds."""
    return frozenset(p.name for p in _declared.values() if p.since <= role)


def checked(names: Iterable[str]) -> frozenset[str]:
    """Return `names` as a set, raising `UnknownPermission` at the first one nobody declared."""
    return frozenset(known(name).name for name in names)
