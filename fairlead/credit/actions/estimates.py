"""Estimate what steps would do to a client's score, and keep what was estimated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.credit import access, estimating
from fairlead.credit.estimating import Change, Factor, Result
from fairlead.credit.models import CreditEstimate, CreditFactor, CreditProfile, CreditStep
from fairlead.events.public import record
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.tenancy.public import Actor


@dataclass(frozen=True)
class WhatIf:
    """An estimate that nobody kept yet: what it was asked with, and what came out (None without a model)."""

    factors: Sequence[CreditFactor]
    values: Mapping[str, float]
    known_score: int | None
    chosen: Sequence[CreditStep]
    result: Result | None


def what_if(
    contact_id: UUID, given: Mapping[str, Any], steps: Sequence[UUID], known: Any = ..., *, by: Actor
) -> WhatIf:
    """Estimate without writing anything.

    `given` maps ids of factors to numbers: those of the client's profile, and the usual ones, fill the gaps. `known`
    is the real score (None: not known; left out: as in the profile). Raises `InvalidInput` naming each wrong one.
    """
    profile = access.profile(by, contact_id)
    factors = list(access.factors(by))
    scale = access.scale(by)
    values, errors = _values(factors, given, profile.values if profile else {})
    score = (profile.known_score if profile else None) if known is ... else _score(known, scale, errors)
    found = {step.pk: step for step in access.steps(by)}
    if any(pk not in found for pk in steps):
        errors["steps"] = ["There is no such step."]
    if errors:
        raise InvalidInput(errors)
    chosen = [step for pk, step in found.items() if pk in set(steps)]
    result = None
    if any(factor.weight for factor in factors):
        changes = [Change(str(s.factor_id), s.kind == CreditStep.Kind.SET, s.amount) for s in chosen]
        result = estimating.estimate([_plain(f) for f in factors], values, changes, scale, score)
    return WhatIf(factors, values, score, chosen, result)


@transaction.atomic
def keep_estimate(
    contact_id: UUID, given: Mapping[str, Any], steps: Sequence[UUID], known: Any = ..., *, by: Actor
) -> CreditEstimate:
    """Keep an estimate (see `what_if`), and the numbers as the client's. Raises `Conflict` without a model."""
    asked = what_if(contact_id, given, steps, known, by=by)
    if asked.result is None:
        raise Conflict("There are no factors yet: set them up in the settings.")
    CreditProfile.rows().update_or_create(
        contact_id=contact_id, defaults={"values": dict(asked.values), "known_score": asked.known_score}
    )
    result = asked.result
    made: CreditEstimate = CreditEstimate.objects.create(
        contact_id=contact_id, before=result.before, after=result.after, steps=[s.name for s in asked.chosen],
        lines=[_line(line) for line in result.lines], made_by_id=by.membership_id,
    )  # fmt: skip
    data = {"before": made.before, "after": made.after, "steps": made.steps, "estimate_id": str(made.pk)}
    record("credit.estimated", by=by, subject=("contact", contact_id), contact_id=contact_id, data=data)
    return made


def _values(
    factors: Sequence[CreditFactor], given: Mapping[str, Any], kept: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, list[str]]]:
    keys = {str(f.pk) for f in factors}
    errors = {f"values.{key}": ["There is no such factor."] for key in given if key not in keys}
    values = {}
    for factor in factors:
        key = str(factor.pk)
        raw = given.get(key)
        values[key] = kept.get(key, factor.usual)
        if raw not in (None, ""):
            number = _number(raw)
            if number is None:
                errors[f"values.{key}"] = ["A number is expected."]
            else:
                values[key] = number
    return values, errors


def _number(raw: Any) -> float | None:
    try:
        number = float(str(raw).strip().replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= 1e6 else None


def _score(known: Any, scale: tuple[int, int], errors: dict[str, list[str]]) -> int | None:
    if known in (None, ""):
        return None
    number = _number(known)
    if number is None or number != int(number) or not scale[0] <= number <= scale[1]:
        errors["known_score"] = [f"A whole number from {scale[0]} to {scale[1]} is expected."]
        return None
    return int(number)


def _plain(factor: CreditFactor) -> Factor:
    return Factor(str(factor.pk), factor.name, factor.weight, factor.worst, factor.best, factor.unit)


def _line(line: estimating.Line) -> dict[str, Any]:
    return {
        "factor": line.factor.name, "unit": line.factor.unit, "weight": line.factor.weight, "before": line.before,
        "after": line.after, "points_before": round(line.points_before, 1), "points_after": round(line.points_after, 1),
    }  # fmt: skip
