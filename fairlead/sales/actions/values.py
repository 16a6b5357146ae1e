"""The values of a deal as people and programs send them: amounts, references, places."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from fairlead.kernel import money
from fairlead.kernel.currencies import CURRENCIES
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.people.public import access as people
from fairlead.people.public import record_values
from fairlead.records.public import Field, nouns
from fairlead.sales import access, currencies
from fairlead.sales.models import Pipeline, Stage
from fairlead.tenancy.public import Actor

AMOUNT = ("value", "currency")


def fields() -> dict[str, Field]:
    """Return the standard fields of a deal by name."""
    return nouns.get("deal").standard_fields


def clean_amount(values: dict[str, Any], *, currency: str = "") -> dict[str, Any]:
    """Take `value` and `currency` out of `values` and return them cleaned, only those that were given.

    `value` is minor units (int), or written by people ("12,500 EUR"); `currency` the present one, or the firm's.
    """
    given = {name: values.pop(name) for name in AMOUNT if name in values}
    found: dict[str, Any] = {}
    if given.get("currency"):
        found["currency"] = clean_currency(given["currency"])
    code = found.get("currency") or currency or currencies.home()
    if "value" in given:
        found |= _value(given["value"], code)
    return found


def carried(units: int, before: str, after: str) -> int:
    """Return minor units of the same number of another currency: 12,500.00 EUR is 12,500 JPY, rounded half up."""
    found = currencies.round_half_up(Decimal(units).scaleb(currencies.scale(before, after)))
    if found >= money.LIMIT:
        raise InvalidInput({"currency": ["This amount is too large."]})
    return found


def clean_currency(raw: Any, field: str = "currency") -> str:
    """Return an ISO 4217 code; raise `InvalidInput`."""
    code = str(raw).strip().upper()
    if code not in CURRENCIES:
        raise InvalidInput({field: [f"“{str(raw)[:10]}” is not a currency (ISO 4217)."]})
    return code


def _value(raw: Any, code: str) -> dict[str, Any]:
    if raw is None or raw == "":
        return {"value": None}
    if isinstance(raw, int) and not isinstance(raw, bool):
        units = raw
    else:
        try:
            units, code = money.parse(str(raw), code)
        except ValueError as error:
            raise InvalidInput({"value": [str(error)]}) from None
    if not 0 <= units < money.LIMIT:
        raise InvalidInput({"value": ["An amount of 0 or more is expected."]})
    return {"value": units, "currency": clean_currency(code, "value")}


def clean_place(values: dict[str, Any], by: Actor) -> Stage:
    """Take `pipeline` and `stage` out of `values` and return the open stage that a new deal begins in."""
    stage_id, pipeline_id = as_id(values.pop("stage", None), "stage"), as_id(values.pop("pipeline", None), "pipeline")
    if stage_id is None:
        pipeline = _pipeline(pipeline_id, by)
        first = Stage.rows().select_related("pipeline").filter(pipeline=pipeline, kind="open", archived_at=None)
        found = first.order_by("position").first()
    else:
        rows = Stage.rows().select_related("pipeline").filter(pk=stage_id, kind="open", archived_at=None)
        found = rows.filter(pipeline__in=access.pipelines(by)).first()
    if found is None:
        raise InvalidInput({"stage": ["Choose an open stage of a pipeline."]})
    if pipeline_id not in (None, found.pipeline_id):
        raise InvalidInput({"stage": ["This stage is of another pipeline."]})
    access.require_edit(by, found.pipeline)
    return found


def _pipeline(pipeline_id: UUID | None, by: Actor) -> Pipeline:
    rows = access.pipelines(by)
    found = rows.filter(pk=pipeline_id).first() if pipeline_id else rows.first()
    if found is None:
        raise InvalidInput({"pipeline": ["Choose a pipeline." if pipeline_id else "Make a pipeline first."]})
    return found


def clean_contact(values: dict[str, Any], by: Actor) -> dict[str, Any]:
    """Take `contact` out of `values` and return it as an id that the actor may see."""
    if "contact" not in values:
        return {}
    contact_id = as_id(values.pop("contact"), "contact")
    if contact_id is not None and not people.contacts(by).filter(pk=contact_id).exists():
        raise InvalidInput({"contact": ["No contact has this id."]})
    return {"contact_id": contact_id}


def as_id(raw: Any, field: str) -> UUID | None:
    """Return an id, None for none; raise `InvalidInput`."""
    if raw in (None, ""):
        return None
    found = read_id(raw)
    if found is None:
        raise InvalidInput({field: ["An id (a UUID) is expected."]})
    return found


def shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they stand in an event."""
    return {name: record_values.as_json(value) for name, value in values.items() if value not in ("", None)}
