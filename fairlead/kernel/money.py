"""Money: integer minor units and an ISO 4217 code."""

import re
from decimal import Decimal, InvalidOperation

from fairlead.kernel.currencies import CURRENCIES

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_WRITTEN = re.compile(r"^(?P<before>[A-Za-z]{3}|[$€£¥])?\s*(?P<amount>-?[\d.,'\s]+?)\s*(?P<after>[A-Za-z]{3}|[$€£¥])?$")
LIMIT = 10**15
LONGEST = 60  # characters; nobody writes an amount with more, and to look for one in a page of spaces takes a while


def exponent(currency: str) -> int:
    """Return how many digits stand behind the point in `currency` (ISO 4217)."""
    return CURRENCIES.get(currency, 2)


def parse(text: str, currency: str) -> tuple[int, str]:
    """Return (minor units, currency) of an amount as people write it: "1,234.50 EUR", "€ 12", "12.5".

    A single separator followed by exactly three digits groups thousands; `currency` is assumed when none is
    written. Raises ValueError.
    """
    match = _WRITTEN.match(text.strip()) if len(text) <= LONGEST else None
    if match is None:
        raise ValueError("An amount such as 1,234.50 EUR is expected.")
    written = (match["before"] or match["after"] or currency).upper()
    code = _SYMBOLS.get(written, written)
    return minor(plain_decimal(match["amount"]), code), code


def minor(amount: Decimal, currency: str) -> int:
    """Return `amount` in minor units; raise ValueError for more digits than the currency has, or too many."""
    units = amount.scaleb(exponent(currency))
    if units != units.to_integral_value():
        raise ValueError(f"{currency} has {exponent(currency)} digits after the point.")
    if abs(units) >= LIMIT:
        raise ValueError("This amount is too large.")
    return int(units)


def major(units: int, currency: str) -> Decimal:
    """Return an amount in minor units as people count it."""
    return Decimal(units).scaleb(-exponent(currency))


def shown(units: int, currency: str) -> str:
    """Return the amount for people, e.g. `1,234.50 EUR`; a whole one without its zeros: `1,234 EUR`."""
    amount = major(units, currency)
    return f"{amount:,.{0 if amount == amount.to_integral_value() else exponent(currency)}f} {currency}"


def written(units: int, currency: str) -> str:
    """Return the amount for files, e.g. `1234.50 EUR`: no country reads it in another way.

    After three digits a point might be taken for one of grouping, so there are four.
    """
    digits = exponent(currency)
    return f"{major(units, currency):.{4 if digits == 3 else digits}f} {currency}"


def plain_decimal(text: str) -> Decimal:
    """Return the number of a text with grouping in the English, Continental or Swiss way; raise ValueError."""
    compact = re.sub(r"['\s]", "", text)
    point, comma = compact.rfind("."), compact.rfind(",")
    if point >= 0 and comma >= 0:
        compact = compact.replace("," if point > comma else ".", "").replace(",", ".")
    elif comma >= 0:
        grouped = re.fullmatch(r"-?\d{1,3}(,\d{3})+", compact)
        compact = compact.replace(",", "" if grouped else ".")
    elif compact.count(".") > 1:
        compact = compact.replace(".", "")
    try:
        return Decimal(compact)
    except InvalidOperation:
        raise ValueError("A number is expected.") from None
