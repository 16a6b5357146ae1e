"""Phone numbers: ITU-T E.164 where they can be parsed, kept as typed where not."""

import re
from functools import lru_cache

import phonenumbers

_NOT_DIGIT = re.compile(r"\D")


@lru_cache(maxsize=50_000)
def e164(typed: str, country: str) -> str:
    """Return the E.164 form ("+442079460011"; an extension is left out), or "" when it is no possible number.

    `country` (ISO 3166-1 alpha-2) is assumed for numbers without an international prefix.
    """
    try:
        number = phonenumbers.parse(typed, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def digits(typed: str) -> str:
    """Return only the digits: what a search for part of a number compares."""
    return _NOT_DIGIT.sub("", typed)


def shown(e164_number: str, country: str) -> str:
    """Return a stored number for people: national form within `country`, international elsewhere."""
    try:
        number = phonenumbers.parse(e164_number)
    except phonenumbers.NumberParseException:
        return e164_number
    home = phonenumbers.region_code_for_number(number) == country
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)
