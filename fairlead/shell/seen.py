"""What a form showed when it was opened, so that who saves second is told what the first one changed.

A form about something stored carries a digest of each value (`seen`). When it comes back and a value is another by
now, nothing is saved: the field says what it holds, what was typed stays, and saving again replaces it knowingly.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from fairlead.kernel.errors import InvalidInput, NotFound

NAME = "seen"
STALE = "stale_version"
DIGITS = 10  # hexadecimal: enough to tell two values of one field apart
LONGEST = 200  # characters of a colleague's text that are shown


def mark(stored: Mapping[str, Any]) -> str:
    """Return what a form is to carry: the digest of each value that it shows."""
    return orjson.dumps({name: _digest(value) for name, value in stored.items()}).decode()


def locked(row: Any) -> Any:
    """Return a row as it is now, locked until the transaction ends: nobody changes it between judging and saving."""
    kind = row.__class__  # of a lazy `request.user` the class of the user
    rows = kind.rows() if hasattr(kind, "rows") else kind.objects.all()
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if found is None:
        raise NotFound
    return found


def expect(
    seen: str, stored: Mapping[str, Any], typed: Mapping[str, Any], shown: Callable[[str, Any], str] | None = None
) -> None:
    """Raise `InvalidInput` at each field that holds another value by now, unless it is the one that was typed.

    `seen` is what the form carried ("" for one that carries nothing: it is not judged); `shown` says how the value of
    a field reads.
    """
    then = _read(seen)
    fresh = [n for n, value in stored.items() if n in then and then[n] != _digest(value) and n in typed]
    named: Callable[[str, Any], str] = shown or (lambda _, value: _plain(value))
    errors = {n: [_told(n, stored[n], typed[n], named)] for n in fresh if _plain(typed[n]) != _plain(stored[n])}
    if errors:
        raise InvalidInput(errors, code=STALE)


def _told(name: str, stored: Any, typed: Any, shown: Callable[[str, Any], str]) -> str:
    text = shown(name, stored)
    if len(text) > LONGEST and isinstance(stored, list) and isinstance(typed, list):
        return _difference(name, stored, typed, shown)
    now = f"“{_cut(text)}”" if text else "empty"
    return f"Somebody changed this since you opened it: it is {now} now. Saving again replaces that."


def _difference(name: str, stored: list[Any], typed: list[Any], shown: Callable[[str, Any], str]) -> str:
    """Say of a long list what saving again would do to it: nobody finds the one new word among sixty."""
    had, has = ({_plain(one) for one in many} for many in (stored, typed))
    gone, new = [x for x in stored if _plain(x) not in has], [x for x in typed if _plain(x) not in had]
    verbs = (("takes away", gone), ("adds", new))
    said = " and ".join(f"{verb} “{_cut(shown(name, some))}”" for verb, some in verbs if some)
    return f"Somebody changed this since you opened it. Saving again {said}."


def _cut(text: str) -> str:
    return f"{text[:LONGEST]}{'…' if len(text) > LONGEST else ''}"


def _read(seen: str) -> dict[str, str]:
    try:
        found = orjson.loads(seen)
    except orjson.JSONDecodeError:
        return {}
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def _digest(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(_plain(value))).hexdigest()[:DIGITS]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(map(_plain, value)))
    return "" if value is None or value is False else str(value).replace("\r\n", "\n").strip()
