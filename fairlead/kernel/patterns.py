"""Regular expressions that users write. RE2 finds out in time that grows with the text alone, whatever they say."""

from functools import lru_cache

import re2

_QUIET = re2.Options()
_QUIET.log_errors = False


def fits(pattern: str, text: str) -> bool:
    """Tell whether the whole text is of a pattern's form; one that is no pattern raises ValueError."""
    return _compiled(pattern).fullmatch(text) is not None


def check(pattern: str) -> None:
    """Raise ValueError, with what is wrong for people, unless it is a pattern (RE2: no looking around or back)."""
    _compiled(pattern)


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> "re2._Regexp":
    try:
        return re2.compile(pattern, options=_QUIET)
    except re2.error as error:
        why = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise ValueError(f"This is no regular expression that can be used here: {why}.") from None
