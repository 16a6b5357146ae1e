"""Whatever can be changed or deleted over the API honours If-Match, so that nobody writes over a colleague unawares."""

from typing import Any

import pytest
from django.test import Client

# What has nothing that two people could see differently, with the reason.
EXCEPTIONS = {
    "the order of all at once, which names each of them": {
        "PUT assignment-rules/order", "PUT pipelines/order",
    },
    "there or not there: a second time changes nothing": {
        "PUT companies/{record}/pins/{id}", "DELETE companies/{record}/pins/{id}",
        "PUT contacts/{record}/pins/{id}", "DELETE contacts/{record}/pins/{id}",
        "PUT deals/{record}/pins/{id}", "DELETE deals/{record}/pins/{id}",
        "DELETE deals/{deal}/companies/{id}", "DELETE deals/{deal}/contacts/{id}",
        "DELETE connections/{id}", "DELETE suppressions/{id}", "DELETE notifications/{id}/readings",
    },
    "one's own photo, a file that nobody else can change": {
        "PUT profile/photo", "DELETE profile/photo",
    },
}  # fmt: skip
HONOURED = {"$ref": "#/components/parameters/IfMatch"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = Client().get("/api/v1/openapi.json").json()
    return found


def test_every_change_of_what_can_be_read_honours_if_match(document: dict[str, Any]) -> None:
    without = {
        f"{method.upper()} {path.removeprefix('/api/v1/')}"
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("patch", "put", "delete") and HONOURED not in operation.get("parameters", [])
    }
    assert without == set().union(*EXCEPTIONS.values())


def test_who_honours_if_match_tells_what_to_send_in_it(document: dict[str, Any]) -> None:
    """The address itself is read with an ETag, or (a step, a picture) the record it belongs to."""
    silent = [
        path for path, item in document["paths"].items()
        if "get" in item and "patch" in item and HONOURED in item["patch"]["parameters"]
        and "ETag" not in _success(item["get"])["headers"]
    ]  # fmt: skip
    assert silent == []


def _success(operation: dict[str, Any]) -> dict[str, Any]:
    return next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
