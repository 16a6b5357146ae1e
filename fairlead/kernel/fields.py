"""Checking the values of one input together, so that every wrong field is named at once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.dateparse import parse_datetime

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze


def fitting(text: str, field: str, longest: int) -> str:
    """Return `text`; raise `InvalidInput` for `field` when it is longer than `longest`. Nothing is cut off."""
    if len(text) > longest:
        raise InvalidInput({field: [f"At most {longest:,} characters fit."]})
    return text


class Fields:
    """Reads given values by name. What is not given is left out of `clean`; what nobody reads is a problem too."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.clean: dict[str, Any] = {}
        self.problems: dict[str, list[str]] = {}
        self._read: set[str] = set()

    def problem(self, name: str, message: str) -> None:
        """Note that `name` is wrong."""
        self.problems.setdefault(name, []).append(message)

    def text(self, name: str, *, longest: int, required: bool = False) -> None:
        """Read one line of text of at most `longest` characters."""
        value = self._take(name, str, "Enter text.", required)
        if not isinstance(value, str):
            return
        line = squeeze(value)
        if required and not line:
            self.problem(name, "This is required.")
        elif len(line) > longest:
            self.problem(name, f"Use at most {longest} characters.")
        else:
            self.clean[name] = line

    def email(self, name: str) -> None:
        """Read one email address (RFC 5321: 254 characters), or nothing."""
        value = self._take(name, str, "Enter an email address.", False)
        if not isinstance(value, str):
            return
        try:
            if address := value.strip():
                EmailValidator()(address)
        except ValidationError:
            self.problem(name, "Enter a valid email address.")
        else:
            self.clean[name] = address

    def choice(self, name: str, options: Collection[str], *, required: bool = False) -> None:
        """Read one of `options`."""
        value = self._take(name, str, "Choose one of the offered values.", required)
        if isinstance(value, str):
            if value in options:
                self.clean[name] = value
            else:
                self.problem(name, f"{value[:50]!r} is not one of the offered values." if value else "Choose one.")

    def whole(self, name: str, *, least: int = 0, most: int = 1_000_000) -> None:
        """Read a whole number, or nothing."""
        value = self._take(name, (int, str, type(None)), "Enter a whole number.", False)
        if name not in self.given or name in self.problems:
            return
        try:
            number = int(value) if value not in (None, "") else None
        except ValueError:
            self.problem(name, "Enter a whole number.")
            return
        if number is not None and not least <= number <= most:
            self.problem(name, f"Enter a number from {least} to {most}.")
        else:
            self.clean[name] = number

    def reference(self, name: str) -> None:
        """Read an id, or nothing."""
        value = self._take(name, (str, UUID, type(None)), "Choose one of the offered values.", False)
        if name not in self.given or name in self.problems:
            return
        try:
            self.clean[name] = UUID(str(value)) if value not in (None, "") else None
        except ValueError:
            self.problem(name, "This is not an id.")

    def moment(self, name: str) -> None:
        """Read an instant with its offset (RFC 3339), or nothing."""
        value = self._take(name, (str, datetime, type(None)), "Enter a date and time.", False)
        if name not in self.given or name in self.problems:
            return
        try:
            found = parse_datetime(value) if isinstance(value, str) and value else value or None
        except ValueError:
            found = None
        if value and (found is None or found.tzinfo is None):
            self.problem(name, "Enter a date and time with its offset, such as 2027-01-31T17:00:00Z.")
        else:
            self.clean[name] = found

    def words(self, name: str) -> None:
        """Read a list of texts."""
        value = self._take(name, (list, tuple, set, frozenset), "Enter a list.", False)
        if value is None:
            return
        if all(isinstance(v, str) for v in value):
            self.clean[name] = sorted({str(v) for v in value})
        else:
            self.problem(name, "Enter a list of texts.")

    def flag(self, name: str) -> None:
        """Read yes or no."""
        value = self._take(name, bool, "Enter true or false.", False)
        if value is not None:
            self.clean[name] = value

    def done(self) -> dict[str, Any]:
        """Return what was read; raise `InvalidInput` naming every wrong or unknown field."""
        for name in self.given.keys() - self._read:
            self.problem(str(name), "There is no such field.")
        if self.problems:
            raise InvalidInput(self.problems)
        return self.clean

    def _take(self, name: str, kinds: type | tuple[type, ...], message: str, required: bool) -> Any:
        self._read.add(name)
        if name not in self.given:
            if required:
                self.problem(name, "This is required.")
            return None
        value = self.given[name]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            self.problem(name, message)
            return None
        return value
