"""Phone numbers: ITU-T E.164 where they can be parsed, kept as typed where not."""

import re
from functools import lru_cache

import phonenumbers

_NOT_DIGIT = re.compile(r"\D")
_INTERNATIONAL = re.compile(r"\+[1-9][\d ./-]{6,24}")
_SEPARATORS = str.maketrans("", "", " ./-")
EXTENSION = 4  # digits: as long as the numbers inside of a company are, which some countries take for whole numbers


def e164(typed: str, country: str) -> str:
    """Return the E.164 form ("+442079460011"; an extension is left out), or "" when it is no possible number.

    A few digits that nobody outside of a house can call are none either. `country` (ISO 3166-1 alpha-2) is assumed for
    numbers without an international prefix.
    """
    if _INTERNATIONAL.fullmatch(typed):
        plain = typed.translate(_SEPARATORS)
        if _is_plain(plain):
            return plain
    return _parsed(typed, country)


def _is_plain(number: str) -> bool:
    """Tell whether parsing would return the number as it is: a possible length and no national prefix inside."""
    for width in (1, 2, 3):
        known = _numbering(number[1 : 1 + width])
        if known is not None:
            lengths, prefix = known
            national = number[1 + width :]
            return len(national) in lengths and not (prefix and prefix.match(national))
    return False


@lru_cache(maxsize=1_000)
def _numbering(code: str) -> tuple[frozenset[int], "re.Pattern[str] | None"] | None:
    """Return the possible lengths and the national prefix of a calling code, None when there is no such code."""
    region = phonenumbers.region_code_for_country_code(int(code))
    if region in ("ZZ", "001"):
        return None
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    return frozenset(metadata.general_desc.possible_length), re.compile(prefix) if prefix else None


@lru_cache(maxsize=50_000)
def _parsed(typed: str, country: str) -> str:
    """Return the number so that it stays the same when it is read again: "+49(0)0185 781660" has the prefix twice."""
    found = _formatted(typed, country)
    return found if not found or _is_plain(found) else _formatted(found, country) or found


def _formatted(typed: str, country: str) -> str:
    try:
        number = phonenumbers.parse(typed, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    if len(str(number.national_number)) <= EXTENSION and not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def digits(typed: str) -> str:
    """Return only the digits: what a search for part of a number compares."""
    return _NOT_DIGIT.sub("", typed)


@lru_cache(maxsize=20_000)
def shown(e164_number: str, country: str) -> str:
    """Return a stored number for people: national form within `country`, international elsewhere."""
    try:
        number = phonenumbers.parse(e164_number)
    except phonenumbers.NumberParseException:
        return e164_number
    home = country and phonenumbers.region_code_for_number(number) == country  # asked last: +1 is of 25 countries
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)
