"""Draws what a list page repeats most: its rows and the entries of the column chooser."""

from django.utils.safestring import SafeString

from .cells import draw, text
from .lists import Column, ListPage, Row
from .marks import icon

NUMERIC = ("number", "money")


def draw_rows(page: ListPage) -> SafeString:
    """Return the rows of the table body; the first cell is the row's header and its link."""
    first, *others = page.shown
    plans = [
        (column, f'<td class="cell{" num" if column.kind in NUMERIC else ""}" data-label="{text(column.label)}">')
        for column in others
    ]
    return SafeString("".join(_row(page, row, first, plans) for row in page.rows))


def _row(page: ListPage, row: Row, first: Column, plans: list[tuple[Column, str]]) -> str:
    title, *values = row.cells
    name = text(getattr(title, "text", title))
    check = ""
    if page.bulk:
        box = f'<input type="checkbox" value="{text(row.id)}" data-select aria-label="Select {name}">'
        check = f'<td class="cell-check"><label class="check-hit">{box}</label></td>'
    link = f'<a class="cell-link" href="{text(row.url)}">{draw(first.kind, title)}</a>'
    cells = "".join(
        f"{opening}{draw(column.kind, value)}</td>" for (column, opening), value in zip(plans, values, strict=True)
    )
    return f'<tr data-row="{text(row.id)}">{check}<th scope="row">{link}</th>{cells}</tr>'


def draw_columns(page: ListPage) -> SafeString:
    """Return the entries of the column chooser that are shown; the first column stays where it is."""
    first, *others = page.shown
    return SafeString(_entry(first, fixed=True) + "".join(map(_entry, others)))


def draw_more_columns(page: ListPage) -> SafeString:
    """Return the entries of the columns that could be shown, by their groups."""
    parts: list[str] = []
    groups: dict[str, list[Column]] = {}
    for column in page.columns:
        if not column.shown:
            groups.setdefault(column.group, []).append(column)
    for group, columns in groups.items():
        parts += [f'<li class="option-group" data-heading>{text(group)}</li>'] if group else []
        parts += map(_entry, columns)
    return SafeString("".join(parts))


def _entry(column: Column, *, fixed: bool = False) -> str:
    state = f"{' checked' if column.shown else ''}{' disabled' if fixed else ''}"
    label = f'<label class="check"><input type="checkbox"{state}><span>{text(column.label)}</span></label>'
    marks = f'data-key="{text(column.key)}" data-group="{text(column.group)}"{" data-fixed" if fixed else ""}'
    return f'<li class="column-item" {marks}>{icon("grip-vertical", "icon-sm")}{label}</li>'
