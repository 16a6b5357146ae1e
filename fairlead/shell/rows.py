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
    """Return the entries of the column chooser; the first column stays where it is."""
    grip = icon("grip-vertical", "icon-sm")
    entries = []
    for at, column in enumerate(page.columns):
        state = f"{' checked' if column.shown else ''}{'' if at else ' disabled'}"
        label = f'<label class="check"><input type="checkbox"{state}><span>{text(column.label)}</span></label>'
        fixed = "" if at else " data-fixed"
        entries.append(f'<li class="column-item" data-key="{text(column.key)}" tabindex="0"{fixed}>{grip}{label}</li>')
    return SafeString("".join(entries))
