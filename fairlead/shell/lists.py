"""The list page: what a room says about its list, and the page the shell draws from it.

See docs/building-pages.md, "List page". Every address is given by the room; the shell only knows the parameters:
`view`, `q`, `criteria` (JSON), `sort` ("name", "-name"), `columns` (comma separated), `after`, `before`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.jsons import read_json

from .responses import is_partial

CellKind = Literal[
    "title", "text", "email", "phone", "url", "number", "money", "date", "datetime",
    "bool", "options", "tags", "person", "link", "percent",
]  # fmt: skip


@dataclass(frozen=True)
class Title:
    """The first cell: what the row is called, and by which picture it is known."""

    text: str
    subtitle: str = ""
    picture_url: str = ""
    square: bool = False
    plain: bool = False  # no picture: what has no face is known by its words


@dataclass(frozen=True)
class Option:
    """A tag or a chosen option; `color` is a name of `marks.COLORS`."""

    label: str
    color: str = "slate"


@dataclass(frozen=True)
class Person:
    """Somebody of the firm."""

    name: str
    picture_url: str = ""


@dataclass(frozen=True)
class Link:
    """A related record."""

    label: str
    url: str


@dataclass(frozen=True)
class Column:
    """A column that the list offers. The first shown one is the title and cannot be hidden."""

    key: str
    label: str
    kind: CellKind = "text"
    sortable: bool = False
    shown: bool = True
    group: str = ""


@dataclass(frozen=True)
class Row:
    """One record: a value for each *shown* column, in their order."""

    id: str
    url: str
    cells: Sequence[Any]


@dataclass(frozen=True)
class SavedView:
    """A tab above the list. `edit_url` opens a dialog (rename, share, delete) for those who may."""

    id: str
    label: str
    url: str
    current: bool = False
    shared: bool = False
    edit_url: str = ""


@dataclass(frozen=True)
class BulkAction:
    """Something to do with the selected rows. `url` is a dialog; see docs/building-pages.md, "List page"."""

    key: str
    label: str
    icon: str
    url: str
    danger: bool = False


@dataclass(frozen=True)
class Action:
    """A button of a page's head."""

    label: str
    url: str
    icon: str = ""
    primary: bool = False
    dialog: bool = False


@dataclass(frozen=True)
class CriteriaError:
    """What is wrong at one node of the criteria: path as "all.0.any.1", "" for the root."""

    path: str
    message: str


@dataclass(frozen=True)
class Lost:
    """Why an address shows no page of the list, in plain words, and the page to go to instead."""

    text: str
    way_out: Action


@dataclass(frozen=True)
class ListPage:
    """All that the list template draws. Counts come later, from `count_url`, which answers a bare number."""

    title: str
    singular: str
    plural: str
    icon: str
    url: str
    columns: Sequence[Column]
    rows: Sequence[Row] = ()
    sort: str = ""
    query: str = ""
    criteria: Mapping[str, Any] | None = None
    view_id: str = ""
    views: Sequence[SavedView] = ()
    save_view_url: str = ""
    columns_url: str = ""
    catalogue_url: str = ""
    count_url: str = ""
    next_cursor: str = ""
    previous_cursor: str = ""
    bulk: Sequence[BulkAction] = ()
    actions: Sequence[Action] = ()
    nothing_yet: bool = False
    empty_title: str = ""
    empty_text: str = ""
    empty_actions: Sequence[Action] = ()
    errors: Sequence[CriteriaError] = field(default_factory=tuple)
    lost: Lost | None = None
    description: str = ""
    live: str = ""  # the topic that says that many of its rows changed

    @property
    def shown(self) -> list[Column]:
        """The columns that the table has."""
        return [column for column in self.columns if column.shown]

    @property
    def criteria_json(self) -> str:
        """The criteria as the builder reads them; "" when there are none."""
        return json.dumps(self.criteria) if self.criteria else ""

    @property
    def errors_json(self) -> str:
        """What is wrong with the criteria, for the builder to show at the nodes."""
        return json.dumps([{"path": error.path, "message": error.message} for error in self.errors])


def render_list(request: HttpRequest, page: ListPage, *, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """Answer with the whole page, or with its results when htmx asks; 422 when criteria or place are wrong.

    With the results come the buttons of the head: they export, and tell of, those whom the list shows now.
    """
    partial = is_partial(request)
    template = "shell/list/results.html" if partial else "shell/list/page.html"
    shown = {**(context or {}), "page": page, "partial": partial}
    return render(request, template, shown, status=422 if page.errors or page.lost else 200)


@dataclass(frozen=True)
class Selection:
    """The rows a bulk action is for: `ids`, or all rows of the list whose address has the query string `search`."""

    ids: tuple[str, ...] = ()
    everything: bool = False
    search: str = ""

    @classmethod
    def from_json(cls, text: str) -> "Selection":
        """Read what the list page posts as `selection`; raise InvalidInput when it is anything else."""
        try:
            data = read_json(text)
            if data.get("all") is True:
                return cls((), True, str(data["search"]).removeprefix("?"))
            ids = tuple(str(item) for item in data["ids"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidInput({"selection": ["Select rows first."]}) from error
        if not ids:
            raise InvalidInput({"selection": ["Select at least one row."]})
        return cls(ids)
