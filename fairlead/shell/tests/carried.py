"""What a form carries of the values that it showed (`shell.seen`), read from its page."""

import re
from html import unescape

_SEEN = re.compile(r'name="seen"\s+value="([^"]*)"')


def seen_in(page: str) -> str:
    """Return what the form of a page would send as `seen`."""
    found = _SEEN.search(page)
    assert found, "The form carries nothing of what it shows."
    return unescape(found[1])
