"""What a tree may speak of: the noun's own fields, its custom fields, and those of one related record."""

from collections.abc import Iterator
from dataclasses import dataclass

from fairlead.records import nouns
from fairlead.records.custom.library import custom_fields
from fairlead.records.fields import Field, FieldType
from fairlead.records.models import CustomField
from fairlead.records.models.custom_field import PREFIX
from fairlead.records.nouns import Noun

RELATIONS = {FieldType.COMPANY: "company"}
UNSUPPORTED = frozenset({FieldType.MONEY})  # a standard amount says nothing of its currency; custom money does


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field as a tree names it: `name` as written, the noun that has it, and `via`, the field that leads there."""

    name: str
    noun: Noun
    field: Field
    custom: CustomField | None = None
    via: Field | None = None

    @property
    def type(self) -> FieldType:
        """Return what its values are."""
        return self.field.type


class Vocabulary:
    """Resolves names for one noun; reads each noun's custom fields at most once, and only when one is named."""

    def __init__(self, noun: Noun, custom: list[CustomField] | None = None) -> None:
        self.noun = noun
        self._custom: dict[str, list[CustomField]] = {} if custom is None else {noun.name: custom}

    def resolve(self, name: str) -> FieldRef | None:
        """Return the field called `name` ("city", "custom.tier", "company.industry"), or None."""
        found = self._own(self.noun, name)
        if found is not None:
            return FieldRef(name, self.noun, *found)
        relation, _, rest = name.partition(".")
        via = _standard(self.noun, relation)
        if via is None or via.type not in RELATIONS or not rest:
            return None
        related = nouns.get(RELATIONS[via.type])
        found = self._own(related, rest)
        return FieldRef(name, related, *found, via=via) if found else None

    def refs(self) -> Iterator[FieldRef]:
        """Yield every field that may be filtered by, related ones last."""
        yield from self._all(self.noun, "", None)
        for via in self.noun.fields:
            if via.filterable and via.type in RELATIONS:
                yield from self._all(nouns.get(RELATIONS[via.type]), f"{via.name}.", via)

    def custom(self, noun: Noun) -> list[CustomField]:
        """Return the living custom fields of a noun."""
        if noun.name not in self._custom:
            self._custom[noun.name] = custom_fields(noun.name)
        return self._custom[noun.name]

    def _own(self, noun: Noun, name: str) -> tuple[Field, CustomField | None] | None:
        if name.startswith(PREFIX):
            key = name.removeprefix(PREFIX)
            return next(((c.as_field(), c) for c in self.custom(noun) if c.key == key), None)
        field = _standard(noun, name)
        return (field, None) if field else None

    def _all(self, noun: Noun, prefix: str, via: Field | None) -> Iterator[FieldRef]:
        for field in noun.every_field:
            # A related record is reached in one step: its own relations are not offered again.
            if field.filterable and field.type not in UNSUPPORTED and not (via and field.type in RELATIONS):
                yield FieldRef(prefix + field.name, noun, field, via=via)
        for custom in self.custom(noun):
            yield FieldRef(prefix + custom.name, noun, custom.as_field(), custom, via)


def _standard(noun: Noun, name: str) -> Field | None:
    usable = (f for f in noun.every_field if f.name == name and f.filterable and f.type not in UNSUPPORTED)
    return next(usable, None)
