"""Texts that nobody wrote by hand: long, deep, with broken mentions. They are taken or refused, and quickly."""

import contextlib
import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.accounts.tests.cast import Person
from fairlead.activities import merging, richtext
from fairlead.activities.actions.activities import write_note
from fairlead.activities.actions.tasks import create_task
from fairlead.api.tests.client import Api, problem
from fairlead.kernel import money
from fairlead.kernel.errors import InvalidInput
from fairlead.people.actions.contacts import create_contact
from fairlead.people.importing import targets as people
from fairlead.people.tests.importing.test_left_out import brought
from fairlead.records.imports import formats
from fairlead.records.imports.columns import Column
from fairlead.sales.importing import targets as deals
from fairlead.tenancy.public import firm_context

WORDS = st.lists(st.sampled_from(["one", "two", "two ", "three\n", "<four>"]), max_size=30).map(" ".join)


def side(difference: str, kept: str) -> str:
    """Return what one side of a marked difference said."""
    parts = re.findall(r"<(span|del|ins)>(.*?)</\1>", difference, re.DOTALL)
    return html.unescape("".join(text for tag, text in parts if tag in ("span", kept)))


@given(WORDS, WORDS)
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    bodies = [richtext.from_plain(text) for text in (before, after)]
    marked = richtext.difference(*bodies)
    assert [side(marked, "del"), side(marked, "ins")] == [richtext.plain(body) for body in bodies]


def test_a_long_text_is_compared_by_lines_and_a_longer_one_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = "<p>one two</p><p>three</p>", "<p>one 2</p><p>three</p>"
    marked = richtext.difference(before, after)
    assert "<span>one </span><del>two</del><ins>2</ins><span>\nthree</span>" in marked, "no line ends in its middle"
    monkeypatch.setattr(richtext, "COMPARED", 4)
    assert "<del>one two\n</del><ins>one 2\n</ins><span>three</span>" in richtext.difference(before, after)
    monkeypatch.setattr(richtext, "COMPARED", 1)
    assert richtext.difference(before, after) == "<del>one two\nthree</del><ins>one 2\nthree</ins>"


@pytest.mark.django_db
def test_what_no_editor_makes_is_refused_or_harmless(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "email": "ada@acorn.example"}, by=alice.actor)
    api, about = Api(alice), [{"noun": "contact", "id": str(ada.pk)}]
    deep = problem(api.post("notes", {"body": "<ul><li>" * 10_000 + "x", "about": about}), 422, "invalid")
    assert "too deep" in str(deep)
    template = problem(api.post("note-templates", {"name": "Deep", "body": "<ul><li>" * 10_000 + "x"}), 422, "invalid")
    assert "too deep" in str(template)
    nobody = f'<p>Hello <span data-type="mention" data-id="{"-" * 36}">@x</span></p>'
    assert api.post("notes", {"body": nobody, "about": about}).status_code == 201
    many = "<p>no end" * 2_000
    assert api.post("notes", {"body": many, "about": about}).status_code == 201
    assert Api(charlie).get("notes").json()["data"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["²", "9" * 5_000, "-", ""])
def test_odd_numbers_break_no_page(alice: Person, odd: str) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "email": "ada@acorn.example"}, by=alice.actor)
        note = write_note("<p>Hello</p>", [("contact", ada.pk)], by=alice.actor)
        task = create_task({"title": "Call"}, by=alice.actor)
    client = alice.client()
    posted = [(f"activities/{note.pk}/history", {"version": odd}), (f"tasks/{task.pk}/snooze", {"days": odd})]
    for path, data in posted:
        assert client.post(alice.url(path), data, headers={"HX-Request": "true"}).status_code < 500, path
    found = brought(alice, f"Email,Email {odd[:40]},Email 2\nada@acorn.example,,\n")
    assert found["errors"] == 0


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (merging._FIELD.findall, "{{" * 100_000),
        (lambda text: money.parse(text, "EUR"), "€" + " " * 100_000 + "!"),
        (lambda text: formats.parse_number(text, "."), "€" + " " * 100_000 + "!"),
        (people.parser(Column(0, "Blocked", "blocked")), "a" + " " * 100_000 + "("),
        (lambda text: deals._ADDRESS.findall(text), "+" * 100_000),
    ],
)
def test_what_goes_on_for_ever_is_read_in_no_time(read: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(ValueError, InvalidInput):
        read(text)
