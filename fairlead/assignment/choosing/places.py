"""Which territory a place lies in."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairlead.assignment.models import Territory
from fairlead.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is; empty where nobody knows."""

    country: str = ""
    region: str = ""
    postal_code: str = ""


def postal(text: str) -> str:
    """Return a postal code, or the beginning of one, as it is compared."""
    return "".join(text.split()).replace("-", "").upper()


def territory_of(place: Place, territories: Sequence[Territory]) -> Territory | None:
    """Return the territory that says most about the place; the first of equals, None when it lies in none."""
    best: Territory | None = None
    most = (-1, -1)
    for territory in territories:
        fit = _fit(place, territory)
        if fit is not None and fit > most:
            best, most = territory, fit
    return best


def _fit(place: Place, territory: Territory) -> tuple[int, int] | None:
    """Return how closely a territory describes the place: letters of the postal code, then the region."""
    if place.country not in territory.countries:
        return None
    if not territory.regions and not territory.postal_codes:
        return 0, 0
    code, region = postal(place.postal_code), fold(place.region)
    length = max((len(p) for p in map(postal, territory.postal_codes) if p and code.startswith(p)), default=0)
    named = bool(region) and region in {fold(r) for r in territory.regions}
    return (length, int(named)) if length or named else None
