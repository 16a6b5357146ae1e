"""What a list page sends, and how it is answered."""

import json

import pytest
from django.test import Client, RequestFactory

from fairlead.kernel.errors import InvalidInput
from fairlead.shell import frame
from fairlead.shell.lists import Column, CriteriaError, ListPage, Row, Selection, Title, render_list
from fairlead.shell.templatetags.shell import next_sort, query, sort_state


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the frame for nobody: these requests have no session."""
    monkeypatch.setattr(frame, "_viewer_source", lambda request: None)


def page(**changes: object) -> ListPage:
    columns = (Column("name", "Name", "title", sortable=True), Column("email", "Email", "email", shown=False))
    rows = (Row("1", "/c/1/", [Title("Ada <Okafor>")]),)
    return ListPage("Contacts", "contact", "contacts", "users", "/c/", columns, **{"rows": rows, **changes})  # type: ignore[arg-type]


def test_htmx_gets_the_results_alone(db: None) -> None:
    whole = render_list(RequestFactory().get("/c/"), page())
    part = render_list(RequestFactory().get("/c/", headers={"HX-Request": "true"}), page())
    assert b"<html" in whole.content and b"<html" not in part.content
    assert b"Ada &lt;Okafor&gt;" in part.content and b"<Okafor>" not in part.content


def test_wrong_criteria_are_422_and_name_the_node(db: None) -> None:
    answer = render_list(RequestFactory().get("/c/"), page(errors=(CriteriaError("all.0", "Choose a value."),)))
    assert answer.status_code == 422
    assert b"all.0" in answer.content and b"Choose a value." in answer.content


def test_no_data_and_no_match_differ(db: None) -> None:
    request = RequestFactory().get("/c/")
    assert b"Bring them in" in render_list(request, page(rows=(), nothing_yet=True, empty_text="Bring them in")).content
    assert b"No contacts match" in render_list(request, page(rows=(), query="x")).content


def test_sorting_turns_round() -> None:
    column = page().columns[0]
    assert next_sort(column, page()) == "name" and sort_state(page(), column) == ""
    assert next_sort(column, page(sort="name")) == "-name" and sort_state(page(sort="name"), column) == "ascending"
    assert next_sort(column, page(sort="-name")) == "name" and sort_state(page(sort="-name"), column) == "descending"


def test_query_changes_one_parameter() -> None:
    context = {"request": RequestFactory().get("/c/?q=a%26b&after=x")}
    assert query(context, after="", sort="-name") == "?q=a%26b&sort=-name"


def test_a_selection_is_ids_or_a_filter() -> None:
    assert Selection.from_json('{"ids": ["1", "2"]}') == Selection(("1", "2"))
    everything = json.dumps({"all": True, "search": "?q=ada&view=v"})
    assert Selection.from_json(everything) == Selection((), True, "q=ada&view=v")


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"ids": []}', '{"ids": 3}', '{"all": true}'])
def test_a_bad_selection_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="Select"):
        Selection.from_json(text)


@pytest.mark.parametrize("path", ["", "list/", "list/empty/", "list/none/", "record/", "timeline/", "dialog/", "bare/"])
def test_the_gallery_draws(path: str) -> None:
    answer = Client().get(f"/shell/gallery/{path}")
    assert answer.status_code == 200
    assert b" style=" not in answer.content and b"<script>" not in answer.content, "The CSP refuses both."
    assert b"<c-" not in answer.content, "A component was not drawn."
