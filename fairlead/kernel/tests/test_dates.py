"""Days that come every year, as people write them."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from fairlead.kernel import dates


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12 April", "--04-12"), ("12. April 1980", "1980-04-12"), ("12th apr", "--04-12"), ("April 12", "--04-12"),
        ("Apr 12, 1980", "1980-04-12"), ("12/4", "--04-12"), ("12.4.", "--04-12"), ("12.04.1980", "1980-04-12"),
        ("29 February", "--02-29"), ("1980-04-12", "1980-04-12"), ("--04-12", "--04-12"), ("", ""), ("soon", "soon"),
    ],
)  # fmt: skip
def test_a_yearly_day_is_read_as_people_write_it(text: str, read: str) -> None:
    assert dates.read_yearly(text) == read


def test_numbers_are_read_in_the_order_of_the_viewer() -> None:
    with dates.written_as("slashes_month"):
        assert dates.read_yearly("4/12") == "--04-12"
    with dates.written_as("slashes_day"):
        assert dates.read_yearly("4/12") == "--12-04"


def test_what_is_no_day_is_left_to_whoever_keeps_it() -> None:
    assert dates.read_yearly("31 Smarch") == "--00-31"


@pytest.mark.parametrize("style", dates.STYLES)
@pytest.mark.parametrize("value", ["--04-12", "--02-29", "1980-04-12"])
def test_what_is_shown_is_read_again(value: str, style: str) -> None:
    with dates.written_as(style):
        assert dates.read_yearly(dates.yearly(value)) == value


@pytest.mark.parametrize(
    ("style", "short", "week", "long"),
    [
        ("day_month", "9 Mar", "Mon 9 Mar, 14:30", "Monday, 9 March 2026"),
        ("month_day", "Mar 9", "Mon Mar 9, 14:30", "Monday, March 9, 2026"),
        ("dots", "09.03.", "Mon 09.03., 14:30", "Monday, 09.03.2026"),
    ],
)  # fmt: skip
def test_a_moment_is_written_as_the_viewer_writes_dates(style: str, short: str, week: str, long: str) -> None:
    at = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)
    with dates.written_as(style):
        assert (dates.short_day(at), dates.short_moment(at)) == (short, f"{short}, 14:30")
        assert (dates.week_moment(at), dates.long_day(at)) == (week, long)


@pytest.mark.parametrize(("kept", "written"), [
    ("2027-04-01", "1 Apr 2027"), ("2027-04-01T09:30:00+00:00", "1 Apr 2027, 09:30"), ("2027-02-30", "2027-02-30"),
    ("2027-04-01T99:30", "2027-04-01T99:30"), ("Call on 2027-04-01", "Call on 2027-04-01"), ("2027", "2027"), ("", ""),
])  # fmt: skip
def test_a_day_that_is_kept_as_text_is_written_as_every_other(kept: str, written: str) -> None:
    with timezone.override(UTC):
        assert dates.as_written(kept) == written


def test_no_moment_is_written_as_nothing() -> None:
    written = (dates.day, dates.short_day, dates.short_moment, dates.week_day, dates.week_moment, dates.long_day)
    assert {write(None) for write in written} == {""}


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_an_end_of_the_calendar_is_written_nevertheless(written: str) -> None:
    """Somebody's text in the log may look so: nobody else's page must break over it."""
    with timezone.override(UTC):
        assert dates.as_written(written).endswith(written[11:16])
