"""What a custom field's definition must be like."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from fairlead.kernel import patterns
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.records.custom.cleaning import clean_value
from fairlead.records.fields import FieldType
from fairlead.records.models import CustomField
from fairlead.shell.marks import COLORS

LENGTHS = {"label": 80, "group": 60, "help": 300}
MAX_OPTIONS, PATTERN_LENGTH = 500, 200
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CURRENCY = re.compile(r"[A-Z]{3}")
NUMBERS, TEXT_RULES = ("min", "max"), ("min_length", "max_length", "pattern", "pattern_message", "currency")
CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)


def key(given: str, label: str, taken: Mapping[str, str]) -> str:
    """Return the key: the given one, or one made of the label ("Renewal date" is renewal_date).

    `taken` are the labels of the noun's fields by their keys. Labels of which no letter is left ("Größe" has some,
    "サイズ" has none), or the same ones as of another label, are told apart by a number.
    """
    made = given or _NOT_WORD.sub("_", fold(label)).strip("_")[:60]
    if given and not _KEY.fullmatch(given):
        raise InvalidInput({"key": ["Use lower-case letters, digits and _, a letter first, at most 60."]})
    if not given and not made[:1].isalpha():
        made = f"f_{made}"[:60] if made else "field"
    if given or made not in taken or fold(taken[made]) == fold(label):
        return made
    return next(free for n in count(2) if (free := f"{made[:56]}_{n}") not in taken)


def assign(field: CustomField, values: Mapping[str, Any], known: Sequence[str]) -> None:
    """Set checked values on the definition; raise `InvalidInput` naming every wrong one."""
    errors: dict[str, list[str]] = {name: ["There is no such setting."] for name in values if name not in known}
    for name in (n for n in known if n in values):  # options come before the default, which must be one of them
        try:
            setattr(field, name, _CHECKS[name](field, name, values[name]))
        except ValueError as error:
            errors[name] = [str(error)]
    if not errors and field.type in CHOICES and not field.options:
        errors["options"] = ["Give at least one option."]
    if not errors:
        errors = _lost_default(field)
    if errors:
        raise InvalidInput(errors)


def _text(field: CustomField, name: str, value: Any) -> str:
    text = squeeze(str(value or ""))
    if len(text) > LENGTHS[name] or (not text and name == "label"):
        raise ValueError(f"A text of 1 to {LENGTHS[name]} characters is expected.")
    return text or ("Custom fields" if name == "group" else "")


def _options(field: CustomField, name: str, value: Any) -> list[dict[str, Any]]:
    if field.type not in CHOICES:
        if value:
            raise ValueError("Only fields with choices have options.")
        return []
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_OPTIONS:
        raise ValueError(f"A list of 1 to {MAX_OPTIONS} options is expected.")
    options = [_option(each) for each in value]
    if len({o["value"] for o in options}) < len(options) or len({fold(o["label"]) for o in options}) < len(options):
        raise ValueError("Every option may stand there only once.")
    return options


def _option(raw: Any) -> dict[str, Any]:
    found = raw if isinstance(raw, Mapping) else {"label": raw}
    label = squeeze(str(found.get("label") or found.get("value") or ""))
    value = squeeze(str(found.get("value") or _NOT_WORD.sub("_", fold(label)).strip("_") or label))
    if not label or not value or len(label) > 100 or len(value) > 100:
        raise ValueError("An option has a label of 1 to 100 characters.")
    color = found.get("color") or "slate"
    if color not in COLORS:
        raise ValueError(f"The colour of {label} is one of {', '.join(COLORS)}.")
    return {"value": value, "label": label, "color": color, "archived": bool(found.get("archived"))}


def _flag(field: CustomField, name: str, value: Any) -> bool:
    if value and name == "is_unique" and field.type in (*CHOICES, FieldType.BOOLEAN, FieldType.LONG_TEXT):
        raise ValueError("Values of this kind cannot be unique.")
    return bool(value)


def _default(field: CustomField, name: str, value: Any) -> Any:
    bare = CustomField(kind=field.kind, label=field.label, options=field.options, rules=field.rules)
    return clean_value(bare, value)


def _lost_default(field: CustomField) -> dict[str, list[str]]:
    """Return what is wrong with a default that other settings no longer allow: new records could not be saved."""
    if field.default is None:
        return {}
    try:
        _default(field, "default", field.default)
    except ValueError as error:
        return {"default": [f"New records would get what this field no longer takes. {error}"]}
    return {}


def _rules(field: CustomField, name: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("An object with rules is expected.")
    given = {k: v for k, v in value.items() if v not in (None, "")}
    strange = sorted(set(given) - {*NUMBERS, *TEXT_RULES})
    if strange:
        raise ValueError(f"There is no rule {strange[0]}.")
    for rule, limit in given.items():
        _RULES[rule](field, rule, limit)
    for least, most in (NUMBERS, TEXT_RULES[:2]):
        if least in given and most in given and given[least] > given[most]:
            raise ValueError(f"{least} is more than {most}: no value would do.")
    return given


def _check_length(field: CustomField, rule: str, limit: Any) -> None:
    if isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= 20_000:
        raise ValueError(f"{rule} is a whole number from 0 to 20000.")


def _check_limit(field: CustomField, rule: str, limit: Any) -> None:
    moments = field.type in (FieldType.DATE, FieldType.DATETIME)
    if isinstance(limit, bool) or not isinstance(limit, str if moments else int | float):
        raise ValueError(f"{rule} is a {'date' if moments else 'number'}.")
    if moments and clean_value(CustomField(kind=field.kind, label=field.label), limit) != limit:
        raise ValueError(f"{rule} is written as values are stored, such as 2026-03-31 or 2026-03-31T09:30:00Z.")


def _check_text(field: CustomField, rule: str, text: Any) -> None:
    if not isinstance(text, str) or len(text) > LENGTHS["help"]:
        raise ValueError(f"{rule} is a text of at most {LENGTHS['help']} characters.")


def _check_currency(field: CustomField, rule: str, code: Any) -> None:
    if not isinstance(code, str) or not _CURRENCY.fullmatch(code):
        raise ValueError(f"{rule} is a code of three letters (ISO 4217), such as EUR.")


def _check_pattern(field: CustomField, rule: str, pattern: Any) -> None:
    _check_text(field, rule, pattern)
    if len(pattern) > PATTERN_LENGTH:
        raise ValueError(f"At most {PATTERN_LENGTH} characters fit.")
    patterns.check(pattern)


def _position(field: CustomField, name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:
        raise ValueError("A whole number from 0 to 10000 is expected.")
    return value


_RULES: dict[str, Callable[[CustomField, str, Any], None]] = {
    **dict.fromkeys(NUMBERS, _check_limit),
    **dict.fromkeys(TEXT_RULES[:2], _check_length),
    "pattern": _check_pattern,
    "pattern_message": _check_text,
    "currency": _check_currency,
}
_CHECKS: dict[str, Callable[[CustomField, str, Any], Any]] = {
    "label": _text,
    "group": _text,
    "help": _text,
    "options": _options,
    "rules": _rules,
    "is_required": _flag,
    "is_unique": _flag,
    "default": _default,
    "position": _position,
}
