"""The firm's currency and what others are worth in it. Amounts are minor units (ISO 4217)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.db import connection

from fairlead.kernel import clock, money
from fairlead.sales.models.rate import shown
from fairlead.tenancy.public import Firm, advisory, require_firm

CURRENCY = "sales.currency"  # the lock of who counts on the firm's own

PRECISION = 80  # digits: a rate has 60, an amount 15
# Minor units: what is worth more, by a rate that somebody mistyped, is kept as this, which columns and their sums hold.
MOST = 10**16
# An exact half reached by way of a rate without an end (1/3) lies just beside itself: both here and in SQL, amounts are
# rounded to so many digits first.
NEARLY = Decimal("1e-10")


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency is worth in the firm's, since when."""

    rate: Decimal
    valid_from: date


@dataclass(frozen=True)
class Total:
    """A sum in the firm's currency: `used` are the rates in it, `missing` the amounts without one."""

    amount: int
    currency: str
    used: Mapping[str, Rate] = field(default_factory=dict)
    missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """Return the sum for people."""
        return money.shown(self.amount, self.currency)

    @property
    def short(self) -> str:
        """Return the sum for narrow places: whole units, thousands grouped."""
        return short(self.amount, self.currency)

    @property
    def note(self) -> str:
        """Return which rates were used and what could not be counted, as a sentence; "" when neither."""
        parts = [f"1 {code} = {shown(r.rate)} {self.currency} ({r.valid_from})" for code, r in self.used.items()]
        left = [money.shown(units, code) for code, units in self.missing.items()]
        told = f"Rates: {', '.join(parts)}." if parts else ""
        return " ".join(filter(None, [told, f"Without a rate: {', '.join(left)}." if left else ""]))


@dataclass(frozen=True)
class Rates:
    """The rates that hold on a day."""

    home: str
    day: date
    table: Mapping[str, Rate]

    def of(self, currency: str) -> Rate | None:
        """Return the rate of a currency, None when the firm has set none."""
        return Rate(Decimal(1), self.day) if currency == self.home else self.table.get(currency)

    def convert(self, units: int | Decimal, currency: str) -> int | None:
        """Return an amount in the firm's minor units, rounded half up once; None without a rate."""
        found = self.of(currency)
        if found is None:
            return None
        with localcontext(prec=PRECISION):
            return round_half_up((Decimal(units) * found.rate).scaleb(scale(currency, self.home)))

    def worth(self, units: int | Decimal, currency: str) -> int | None:
        """Return the same as it is kept: not more than `MOST`."""
        found = self.convert(units, currency)
        return None if found is None else min(found, MOST)

    def major(self, units: int | None, currency: str) -> float | None:
        """Return an amount in whole units of the firm's currency, for filters and orders."""
        converted = None if units is None else self.convert(units, currency)
        return None if converted is None else float(money.major(converted, self.home))

    def total(self, sums: Mapping[str, int | Decimal]) -> Total:
        """Return the sum of amounts by currency; each currency is rounded once."""
        amount, used, missing = 0, {}, {}
        for currency, units in sorted(sums.items()):
            converted = self.convert(units, currency)
            if converted is None:
                missing[currency] = round_half_up(Decimal(units))
                continue
            amount += converted
            rate = self.of(currency)
            if rate is not None and currency != self.home:
                used[currency] = rate
        return Total(amount, self.home, used, {c: u for c, u in missing.items() if u})


# The newest rate of the day or before it; before the first one, the first: an amount is worth something on every day.
NEAREST = "{0}.valid_from > {1}, abs({0}.valid_from - {1})"
_RATES = """
SELECT DISTINCT ON (r.currency) r.currency, r.rate, r.valid_from FROM sales_currencyrate r
WHERE r.firm_id = %(firm)s ORDER BY r.currency, {nearest}
"""


def rates(day: date | None = None, *, hold: bool = False) -> Rates:
    """Return the rates that hold on `day` (today) in the firm in context; before a currency's first rate, that one.

    With `hold` the firm keeps its currency until the transaction ends: for whoever writes what something is worth.
    """
    on = day or clock.now().date()
    own = home(hold=hold)
    with connection.cursor() as cursor:
        cursor.execute(_RATES.format(nearest=NEAREST.format("r", "%(day)s::date")), {"firm": require_firm(), "day": on})
        table = {code: Rate(rate, since) for code, rate, since in cursor.fetchall()}
    return Rates(own, on, table)


def home(*, hold: bool = False) -> str:
    """Return the firm's own currency; with `hold` it stays so until the transaction ends."""
    if hold:
        advisory.shared(CURRENCY)
    return Firm.objects.only("currency").get(pk=require_firm()).currency


def wait_for_holders() -> None:
    """Wait for all who count on the firm's currency (`hold`), and let new ones wait for this transaction."""
    advisory.exclusive(CURRENCY)


def scale(currency: str, home: str) -> int:
    """Return by how many digits minor units of `currency` move to be those of `home`."""
    return money.exponent(home) - money.exponent(currency)


def round_half_up(value: Decimal) -> int:
    """Return the nearest integer; halves, and what is a half but for the digits beyond `NEARLY`, go away from zero."""
    with localcontext(prec=PRECISION):
        return int(value.quantize(NEARLY, ROUND_HALF_UP).to_integral_value(rounding=ROUND_HALF_UP))


def short(units: int, currency: str) -> str:
    """Return an amount without its minor units, e.g. `12,500 EUR`."""
    return f"{money.major(units, currency):,.0f} {currency}"
