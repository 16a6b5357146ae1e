"""Patterns of users: what they may say, and that none of them can be made to hang."""

import pytest

from fairlead.kernel import patterns


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (r"[A-Z]{2}\d{3,}", "AB123", True),
        (r"[A-Z]{2}\d{3,}", "AB123 ", False),  # the whole text counts
        (r"(?i)größe|maß", "GRÖSSE", False),
        (r"(?i)größe|maß", "GRÖßE", True),
        (r"\p{Lu}+", "ÄÖ", True),
        (r"(?:AB|CD)+", "ABCDAB", True),
    ],
)
def test_a_pattern_is_about_the_whole_text(pattern: str, text: str, fits: bool) -> None:
    assert patterns.fits(pattern, text) is fits


@pytest.mark.parametrize(
    "pattern", [r"((a+))+b", r"(\w*\w*\w*\w*\w*\w*)*b", r"((a)|(a))*b", r"(.*)(.*)(.*)(.*)(.*)(.*)(.*)b"]
)
def test_what_repeats_repeats_is_judged_all_the_same(pattern: str) -> None:
    """With an engine that tries one way after another none of these ends within a lifetime."""
    patterns.check(pattern)
    assert not patterns.fits(pattern, "a" * 50_000)


@pytest.mark.parametrize("pattern", ["(", r"(?=a)b", r"(a)\1", "(?:(?:a{1000}){1000}){1000}"])
def test_what_is_no_pattern_is_told(pattern: str) -> None:
    with pytest.raises(ValueError, match="no regular expression that can be used here"):
        patterns.check(pattern)
