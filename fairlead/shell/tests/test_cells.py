"""Cells, avatars and colours."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fairlead.kernel import clock
from fairlead.shell.cells import ago, render_cell
from fairlead.shell.lists import Option, Person, Title
from fairlead.shell.marks import COLORS, avatar, color_of, initials

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"'"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("title", Title(EVIL, EVIL, picture_url=EVIL)),
        ("text", EVIL),
        ("email", EVIL),
        ("phone", EVIL),
        ("url", EVIL),
        ("money", EVIL),
        ("options", [Option(EVIL, EVIL)]),
        ("tags", [Option(EVIL)] * 5),
        ("person", Person(EVIL, EVIL)),
    ],
)
def test_values_are_escaped(kind: str, value: object) -> None:
    drawn = render_cell(kind, value)  # type: ignore[arg-type]
    assert "<script" not in drawn and '="<' not in drawn


@pytest.mark.parametrize("value", [None, "", [], ()])
def test_nothing_draws_nothing(value: object) -> None:
    assert render_cell("text", value) == ""


def test_only_web_addresses_become_links() -> None:
    assert '<a href="https://alder.example/"' in render_cell("url", "https://alder.example/")
    assert "<a" not in render_cell("url", "javascript:alert(1)")


def test_zero_and_false_are_values() -> None:
    assert render_cell("number", 0) == "0" and render_cell("bool", False) == "No"


def test_more_than_three_tags_are_counted() -> None:
    drawn = render_cell("tags", [Option(name) for name in ("A", "B", "C", "D", "E")])
    assert "+2" in drawn and 'title="D, E"' in drawn


def test_dates_name_their_machine_form() -> None:
    assert 'datetime="2026-03-04"' in render_cell("date", date(2026, 3, 4))


@pytest.mark.parametrize(
    ("passed", "said"),
    [(timedelta(seconds=20), "just now"), (timedelta(minutes=5), "5 min ago"), (timedelta(hours=3), "3 h ago"),
     (timedelta(days=2), "18 Nov"), (timedelta(days=400), "16 Oct 2025"), (timedelta(days=-2), "22 Nov")],
)  # fmt: skip
def test_moments_are_said_as_people_do(passed: timedelta, said: str) -> None:
    with clock.frozen(NOW):
        assert ago(NOW - passed) == said


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Okafor", "AO"), ("Ada B. C. Okafor", "AO"), ("Élodie", "ÉL"), ("", ""), ("…", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_keeps_its_colour() -> None:
    assert color_of("Alice Ash") == "cyan"  # frontend/src/ui/ui.test.ts says the same
    assert color_of("anything") in COLORS and "data-color" in avatar("Alice Ash")
