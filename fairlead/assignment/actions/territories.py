"""Create, change and delete territories."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.assignment import access
from fairlead.assignment.actions.rules import MANAGE, NAME_LENGTH
from fairlead.assignment.actions.takers import Shares, clean_takers, set_takers
from fairlead.assignment.choosing.places import postal
from fairlead.assignment.models import Territory, TerritoryTaker
from fairlead.events.public import record
from fairlead.kernel.errors import InvalidInput, Refusals
from fairlead.kernel.fields import Fields
from fairlead.kernel.places import country_code
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor

MOST, MOST_PARTS, PART_LENGTH = 500, 500, 80


@transaction.atomic
def create_territory(given: Mapping[str, Any], *, by: Actor) -> Territory:
    """Add a territory: `name`, `countries`, `regions`, `postal_codes` (beginnings), `members` (see `clean_takers`)."""
    by.require(MANAGE)
    if Territory.rows().count() >= MOST:
        raise InvalidInput(f"A firm has at most {MOST} territories.")
    territory = Territory(created_by_id=by.membership_id)
    shares = _set(territory, {"name": "", "countries": [], "members": [], **given})
    _save(territory, shares, new=True)
    _tell("created", territory, by)
    return territory


@transaction.atomic
def update_territory(territory_id: UUID, given: Mapping[str, Any], *, by: Actor) -> Territory:
    """Change what `given` names of a territory."""
    by.require(MANAGE)
    territory = access.territory(by, territory_id, lock=True)
    _save(territory, _set(territory, given))
    _tell("updated", territory, by)
    return territory


@transaction.atomic
def delete_territory(territory_id: UUID, *, by: Actor) -> None:
    """Delete a territory; what lies there lies in another, or in none."""
    by.require(MANAGE)
    territory = access.territory(by, territory_id, lock="to delete")
    _tell("deleted", territory, by)
    territory.delete()


def _set(territory: Territory, given: Mapping[str, Any]) -> Shares | None:
    fields = Fields({n: v for n, v in given.items() if n != "members"})
    fields.text("name", longest=NAME_LENGTH, required="name" in given)
    for name in ("countries", "regions", "postal_codes"):
        fields.words(name)
    refusals, shares = Refusals(), None
    with refusals:
        fields.done()
    for name, value in fields.clean.items():
        with refusals:
            setattr(territory, name, value if name == "name" else _parts(name, value))
    territory.name_norm = fold(territory.name)
    with refusals:
        if not fields.clean.get("countries", territory.countries):
            raise InvalidInput({"countries": ["Choose at least one country."]})
    with refusals:
        shares = clean_takers(given["members"]) if "members" in given else None
        if shares is not None and not shares:
            raise InvalidInput({"members": ["Choose at least one person."]})
    refusals.tell()
    return shares


def _parts(name: str, raw: Any) -> list[str]:
    words = [word for one in raw if (word := squeeze(str(one)))]
    if len(words) > MOST_PARTS or any(len(word) > PART_LENGTH for word in words):
        raise InvalidInput({name: [f"At most {MOST_PARTS} of up to {PART_LENGTH} characters each."]})
    if name == "countries":
        codes = [country_code(word) for word in words]
        if not all(codes):
            wrong = words[codes.index(next(c for c in codes if not c))]
            raise InvalidInput({name: [f"“{wrong}” is no country (ISO 3166-1)."]})
        return sorted({str(code) for code in codes})
    if name == "postal_codes":
        return sorted({postal(word) for word in words})
    return list({fold(word): word for word in words}.values())


def _save(territory: Territory, shares: Shares | None, *, new: bool = False) -> None:
    with unique(f"There is already a territory called {territory.name}."):
        territory.save(force_insert=new)
    if shares is not None:
        set_takers(TerritoryTaker, "territory_id", territory.pk, shares)


def _tell(verb: str, territory: Territory, by: Actor) -> None:
    data = {"name": territory.name, "countries": territory.countries}
    record(f"territory.{verb}", by=by, subject=("territory", territory.pk), data=data)
