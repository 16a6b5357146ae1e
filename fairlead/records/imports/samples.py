"""What a dry run shows of its work: a few records, field by field before and after, in words as lists have them."""

from collections.abc import Mapping
from typing import Any

from fairlead.kernel.ids import read_id
from fairlead.records import columns, nouns
from fairlead.records.criteria.vocabulary import RELATIONS
from fairlead.records.exports.cells import cell
from fairlead.records.fields import FieldType
from fairlead.records.imports import plug
from fairlead.records.imports.plug import Context
from fairlead.records.models.custom_field import PREFIX

Row = dict[str, str]  # field, before, after
_IDS = {FieldType.MEMBER, *RELATIONS}


class Wording:
    """Puts values of a noun into words. They are known by the names of fields, of their attributes or of targets."""

    def __init__(self, noun: str, context: Context) -> None:
        self._noun, self._context = nouns.get(noun), context
        offered = columns.offered(self._noun, context.custom.values())
        self._columns = {c.field.attribute: c for c in offered if c.field} | {c.key: c for c in offered}
        self.currencies = {f.currency for f in self._noun.fields if f.currency}
        self._labels = {t.name: t.label for t in plug.targets_of(noun)}

    def rows(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
        """Return a row for each value of `after` that is another one than before; `before` may hold more."""
        old, new = _flat(before), _flat(after)
        now = old | new
        rows = [self.row(name, self.words(name, old.get(name), old), self.words(name, new[name], now)) for name in new]
        return [row for row in rows if row["before"] != row["after"]]

    def row(self, name: str, before: str, after: str) -> Row:
        """Return a row of the table of examples."""
        column = self._columns.get(name)
        label = column.label if column else self._labels.get(name) or name.replace("_", " ").capitalize()
        return {"field": label, "before": before, "after": after}

    def words(self, name: str, value: Any, beside: Mapping[str, Any]) -> str:
        """Return a value in words; `beside` holds the currency of an amount. Days and moments are ISO 8601."""
        column = self._columns.get(name)
        if value is None or value == "":
            return ""
        if column is None or column.field is None:
            return _plain(value)
        field = column.field
        if field.type in _IDS:
            found = read_id(str(value))
            if found is None:
                return str(value)  # a name: in a dry run, what it stands for may be yet to be made
            value = found
        custom = name.removeprefix(PREFIX)
        record = {field.currency: self._context.home.currency, **beside, field.name: value, "custom": {custom: value}}
        values = columns.Values(self._noun, [column], self._context.by, lambda noun, pk: "")
        return _plain(cell(values.rows([record])[0][0], several=column.several))


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the firm's own fields beside the others."""
    own = {f"{PREFIX}{key}": value for key, value in (values.get("custom") or {}).items()}
    return {name: value for name, value in values.items() if name != "custom"} | own


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{str(name).capitalize()}: {cell(held)}" for name, held in value.items())
    return "" if value is None else str(cell(value))
