"""How a person reads times and dates: on pages, and in what is written to them elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone

from fairlead.accounts.models import User
from fairlead.kernel import dates
from fairlead.kernel.places import is_time_zone


def zone_of(user: User) -> ZoneInfo:
    """Return the zone in which the person reads times; UTC when the system no longer knows their choice."""
    return ZoneInfo(user.time_zone if is_time_zone(user.time_zone) else "UTC")


@contextmanager
def as_read_by(user: User) -> Iterator[None]:
    """Write times and dates as the person reads them during the block."""
    with timezone.override(zone_of(user)), dates.written_as(user.preferences.get("date_format", "")):
        yield
