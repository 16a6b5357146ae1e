"""The registry of what members can be told about."""

from dataclasses import dataclass

from fairlead.notifications.models.wishes import MailWhen


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: how the settings word it, how it looks, and its channels until a member chooses others."""

    key: str
    label: str
    group: str
    icon: str = "bell"
    color: str = "blue"
    help: str = ""
    in_app: bool = True
    mail: MailWhen = MailWhen.DIGEST
    order: int = 100


class UnknownKind(LookupError):
    """Nobody declared this kind of notice."""


_kinds: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    """Declare kinds; the same key twice with other content raises ValueError."""
    for kind in kinds:
        if _kinds.setdefault(kind.key, kind) != kind:
            raise ValueError(f"Notice kind {kind.key} is declared twice.")


def get(key: str) -> Kind:
    """Return the kind; raise `UnknownKind`."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(f"No kind of notice is called {key!r}.") from None


def known(key: str) -> Kind:
    """Return the kind, or a plain one for what an older version told of."""
    return _kinds.get(key) or Kind(key, key.replace("_", " ").capitalize(), "")


def declared() -> list[Kind]:
    """Return every kind by group and order."""
    return sorted(_kinds.values(), key=lambda k: (k.order, k.label))
