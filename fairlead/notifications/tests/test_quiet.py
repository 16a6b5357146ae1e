"""Quiet hours and digests, on the clock on the wall."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.notifications import quiet

BERLIN = "Europe/Berlin"
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
TIMES = st.times().map(lambda t: t.replace(microsecond=0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "begin", "until", "weekends", "end"),
    [
        ("2027-03-01T20:30", time(22), time(7), False, None),
        ("2027-03-01T21:30", time(22), time(7), False, "2027-03-02T06:00"),  # 22:30 in Berlin
        ("2027-03-02T04:00", time(22), time(7), False, "2027-03-02T06:00"),
        ("2027-03-02T11:30", time(12), time(13), False, "2027-03-02T12:00"),
        ("2027-03-06T09:00", None, None, True, "2027-03-07T23:00"),  # Saturday, until Monday begins
        ("2027-03-05T22:00", time(22), time(7), True, "2027-03-08T06:00"),  # Friday night, weekend, Monday morning
        ("2027-03-27T22:00", time(22), time(7), False, "2027-03-28T05:00"),  # the night the clocks go forward
    ],
)
def test_quiet_time_ends(moment: str, begin: time | None, until: time | None, weekends: bool, end: str | None) -> None:
    assert quiet.ends(at(moment), BERLIN, begin, until, weekends=weekends) == (at(end) if end else None)


@given(moment=MOMENTS, begin=TIMES, until=TIMES, weekends=st.booleans())
@settings(deadline=None)
def test_what_waits_is_sent_later_and_not_in_quiet_time(
    moment: datetime, begin: time, until: time, weekends: bool
) -> None:
    end = quiet.ends(moment, BERLIN, begin, until, weekends=weekends)
    if end is not None:
        assert end > moment or (moment - end).total_seconds() <= 3600  # the hour that comes twice in autumn


@given(moment=MOMENTS, when=TIMES, zone=st.sampled_from([BERLIN, "America/New_York", "UTC", "Asia/Kolkata"]))
@settings(deadline=None)
def test_the_next_digest_is_within_a_day_or_so(moment: datetime, when: time, zone: str) -> None:
    found = quiet.next_at(moment, zone, when)
    assert 0 < (found - moment).total_seconds() <= 26 * 3600


@pytest.mark.parametrize(
    ("moment", "at_time", "begin", "until", "weekends", "comes"),
    [
        ("2027-03-01T12:00", time(8), None, None, False, "2027-03-02T07:00"),
        (
            "2027-03-01T12:00",
            time(6),
            time(22),
            time(7),
            False,
            "2027-03-02T06:00",
        ),  # 7 o'clock, when it is quiet no more
        ("2027-03-05T12:00", time(8), None, None, True, "2027-03-08T07:00"),  # no digest on a quiet weekend
        ("2027-03-05T12:00", time(23), time(22), time(7), True, "2027-03-08T06:00"),  # Friday night: on Monday morning
        ("2027-03-05T12:00", time(8), None, None, False, "2027-03-06T07:00"),
    ],
)
def test_a_digest_waits_until_it_is_quiet_no_more(
    moment: str, at_time: time, begin: time | None, until: time | None, weekends: bool, comes: str
) -> None:
    assert quiet.next_digest(at(moment), BERLIN, at_time, begin, until, weekends=weekends) == at(comes)
