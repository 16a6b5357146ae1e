"""From a JSON tree to validated nodes. Every error names its node: "all.1.any.0.value"."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fairlead.events.public import find
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.jsons import read_json
from fairlead.records.criteria import memberships, operands
from fairlead.records.criteria.nodes import All, AnyOf, EventTest, FieldTest, Leaf, MemberTest, Node, Not
from fairlead.records.criteria.operators import EVENT_OPERATORS, MEMBER_OPERATORS, OPERATORS, TEXTS, operator
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.custom.keys import searchable
from fairlead.records.fields import FieldType

MAX_DEPTH, MAX_NODES, MAX_COUNT, MAX_DAYS = 10, 200, 1_000_000, 36_500
_KEY = re.compile(r"^[A-Za-z0-9_.-]{1,60}$")


def parse(vocabulary: Vocabulary, tree: Any, *, stored: bool = False) -> Node:
    """Return the validated tree; raise `InvalidInput` naming every node that is wrong, and why.

    `stored` trees were checked when they were saved: a tag or list of theirs that is gone has no members.
    """
    return _Parser(vocabulary, stored).node(tree, "", 1)


def read_tree(text: str) -> Any:
    """Return the tree in a text of JSON, None when it is empty; raise `InvalidInput`."""
    try:
        return read_json(text) if text else None
    except ValueError:
        raise _wrong("", "This filter is not JSON.") from None


def _wrong(path: str, message: str) -> InvalidInput:
    return InvalidInput({path: [message]}, code="invalid_criteria")


class _Parser:
    """Walks the tree; a group gathers the errors of all its children."""

    def __init__(self, vocabulary: Vocabulary, stored: bool) -> None:
        self.vocabulary = vocabulary
        self.stored = stored
        self.count = 0

    def node(self, raw: Any, path: str, depth: int) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise _wrong(path, f"A filter has at most {MAX_NODES} conditions and groups.")
        if depth > MAX_DEPTH:
            raise _wrong(path, f"Groups are nested at most {MAX_DEPTH} deep.")
        if not isinstance(raw, Mapping):
            raise _wrong(path, "An object with all, any, not, field, event or a membership is expected.")
        if "field" in raw:
            return self._field(raw, path)
        if len(raw) != 1:
            raise _wrong(path, "A node has exactly one of: all, any, not, field, event, or a membership.")
        [(name, content)] = raw.items()
        return self._group(name, content, path, depth)

    def _group(self, name: str, content: Any, path: str, depth: int) -> Node:
        here = f"{path}.{name}" if path else str(name)
        if name in ("all", "any"):
            return self._children(name, content, path, here, depth)
        if name == "not":
            return Not(path, self.node(content, here, depth + 1))
        if name == "event":
            return self._event(content, path, here)
        if isinstance(name, str) and memberships.get(name) is not None:
            return self._member(name, content, path, here)
        raise _wrong(path, f"“{str(name)[:60]}” is not known here.")

    def _children(self, name: str, content: Any, path: str, here: str, depth: int) -> Node:
        if not isinstance(content, list):
            raise _wrong(here, "A list of conditions is expected.")
        if name == "any" and not content:
            raise _wrong(here, "Add at least one condition.")
        children: list[Node] = []
        errors: dict[str, list[str]] = {}
        for index, child in enumerate(content[: MAX_NODES + 1]):
            try:
                children.append(self.node(child, f"{here}.{index}", depth + 1))
            except InvalidInput as error:
                errors |= error.fields
        if errors:
            raise InvalidInput(errors, code="invalid_criteria")
        return All(path, tuple(children)) if name == "all" else AnyOf(path, tuple(children))

    def _field(self, raw: Mapping[str, Any], path: str) -> Leaf:
        at = f"{path}." if path else ""
        strange = sorted(str(k) for k in raw if k not in ("field", "op", "value"))
        if strange:
            raise _wrong(f"{at}{strange[0]}", "A condition has field, op and value only.")
        ref = self.vocabulary.resolve(raw["field"]) if isinstance(raw["field"], str) else None
        if ref is None:
            raise _wrong(f"{at}field", f"There is no field “{str(raw['field'])[:60]}”.")
        chosen = operator(ref.type, raw["op"]) if isinstance(raw.get("op"), str) else None
        if chosen is None:
            names = ", ".join(o.name for o in OPERATORS[ref.type])
            raise _wrong(f"{at}op", f"{ref.field.label} can be compared by: {names}.")
        try:
            operand = operands.parse(ref, chosen, raw.get("value"))
            if ref.type in TEXTS:
                _refuse_hollow(ref.type, operand)
        except ValueError as error:
            raise _wrong(f"{at}value", str(error)) from None
        return FieldTest(path, ref, chosen.name, operand)

    def _member(self, name: str, content: Any, path: str, here: str) -> Leaf:
        kind = memberships.known(name)
        if self.vocabulary.noun.name not in kind.nouns:
            raise _wrong(path, f"{self.vocabulary.noun.label_plural} have no {kind.label.lower()}.")
        if not isinstance(content, Mapping) or set(content) != {"op", "value"}:
            raise _wrong(here, "An object with op and value is expected.")
        names = [o.name for o in MEMBER_OPERATORS[kind.style]]
        if content["op"] not in names:
            raise _wrong(f"{here}.op", f"{kind.label} can be compared by: {', '.join(names)}.")
        value = content["value"]
        try:
            ids = tuple(dict.fromkeys(UUID(str(item)) for item in value)) if isinstance(value, list) else ()
        except ValueError:
            raise _wrong(f"{here}.value", "Ids (UUIDs) are expected.") from None
        if not 1 <= len(ids) <= operands.MANY:
            raise _wrong(f"{here}.value", f"Give 1 to {operands.MANY} ids.")
        if not self.stored and kind.missing(ids):
            raise _wrong(f"{here}.value", f"There is no such {kind.label_one} (any more).")
        return MemberTest(path, name, content["op"], ids)

    def _event(self, content: Any, path: str, here: str) -> Leaf:
        if not isinstance(content, Mapping):
            raise _wrong(here, "An object with type, op, count, within and where is expected.")
        strange = sorted(str(k) for k in content if k not in ("type", "op", "count", "within", "where"))
        if strange:
            raise _wrong(f"{here}.{strange[0]}", "An event has type, op, count, within and where only.")
        if find(str(content.get("type", ""))) is None:
            raise _wrong(f"{here}.type", f"There is no event “{str(content.get('type'))[:60]}”.")
        op = content.get("op", ">=")
        if op not in EVENT_OPERATORS:
            raise _wrong(f"{here}.op", f"Events are counted by: {', '.join(EVENT_OPERATORS)}.")
        try:
            count = 0 if op == "none" else operands.whole(content.get("count", 1), 0, MAX_COUNT)
        except ValueError as error:
            raise _wrong(f"{here}.count", str(error)) from None
        try:
            days = _days(content.get("within"))
        except ValueError as error:
            raise _wrong(f"{here}.within", str(error)) from None
        try:
            where = _where(content.get("where"))
        except ValueError as error:
            raise _wrong(f"{here}.where", str(error)) from None
        return EventTest(path, content["type"], "=" if op == "none" else op, count, days, where)


def _days(within: Any) -> int | None:
    if within is None:
        return None
    if not isinstance(within, Mapping) or set(within) != {"days"}:
        raise ValueError('A window looks like {"days": 30}.')
    return operands.whole(within["days"], 1, MAX_DAYS)


def _where(where: Any) -> tuple[tuple[str, str], ...]:
    if where is None:
        return ()
    if not isinstance(where, Mapping) or len(where) > 10:
        raise ValueError("An object with at most 10 keys of the event's data is expected.")
    pairs = []
    for name, value in where.items():
        if not isinstance(name, str) or not _KEY.match(name):
            raise ValueError("The keys of an event's data are short words.")
        if not isinstance(value, str | int) or len(str(value)) > operands.LONGEST or "\x00" in str(value):
            raise ValueError(f"The value of {name} is a short text, a whole number, or yes or no.")
        pairs.append((name, str(value).lower() if isinstance(value, bool) else str(value)))
    return tuple(sorted(pairs))


def _refuse_hollow(field_type: FieldType, operand: Any) -> None:
    texts = operand if isinstance(operand, tuple) else (operand,)
    if any(isinstance(text, str) and not searchable(field_type, text) for text in texts):
        raise ValueError("There is nothing to compare in this text.")
