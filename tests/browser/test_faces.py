"""What the other files rely on: a page that is not sound is told so, in each size and theme."""

import pytest

from .faces import CONTRAST, Face

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>Rows</title><style>
    body {{ background: #fff; color: #111; }} .pale {{ color: #ccc; }} .ground td {{ background: #555; }}
    @media (min-width: 600px) {{ .narrow {{ display: none; }} }}
    @media (prefers-color-scheme: dark) {{ .dark {{ color: #eee; }} }}
    </style></head><body><main><h1>Rows</h1><table><caption>Rows</caption><tbody>{rows}</tbody></table></main></body></html>"""
ROWS = "".join(f"<tr><td>Row {n}</td></tr>" for n in range(20))


def told(face: Face, row: str) -> str:
    """Return what is said of a page with twenty sound rows and one more."""
    face.page.set_content(PAGE.format(rows=ROWS + row))
    return "\n".join(face.problems(only=CONTRAST))


def test_rows_that_are_sound(face: Face) -> None:
    assert told(face, "") == ""


@pytest.mark.parametrize("row", [
    '<tr><td class="pale">Row 21</td></tr>',  # a look of its own
    '<tr class="ground"><td>Row 21</td></tr>',  # the same look on another ground
    '<tr><td style="color: #ccc">Row 21</td></tr>',
    '<tr style="opacity: .2"><td>Row 21</td></tr>',
    '<tr><td><input aria-label="Row" value="21" style="color: #ccc"></td></tr>',
])  # fmt: skip
def test_the_one_pale_row_is_found(face: Face, row: str) -> None:
    assert "color-contrast" in told(face, row)


def test_what_shows_in_one_size_or_theme_is_judged_there(face: Face) -> None:
    row = '<tr class="narrow"><td class="pale">Row 21</td></tr>'
    assert told(face, row) == ""
    face.look("narrow", "light")
    assert "color-contrast" in told(face, row)
    row = '<tr><td class="dark">Row 21</td></tr>'
    assert told(face, row) == ""
    face.look("narrow", "dark")
    assert "color-contrast" in told(face, row)


def test_each_look_is_judged_once_again_when_the_theme_turns(face: Face) -> None:
    assert told(face, '<tr><td class="dark">Row 21</td></tr>') == ""
    face.look("wide", "dark")
    assert "color-contrast" in "\n".join(face.problems(only=CONTRAST))


def test_what_is_pale_on_one_page_is_told_of_the_next_one_too(face: Face) -> None:
    row = '<tr><td class="pale">Row 21</td></tr>'
    for _ in range(2):
        assert "color-contrast" in told(face, row)


def test_a_look_outside_of_the_part_that_is_judged_is_not_taken_for_sound(face: Face) -> None:
    face.page.set_content(PAGE.format(rows=ROWS + '<tr id="part"><td class="pale">Row 21</td></tr>'))
    assert face.problems("caption", CONTRAST) == []
    assert "color-contrast" in "\n".join(face.problems("#part", CONTRAST))


def test_a_page_wider_than_the_screen_and_an_error_of_its_script_are_told(face: Face) -> None:
    face.page.set_content(PAGE.format(rows=ROWS + '<tr><td><div style="width: 3000px">Row 21</div></td></tr>'))
    face.page.evaluate("() => console.error('out of order')")
    lines = face.problems()
    assert any("wider than the screen" in line for line in lines)
    assert "Console: out of order" in lines
