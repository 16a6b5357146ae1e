"""Drawing the values of records for people."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import dates, money
from fairlead.kernel import phone as phones
from fairlead.people import reads
from fairlead.people.web import kinds
from fairlead.records.public import PLAIN_WORDS, Field, FieldType, Record

Shown = SafeString | str


def show(field: Field, record: Record, request: FirmRequest) -> Shown:
    """Return the record's value of a field as its page shows it; "" for none."""
    if field.type is FieldType.MEMBER:
        member = getattr(record, field.attribute.removesuffix("_id"), None)
        return member.user.name if member else ""
    if field.type is FieldType.COMPANY:
        return _company(record, request)
    if field.currency:
        units = getattr(record, field.attribute)
        return "" if units is None else money.shown(units, getattr(record, field.currency))
    if field.name.startswith("custom."):
        return show_value(field, record.custom.get(field.name.removeprefix("custom.")), request.firm.country)
    return show_value(field, getattr(record, field.attribute), request.firm.country)


def show_value(field: Field, value: Any, country: str = "") -> Shown:
    """Return one value as its type is shown; `country` is where phone numbers are written in the national form."""
    if value is None or value in ("", []):
        return ""
    if field.type is FieldType.PHONE:
        return format_html('<a href="tel:{}">{}</a>', value, phones.shown(value, country))
    draw = _DRAWERS.get(field.type)
    if draw is not None:
        return draw(value)
    return _options(field, value if isinstance(value, list) else [value]) if field.every_option else str(value)


def _options(field: Field, values: list[Any]) -> SafeString:
    known = {o.value: o for o in field.every_option}
    shown = ((known[v].color, known[v].label) if v in known else ("", v) for v in map(str, values))
    tags = format_html_join("", '<span class="tag" data-color="{}"><span>{}</span></span>', shown)
    return format_html('<span class="tags">{}</span>', tags)


def _company(record: Record, request: FirmRequest) -> Shown:
    company = getattr(record, "company", None)
    if company is None or company.deleted_at is not None:
        return ""
    if not (reads.is_visible(request.actor, company) and request.actor.can("companies.view")):
        return str(company.name)
    return format_html('<a href="{}">{}</a>', kinds.record_url(request, "company", company.pk), company.name)


def _url(value: str) -> Shown:
    shown = value.split("//")[-1].rstrip("/")
    if not value.lower().startswith(("http://", "https://")):
        return shown
    return format_html('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', value, shown)


def _datetime(value: datetime | str) -> Shown:
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        return str(value)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), dates.moment(moment))


def _date(value: date | str) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return dates.day(day)


_DRAWERS: dict[FieldType, Callable[[Any], Shown]] = {
    **PLAIN_WORDS,
    FieldType.EMAIL: lambda v: format_html('<a href="mailto:{0}">{0}</a>', v),
    FieldType.URL: _url,
    FieldType.BOOLEAN: lambda v: "Yes" if v else "No",
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.LONG_TEXT: lambda v: mark_safe(linebreaks(v, autoescape=True)),  # noqa: S308  escaped by linebreaks
}
