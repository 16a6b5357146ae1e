"""Fields: what a value is, what it is called, how it is chosen."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FieldType(StrEnum):
    """What a value is; decides operators, editors, parsers and how it is stored."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    RECURRING_DATE = "recurring_date"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"
    LANGUAGE = "language"
    MEMBER = "member"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a choice field: what is stored, what is shown, and a palette colour."""

    value: str
    label: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a noun. `column` is the model's attribute (the name when empty).

    `sort_column` names the indexed column that orders by it; without one the field is not sortable.
    """

    name: str
    label: str
    type: FieldType
    group: str = "General"
    column: str = ""
    sort_column: str = ""
    options: tuple[Option, ...] = ()
    help: str = ""
    required: bool = False
    editable: bool = True
    filterable: bool = True
    importable: bool = True
    exportable: bool = True
    personal: bool = False
    default: Any = None

    @property
    def attribute(self) -> str:
        """Return the model attribute that holds the value."""
        return self.column or self.name

    @property
    def sortable(self) -> bool:
        """Tell whether lists may be ordered by it."""
        return bool(self.sort_column)
