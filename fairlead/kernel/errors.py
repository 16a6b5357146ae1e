"""Errors that every floor may raise and every face knows how to show.

Each carries what went wrong, where, and a stable `code`; pages show the text, the API answers RFC 9457.
"""

from collections.abc import Mapping, Sequence
from typing import Self


class FairleadError(Exception):
    """An expected failure with a message for people."""

    code = "error"
    status = 400

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class InvalidInput(FairleadError):
    """The input is wrong: `fields` maps a field path ("emails.0.address") to its messages."""

    code = "invalid"
    status = 422

    def __init__(self, fields: Mapping[str, Sequence[str]] | str, *, code: str | None = None) -> None:
        if isinstance(fields, str):
            fields = {"": [fields]}
        self.fields = {path: list(messages) for path, messages in fields.items()}
        text = "; ".join(f"{path}: {m}" if path else m for path, ms in self.fields.items() for m in ms)
        super().__init__(text, code=code)


class Refusals:
    """Gathers what several checks refuse, so that whoever asks is told of it all at once.

    Each check stands in a `with` of its own; `tell` raises what they refused as one `InvalidInput`.
    """

    def __init__(self) -> None:
        self._errors: list[InvalidInput] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, InvalidInput):
            self._errors.append(error)
        return isinstance(error, InvalidInput)

    def tell(self) -> None:
        """Raise `InvalidInput` when a check refused something, with the code of the only one that did."""
        fields: dict[str, list[str]] = {}
        for error in self._errors:
            for path, messages in error.fields.items():
                fields.setdefault(path, []).extend(messages)
        if fields:
            raise InvalidInput(fields, code=self._errors[0].code if len(self._errors) == 1 else None)


class NotFound(FairleadError):
    """There is no such thing, or it is not yours: the two are never told apart."""

    code = "not_found"
    status = 404

    def __init__(self, message: str = "There is nothing here, or it is not yours to see.") -> None:
        super().__init__(message)


class Forbidden(FairleadError):
    """You may see it, but your role does not allow this."""

    code = "forbidden"
    status = 403


class Conflict(FairleadError):
    """The state it is in does not allow this."""

    code = "conflict"
    status = 409


class Unavailable(FairleadError):
    """The database is busy, or away: the same may well be done in a moment."""

    code = "busy"
    status = 503

    def __init__(self, message: str = "The database is busy, or away for a moment. Try again shortly.") -> None:
        super().__init__(message)


class NoRoom(FairleadError):
    """The server's disk is full (RFC 4918, 11.5)."""

    code = "no_room"
    status = 507

    def __init__(self, message: str = "The server's disk is full, so nothing was saved. Tell who runs it.") -> None:
        super().__init__(message)


class StaleVersion(Conflict):
    """The record was changed since you read it; `current` is its version now."""

    code = "stale_version"
    status = 412

    def __init__(self, message: str, *, current: int) -> None:
        super().__init__(message)
        self.current = current


class StaleTag(Conflict):
    """What keeps no version was changed since you read it; `tag` is its entity tag now."""

    code = "stale_version"
    status = 412

    def __init__(self, message: str, *, tag: str) -> None:
        super().__init__(message)
        self.tag = tag
