"""Edit the model: factors, steps and the scale."""

from collections.abc import Mapping
from math import isfinite
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.credit.models import CreditFactor, CreditScale, CreditStep
from fairlead.events.public import record
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor, one

NAME_LENGTH, TEXT_LENGTH, UNIT_LENGTH, MOST = 120, 1_000, 40, 50
WEIGHT, NUMBER, SCORE = 1_000, 1_000_000.0, 10_000


@transaction.atomic
def save_factor(values: Mapping[str, Any], *, by: Actor, factor_id: UUID | None = None) -> CreditFactor:
    """Make or change a factor: `name`, `explanation`, `unit`, `weight`, `worst`, `best`, `usual`."""
    found: CreditFactor = _start(CreditFactor, factor_id, by)
    errors = _words(found, values, ("explanation", TEXT_LENGTH), ("unit", UNIT_LENGTH))
    if "weight" in values:
        weight = _number(values["weight"])
        if weight is None or not 0 <= weight <= WEIGHT or weight != int(weight):
            errors["weight"] = [f"A whole number from 0 to {WEIGHT:,} is expected."]
        else:
            found.weight = int(weight)
    errors |= _numbers(found, values, "worst", "best", "usual")
    if not errors and found.worst == found.best:
        errors["best"] = ["The best number must be another one than the worst."]
    _keep(found, errors, "credit_factor", factor_id is None, by, weight=found.weight)
    return found


@transaction.atomic
def save_step(values: Mapping[str, Any], *, by: Actor, step_id: UUID | None = None) -> CreditStep:
    """Make or change something that clients may do: `name`, `explanation`, `factor`, `kind` (set, add), `amount`."""
    found: CreditStep = _start(CreditStep, step_id, by)
    errors = _words(found, values, ("explanation", TEXT_LENGTH))
    if "factor" in values or step_id is None:
        factor = _factor(values.get("factor"))
        if factor is None:
            errors["factor"] = ["Choose a factor."]
        else:
            found.factor = factor
    if "kind" in values:
        found.kind = str(values["kind"] or "")
        if found.kind not in CreditStep.Kind.values:
            errors["kind"] = ["Either set or add is expected."]
    errors |= _numbers(found, values, "amount")
    _keep(found, errors, "credit_step", step_id is None, by)
    return found


@transaction.atomic
def delete_factor(factor_id: UUID, *, by: Actor) -> None:
    """Take a factor away, with the steps that change it."""
    _delete(CreditFactor, factor_id, "credit_factor", by)


@transaction.atomic
def delete_step(step_id: UUID, *, by: Actor) -> None:
    """Take a step away."""
    _delete(CreditStep, step_id, "credit_step", by)


@transaction.atomic
def set_scale(lowest: Any, highest: Any, *, by: Actor) -> CreditScale:
    """Set the ends of the score."""
    by.require("credit.manage")
    ends: dict[str, int] = {}
    for name, given in (("lowest", lowest), ("highest", highest)):
        end = _number(given)
        if end is not None and 0 <= end <= SCORE and end == int(end):
            ends[name] = int(end)
    if missing := {"lowest", "highest"} - ends.keys():
        raise InvalidInput({name: [f"A whole number from 0 to {SCORE:,} is expected."] for name in sorted(missing)})
    if ends["lowest"] >= ends["highest"]:
        raise InvalidInput({"highest": ["The highest score must be above the lowest."]})
    found, _ = CreditScale.rows().update_or_create(defaults=ends)
    data = {"name": f"{found.lowest} to {found.highest}"}
    record("credit_scale.set", by=by, subject=("credit_scale", found.pk), data=data)
    made: CreditScale = found
    return made


def _factor(given: Any) -> CreditFactor | None:
    try:
        found: CreditFactor | None = CreditFactor.rows().filter(pk=UUID(str(given or ""))).first()
    except ValueError:
        return None
    return found


def _start(model: Any, pk: UUID | None, by: Actor) -> Any:
    by.require("credit.manage")
    if pk is not None:
        return one(model.rows(), pk, lock=True)
    if model.rows().count() >= MOST:
        raise InvalidInput({"": [f"At most {MOST} fit."]})
    last = model.rows().aggregate(last=Max("position"))["last"] or 0
    return model(position=last + 1)


def _words(found: Any, values: Mapping[str, Any], *texts: tuple[str, int]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    found.name = squeeze(str(values.get("name", found.name) or ""))
    if not 0 < len(found.name) <= NAME_LENGTH:
        errors["name"] = [f"A name of 1 to {NAME_LENGTH} characters is expected."]
    for name, most in texts:
        setattr(found, name, str(values.get(name, getattr(found, name)) or "").strip())
        if len(getattr(found, name)) > most:
            errors[name] = [f"At most {most:,} characters fit."]
    return errors


def _numbers(found: Any, values: Mapping[str, Any], *names: str) -> dict[str, list[str]]:
    errors = {}
    for name in names:
        if name in values:
            number = _number(values[name])
            if number is None:
                errors[name] = [f"A number from -{NUMBER:,.0f} to {NUMBER:,.0f} is expected."]
            else:
                setattr(found, name, number)
    return errors


def _number(value: Any) -> float | None:
    try:
        number = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= NUMBER else None


def _keep(found: Any, errors: dict[str, list[str]], noun: str, new: bool, by: Actor, **more: Any) -> None:
    if errors:
        raise InvalidInput(errors)
    with unique(f"There is already one called {found.name}."):
        found.save(force_insert=new)
    verb = "created" if new else "updated"
    record(f"{noun}.{verb}", by=by, subject=(noun, found.pk), data={"name": found.name, **more})


def _delete(model: Any, pk: UUID, noun: str, by: Actor) -> None:
    by.require("credit.manage")
    found = one(model.rows(), pk, lock="to delete")
    record(f"{noun}.deleted", by=by, subject=(noun, found.pk), data={"name": found.name})
    found.delete()
