"""The firm's exchange rates."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.sales import currencies
from fairlead.sales.actions import revaluing, values
from fairlead.sales.jobs import revalue
from fairlead.sales.models import CurrencyRate
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor, one, require_firm

LARGEST = Decimal(10) ** 9


@transaction.atomic
def set_rate(
    currency: str, rate: Any, *, by: Actor, valid_from: date | None = None, base: str = ""
) -> CurrencyRate:  # fmt: skip
    """Say what one unit of a currency is worth in the firm's own, from a day (today) on; the same day is replaced.

    Every deal in that currency is ordered and filtered by the new rate at once; what became of deals follows: each row
    of the history is worth what the rate of its day says. `base` is the currency that whoever gives the rate takes for
    the firm's; raises `InvalidInput` when it is another by now.
    """
    by.require("rates.manage")
    code = values.clean_currency(currency)
    home = currencies.home(hold=True)
    if base not in ("", home):
        raise InvalidInput({"rate": [f"The firm’s currency is {home} now: give the rate in {home}."]})
    if code == home:
        raise InvalidInput({"currency": [f"{code} is the firm's own currency."]})
    found: CurrencyRate
    found, _ = CurrencyRate.objects.update_or_create(
        currency=code, valid_from=valid_from or clock.now().date(),
        defaults={"rate": _rate(rate), "set_by_id": by.membership_id, "is_carried": False},
    )  # fmt: skip
    _revalue(code)
    tell_settings("currency_rate.updated", found, by, currency=code, rate=found.shown)
    return found


@transaction.atomic
def delete_rate(rate_id: UUID, *, by: Actor) -> None:
    """Take a rate away; the one before it holds again."""
    by.require("rates.manage")
    found: CurrencyRate = one(CurrencyRate.rows(), rate_id, lock="to delete")
    tell_settings("currency_rate.deleted", found, by, currency=found.currency, rate=found.shown)
    found.delete()
    _revalue(found.currency)


def _rate(raw: Any) -> Decimal:
    try:
        rate = Decimal(str(raw).strip().replace(",", "."))
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or not Decimal("0.0000001") <= rate <= LARGEST:
        raise InvalidInput({"rate": ["A rate such as 1.0842 is expected."]})
    return round(rate, 10)


def _revalue(currency: str) -> None:
    """Let today's figures follow at once, and history in the background."""
    revaluing.revalue_deals(currency)
    enqueue(revalue, firm_id=require_firm(), unique=f"rate:{currency}", currency=currency)
