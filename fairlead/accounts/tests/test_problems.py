"""What is refused is said: on a page of its own, or beside the page that asked."""

import json

from django.http import HttpRequest

from fairlead.accounts import problems
from fairlead.kernel.errors import Conflict


def _asked(**headers: str) -> HttpRequest:
    request = HttpRequest()
    request.META.update({f"HTTP_{name}": value for name, value in headers.items()})
    return request


def test_a_part_of_a_page_is_told_by_a_toast_and_stays() -> None:
    answer = problems.page(_asked(HX_REQUEST="true"), Conflict("Bob was faster – by a second."))
    assert (answer.status_code, answer.content, answer.headers["HX-Reswap"]) == (409, b"", "none")
    toast = json.loads(answer.headers["Fairlead-Effects"])["toast"]
    assert (toast["kind"], toast["text"]) == ("error", "Bob was faster – by a second.")
