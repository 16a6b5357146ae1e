"""Names and texts of segments, rules and personas."""

from collections.abc import Collection, Mapping
from typing import Any

from fairlead.kernel.text import fold, squeeze
from fairlead.segments.models import Persona, Segment, TagRule


def word(
    found: Segment | TagRule | Persona,
    values: Mapping[str, Any],
    fields: Collection[str],
    name_length: int,
    texts: Mapping[str, int],
) -> dict[str, list[str]]:
    """Set the name and the `texts` (each with its greatest length) that `values` give; return what is wrong.

    Values that are none of `fields` are wrong too.
    """
    errors: dict[str, list[str]] = {n: ["There is no such field."] for n in values if n not in fields}
    if "name" in values:
        found.name = squeeze(str(values["name"] or ""))
        found.name_norm = fold(found.name)
        if not 0 < len(found.name) <= name_length:
            errors["name"] = [f"A name of 1 to {name_length} characters is expected."]
    for name in texts.keys() & values.keys():
        text = str(values[name] or "").strip()
        setattr(found, name, text)
        if len(text) > texts[name]:
            errors[name] = [f"At most {texts[name]} characters fit."]
    return errors
