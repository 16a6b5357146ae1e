"""Quiet hours and digests: pure functions over a member's wall clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKEND = 5  # Saturday, as datetime.weekday counts


def ends(
    moment: datetime, zone: str, quiet_from: time | None, quiet_until: time | None, *, weekends: bool = False
) -> datetime | None:
    """Return when the quiet time around `moment` ends, None when it is not quiet then."""
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    end = wall
    for _ in range(4):  # a night may lead into a weekend, and that into a night
        later = _end(end, quiet_from, quiet_until, weekends)
        if later == end:
            break
        end = later
    return None if end == wall else end.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _end(wall: datetime, quiet_from: time | None, quiet_until: time | None, weekends: bool) -> datetime:
    if weekends and wall.weekday() >= WEEKEND:
        return datetime.combine(wall.date() + timedelta(days=7 - wall.weekday()), time.min)
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return wall
    over_night = quiet_from > quiet_until
    if over_night and wall.time() >= quiet_from:
        return datetime.combine(wall.date() + timedelta(days=1), quiet_until)
    if wall.time() < quiet_until and (over_night or wall.time() >= quiet_from):
        return datetime.combine(wall.date(), quiet_until)
    return wall


def next_at(moment: datetime, zone: str, at: time) -> datetime:
    """Return the next instant after `moment` at which the clock on the wall shows `at`."""
    home = ZoneInfo(zone)
    day = moment.astimezone(home).date()
    for further in range(3):
        found = datetime.combine(day + timedelta(days=further), at, tzinfo=home).astimezone(UTC)
        if found > moment:
            return found
    raise AssertionError("A day has no clock that never shows a time twice in three days.")


def next_digest(
    moment: datetime, zone: str, at: time, quiet_from: time | None, quiet_until: time | None, *, weekends: bool = False
) -> datetime:
    """Return when the next daily digest comes after `moment`: at its time, after the quiet one, on no quiet weekend."""
    found = next_at(moment, zone, at)
    while weekends and found.astimezone(ZoneInfo(zone)).weekday() >= WEEKEND:
        found = next_at(found, zone, at)
    return ends(found, zone, quiet_from, quiet_until, weekends=weekends) or found
