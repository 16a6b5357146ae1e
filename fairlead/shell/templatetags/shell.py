"""Template words of the shell; `shell` is among the template builtins, so no template loads it."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from fairlead.kernel import clock, dates
from fairlead.kernel.text import counted

from ..cells import ago, render_cell
from ..entries import draw_entries
from ..lists import Column, ListPage
from ..marks import avatar, color_of, icon, initials, menu
from ..record import Timeline
from ..rows import draw_columns, draw_more_columns, draw_rows

register = template.Library()


register.simple_tag(icon)
register.simple_tag(avatar)
register.simple_tag(menu)
register.simple_tag(draw_rows, name="rows")
register.simple_tag(draw_columns, name="column_entries")
register.simple_tag(draw_more_columns, name="more_column_entries")
register.simple_tag(draw_entries, name="entries")
register.filter(initials)
register.filter(color_of)
register.filter(ago)
register.filter(counted)
for written in (dates.day, dates.moment, dates.short_day, dates.short_moment, dates.week_day, dates.week_moment,
                dates.long_day, dates.as_written):  # fmt: skip
    register.filter(written)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """Return this page's query string with `changes`; None or "" takes a parameter out."""
    request = context.get("request")
    params = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return "?" + params.urlencode()


@register.simple_tag
def cell(column: Column, value: Any) -> SafeString:
    """Draw one value as list pages do."""
    return render_cell(column.kind, value)


@register.simple_tag
def sort_state(page: ListPage, column: Column) -> str:
    """Say how the list is sorted by this column, in the words of `aria-sort`; "" when it is not."""
    if page.sort.lstrip("-") != column.key:
        return ""
    return "descending" if page.sort.startswith("-") else "ascending"


@register.filter
def column_names(head: str) -> list[str]:
    """Return the columns that a table's `head` names."""
    return head.split(", ")


@register.filter
def next_sort(column: Column, page: ListPage) -> str:
    """Return the order that pressing this column's header asks for."""
    return f"-{column.key}" if page.sort == column.key else column.key


@register.filter
def by_day(timeline: Timeline) -> list[dict[str, Any]]:
    """Group the entries of a timeline under "Today", "Yesterday" or their date, in the current time zone."""
    today = timezone.localdate(clock.now())
    names = {today: "Today", today - timedelta(days=1): "Yesterday"}
    days = groupby(timeline.entries, key=lambda entry: timezone.localdate(entry.at))
    return [{"label": names.get(day, dates.long_day(day)), "entries": list(entries)} for day, entries in days]


def _css_class(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.CheckboxInput | widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return ""
    if isinstance(widget, widgets.Select):
        return "select"
    return "textarea" if isinstance(widget, widgets.Textarea) else "input"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw a form field's widget with the classes of the design system."""
    widget = field.field.widget
    classes = " ".join(filter(None, [_css_class(widget), widget.attrs.get("class", "")]))
    return field.as_widget(attrs={"class": classes} if classes else None)


@register.filter
def widget_kind(field: BoundField) -> str:
    """Name how a field is laid out: check, choices, combobox, file or plain."""
    widget = field.field.widget
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, widgets.SelectMultiple) or "data-search" in widget.attrs:
        return "combobox"
    return "file" if isinstance(widget, widgets.FileInput) else "plain"
