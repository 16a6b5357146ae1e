"""What a column of a file means: the mapping, as suggested, edited, stored and sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from fairlead.kernel.errors import InvalidInput
from fairlead.records.fields import Field, FieldType
from fairlead.records.imports.formats import DATE_ORDERS, DECIMALS

NEW = "new"  # the target of a column that becomes a new custom field


@dataclass(frozen=True, slots=True)
class Target:
    """Something a column can be written to: a field of the noun, or something that hangs on it.

    Several columns may share a target when it is `multiple`; the first filled one comes first. A `strict` choice
    is suggested only for a column of which it can take nearly all; others are better kept in a field of their own.
    `also` are other names of its options, as other systems have them: name and value.
    """

    name: str
    label: str
    type: FieldType
    group: str = "General"
    multiple: bool = False
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    bounds: tuple[int, int] | None = None
    settle: Callable[[Any], Any] | None = None
    strict: bool = False
    also: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls, field: Field, *, multiple: bool = False, strict: bool = False, also: tuple[tuple[str, str], ...] = ()
    ) -> Self:
        """Return a field as a target."""
        options = tuple((o.value, o.label) for o in field.options)
        return cls(
            field.name, field.label, field.type, field.group, multiple, field.help, options, field.bounds,
            field.settle, strict, also,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field to be made when the import starts."""

    label: str
    type: FieldType
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column and its meaning.

    `target` is None for a column that is left out. `pair` links a value column with its label column ("E-mail 1").
    `dates` and `decimal` say how it is written, `sure` whether its values leave no other reading.
    """

    index: int
    header: str
    target: str | None = None
    label: str = ""
    pair: str = ""
    new_field: NewField | None = None
    dates: str = "ymd"
    decimal: str = "."
    sure: bool = True
    split: str = ""
    reason: str = field(default="", compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the column for storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the stored or sent column. Raises `InvalidInput` naming the column."""
        header = str(data.get("header", ""))[:200]
        try:
            new = data.get("new_field")
            made = new and NewField(str(new["label"])[:100], FieldType(new["type"]), tuple(new.get("options", ())))
            target = data.get("target")
            column = cls(
                int(data["index"]), header, str(target) if target else None, str(data.get("label", ""))[:40],
                str(data.get("pair", ""))[:40], made or None, str(data.get("dates", "ymd")),
                str(data.get("decimal", ".")), bool(data.get("sure", True)), str(data.get("split", ""))[:3],
                str(data.get("reason", "")),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInput({"mapping": [f"Column “{header}” is not described rightly: {error}."]}) from None
        if column.dates not in DATE_ORDERS or column.decimal not in DECIMALS:
            raise InvalidInput({"mapping": [f"Column “{header}”: an unknown way to write dates or numbers."]})
        return column


def check(columns: Sequence[Column], targets: Sequence[Target]) -> None:
    """Raise `InvalidInput` for a target that does not exist, or that two columns would fill."""
    known = {t.name: t for t in targets}
    taken: dict[str, str] = {}
    for column in columns:
        if column.target is None or column.new_field is not None:
            continue
        target = known.get(column.target)
        if target is None:
            raise InvalidInput({"mapping": [f"Column “{column.header}”: there is no field {column.target!r}."]})
        other = taken.setdefault(target.name, column.header)
        if other is not column.header and not target.multiple:
            raise InvalidInput(
                {"mapping": [f"Columns “{other}” and “{column.header}” would both be written to {target.label}."]}
            )
