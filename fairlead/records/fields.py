"""Fields: what a value is, what it is called, how it is chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, overload

from fairlead.records.criteria.fragments import Sql
from fairlead.tenancy.public import Actor

CUSTOM = "custom"


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
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a choice field: what is stored, what is shown, and a palette colour.

    `short` is shown instead where no other value beside it is called so: a stage without its pipeline.
    """

    value: str
    label: str
    color: str = ""
    short: str = ""


class FirmOptions(Sequence[Option]):
    """Options that are rows of the firm (stages, reasons): read whenever they are asked for, in the firm in context.

    Without an actor they are all, for what a record holds that was read for its reader already; `Field.options_for`
    returns those that somebody may choose among.
    """

    def __init__(self, read: Callable[[Actor | None], Sequence[Option]]) -> None:
        self.read = read

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self.read(None))

    def __iter__(self) -> Iterator[Option]:
        return iter(self.read(None))

    @overload
    def __getitem__(self, index: int) -> Option: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Option]: ...
    def __getitem__(self, index: Any) -> Any:
        return self.read(None)[index]


@dataclass(frozen=True, slots=True)
class Computed:
    """How a value that no column holds is worked out from others of the record.

    `sql` returns an expression, never NULL, over an alias of the noun's table: a whole number, or an array of texts
    where several are chosen (MULTI_CHOICE). `depends` names what it reads ("custom": all of the firm's own fields), so
    that whoever keeps results knows when they are old.
    """

    sql: Callable[[str], Sql]
    depends: frozenset[str]

    def reads(self, name: str) -> bool:
        """Tell whether a change of the field called `name` ("city", "custom.tier") can change the value."""
        return (CUSTOM if name.startswith(f"{CUSTOM}.") else name) in self.depends


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a noun. `column` is the model's attribute (the name when empty).

    `sort_column` names the indexed column that orders by it; without one the field is not sortable. `currency` names
    the field with the ISO 4217 code of an amount in minor units. A `computed` field stands in `Noun.computed`. A
    number that is `in_firm_currency` is an amount in whole units of it. `bounds` are the least and the greatest value
    of a number, both allowed. `settle` has the last word on a value that is not empty: it returns what is stored, or
    raises ValueError. `past` are options that nobody chooses any more and that records may still hold. `all_shown`
    options stand side by side in forms, as radio buttons or check boxes.
    """

    name: str
    label: str
    type: FieldType
    group: str = "General"
    column: str = ""
    sort_column: str = ""
    options: Sequence[Option] = ()
    help: str = ""
    required: bool = False
    editable: bool = True
    filterable: bool = True
    importable: bool = True
    exportable: bool = True
    default: Any = None
    currency: str = ""
    computed: Computed | None = None
    bounds: tuple[int, int] | None = None
    settle: Callable[[Any], Any] | None = None
    in_firm_currency: bool = False
    past: Sequence[Option] = ()
    all_shown: bool = False

    @property
    def every_option(self) -> tuple[Option, ...]:
        """Return the options that a value may name, those of the past after the others."""
        return (*self.options, *self.past)

    def options_for(self, by: Actor) -> Sequence[Option]:
        """Return the options whose names the actor may read."""
        return self.options.read(by) if isinstance(self.options, FirmOptions) else self.options

    @property
    def attribute(self) -> str:
        """Return the model attribute that holds the value."""
        return self.column or self.name

    @property
    def sortable(self) -> bool:
        """Tell whether lists may be ordered by it."""
        return bool(self.sort_column)
