"""How long an old text works beside the new one after a rotation: of API keys, and of applications' secrets."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NoReturn

from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import whole_number
from fairlead.shell.api.params import Param

LONGEST = timedelta(days=7)
NONE = timedelta(0)
CHOICES = [("0", "At once"), ("1", "In an hour"), ("24", "In a day"), ("168", "In a week")]
USUAL = "24"
_HOURS = LONGEST // timedelta(hours=1)
PARAM = Param("grace_hours", "How long the old text works too.", "integer", default=0, minimum=0, maximum=_HOURS)


def given(values: Mapping[str, Any], name: str) -> timedelta:
    """Return the hours under `name` in a form or query; nothing is none. Raises `InvalidInput`."""
    hours = whole_number(values[name] or 0, digits=8)
    return timedelta(hours=hours) if hours is not None and hours >= 0 else _refuse()


def ends(grace: timedelta) -> datetime | None:
    """Return until when the old text works, None when it stops at once. Raises `InvalidInput` beyond `LONGEST`."""
    if not NONE <= grace <= LONGEST:
        _refuse()
    return clock.now() + grace if grace else None


def _refuse() -> NoReturn:
    raise InvalidInput({"grace_hours": [f"Choose 0 to {_HOURS} hours."]})
