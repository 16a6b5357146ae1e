"""Recurrence rules: on the clock on the wall, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.activities.recurrence import Rule, place, wall
from fairlead.kernel.errors import InvalidInput

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "UTC")


def test_nine_oclock_stays_nine_oclock_when_the_clocks_change() -> None:
    rule, start = Rule.parse("FREQ=DAILY"), datetime(2027, 3, 27, 9)
    days = [start]
    for number in range(1, 4):
        days.append(rule.after(days[-1], start=start, number=number) or start)
    instants = [place(day, "Europe/Berlin") for day in days]
    assert [i.hour for i in instants] == [8, 7, 7, 7]  # summer time begins on 28 March 2027
    assert {wall(i, "Europe/Berlin").time() for i in instants} == {time(9)}


def test_a_time_that_does_not_exist_is_read_as_if_the_clocks_had_not_changed() -> None:
    assert place(datetime(2027, 3, 28, 2, 30), "Europe/Berlin") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_its_first() -> None:
    assert place(datetime(2027, 10, 31, 2, 30), "Europe/Berlin") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), at=st.times().map(lambda t: t.replace(microsecond=0)),
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), interval=st.integers(1, 5),
    zone=st.sampled_from(ZONES),
)  # fmt: skip
@settings(deadline=None, max_examples=200)
def test_the_next_is_later_at_the_same_hour_and_placed_in_order(
    day: date, at: time, freq: str, interval: int, zone: str
) -> None:
    start = datetime.combine(day, at)
    rule = Rule.parse(f"FREQ={freq};INTERVAL={interval}")
    found, last = start, place(start, zone)
    for number in range(1, 6):
        following = rule.after(found, start=start, number=number)
        assert following is not None and following > found and following.time() == at
        instant = place(following, zone)
        assert instant > last
        shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        # The wall shows the rule's time, except in the hour (on Lord Howe the half hour) that a change leaves out.
        assert abs(shown - following) <= timedelta(hours=24 if zone == "Pacific/Apia" else 1)
        found, last = following, instant


@given(count=st.integers(1, 12))
def test_a_series_of_so_many_ends_after_so_many(count: int) -> None:
    rule, start = Rule.parse(f"FREQ=WEEKLY;COUNT={count}"), datetime(2027, 1, 4, 9)
    number, at = 1, start
    while (following := rule.after(at, start=start, number=number)) is not None:
        number, at = number + 1, following
    assert number == count


def test_a_series_until_a_day_includes_that_day() -> None:
    rule, start = Rule.parse("FREQ=DAILY;UNTIL=20270103"), datetime(2027, 1, 1, 23)
    assert rule.after(datetime(2027, 1, 2, 23), start=start, number=2) == datetime(2027, 1, 3, 23)
    assert rule.after(datetime(2027, 1, 3, 23), start=start, number=3) is None


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=x", "every day", "FREQ=DAILY;BYHOUR=3", "FREQ=WEEKLY;BYDAY=XX",
     "FREQ=DAILY;UNTIL=tomorrow", "FREQ=DAILY;" + "X" * 400, "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0",
     "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=99999999", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=99MO",
     "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
)  # fmt: skip
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        Rule.parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("FREQ=DAILY", "every day"), ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "every 2 weeks on Monday and Friday"),
     ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on weekdays"),
     ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
     ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "every month on the last day, 3 times"),
     ("FREQ=YEARLY;UNTIL=20300101", "every year, until 1 January 2030")],
)  # fmt: skip
def test_a_rule_can_be_read(text: str, words: str) -> None:
    assert Rule.parse(text).words == words


def test_a_rule_that_never_comes_ends() -> None:
    # As it was stored before such rules were refused, or every fourth year from one that is no leap year.
    for text in ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
                 "FREQ=DAILY;INTERVAL=0"):  # fmt: skip
        assert Rule(text).after(datetime(2027, 1, 1), start=datetime(2027, 1, 1), number=1) is None


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [("FREQ=MONTHLY", date(2027, 1, 31), ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
     ("FREQ=MONTHLY;INTERVAL=3", date(2026, 11, 30), ["2027-02-28", "2027-05-30", "2027-08-30"]),
     ("FREQ=YEARLY", date(2028, 2, 29), ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
     ("FREQ=MONTHLY;BYMONTHDAY=31", date(2027, 1, 31), ["2027-03-31", "2027-05-31"])],
)  # fmt: skip
def test_every_month_comes_every_month(text: str, start: date, days: list[str]) -> None:
    rule, begun = Rule.parse(text), datetime.combine(start, time(9))
    at: datetime | None = begun
    for number, day in enumerate(days, 1):
        at = rule.after(at or begun, start=begun, number=number)
        assert at == datetime.combine(date.fromisoformat(day), time(9))
