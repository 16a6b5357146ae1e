"""What a form showed when it was opened."""

import pytest

from fairlead.kernel.errors import InvalidInput
from fairlead.shell import seen

STORED = {"name": "North", "teams": ["b", "a"], "note": None, "on": False}


def test_what_is_as_it_was_may_be_saved() -> None:
    mark = seen.mark(STORED)
    seen.expect(mark, STORED, {"name": "South"})
    seen.expect(
        mark, {**STORED, "teams": ["a", "b"], "note": "", "on": None}, {"name": "South", "teams": [], "on": True}
    )


def test_a_field_that_changed_says_what_it_holds() -> None:
    with pytest.raises(InvalidInput) as refused:
        seen.expect(seen.mark(STORED), {**STORED, "name": "East", "note": "New"}, {"name": "South", "note": "New"})
    assert list(refused.value.fields) == ["name"], "Who typed the same has nothing to be told."
    assert "“East”" in refused.value.fields["name"][0] and refused.value.code == "stale_version"


def test_a_field_that_the_form_has_not_is_no_matter() -> None:
    seen.expect(seen.mark(STORED), {**STORED, "name": "East"}, {"note": "x"})


def test_a_long_text_is_cut_and_an_emptied_one_named() -> None:
    with pytest.raises(InvalidInput, match="x…”"):
        seen.expect(seen.mark({"a": "b"}), {"a": "x" * 300}, {"a": "c"})
    with pytest.raises(InvalidInput, match="it is empty now"):
        seen.expect(seen.mark({"a": "b"}), {"a": ""}, {"a": "c"})


def test_of_a_long_list_is_said_what_saving_again_would_do() -> None:
    words = [f"right number {n}" for n in range(30)]
    opened, now, typed = words[:20], words[:21], [*words[1:20], "an own one"]
    with pytest.raises(InvalidInput) as refused:
        seen.expect(seen.mark({"rights": opened}), {"rights": now}, {"rights": typed})
    told = refused.value.fields["rights"][0]
    assert "takes away “right number 0, right number 20” and adds “an own one”" in told


def test_the_order_of_keys_is_no_change() -> None:
    tree = {"all": [{"field": "city", "op": "is"}]}
    seen.expect(seen.mark({"t": tree}), {"t": {"all": [{"op": "is", "field": "city"}]}}, {"t": {"all": []}})
    with pytest.raises(InvalidInput):
        seen.expect(seen.mark({"t": tree}), {"t": {"any": []}}, {"t": {"all": []}})


@pytest.mark.parametrize("sent", ["", "{", "[]", "1", '{"name": 5}'])
def test_what_carries_nothing_is_not_judged(sent: str) -> None:
    seen.expect(sent, {"name": "East"}, {"name": "South"})
