"""JSON of strangers: what parses can be stored, shown and walked."""

import pytest

from fairlead.kernel.jsons import DEEPEST, read_json


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def test_values_are_read() -> None:
    assert read_json('{"all": [1, 2.5, "é", null, true]}') == {"all": [1, 2.5, "é", None, True]}
    assert read_json(b"7") == 7
    assert read_json(nested(DEEPEST)) and read_json('{"a": ' * DEEPEST + "1" + "}" * DEEPEST)


REFUSED = ["", "{", "NaN", "Infinity", '"\\ud800"', "\ud800", nested(DEEPEST + 1), nested(100_000)]


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_json_or_too_deep_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_json(text)
