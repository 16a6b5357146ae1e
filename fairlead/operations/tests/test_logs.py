"""What stands in the log lets nobody in, whoever wrote the line."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve

TOKEN = "s3cretOfAMail"


@pytest.fixture
def formatter() -> Any:
    kind, more = settings.LOGGING["formatters"]["line"]["()"], settings.LOGGING["formatters"]["line"]
    return kind(**{name: value for name, value in more.items() if name != "()"})


def test_django_names_neither_the_token_nor_the_query_of_a_request(formatter: Any) -> None:
    request = RequestFactory().get(f"/join/alder/{TOKEN}/?email=ann@x.example")
    request.resolver_match = resolve(request.path)
    # As django.utils.log.log_response does it, of what broke and of forms without their token.
    said = logging.LogRecord("django.request", logging.ERROR, "", 1, "Server Error: %s", (request.path,), None)
    said.request, said.status_code = request, 500
    line = formatter.format(said)
    assert TOKEN not in line and "ann@x.example" not in line
    assert "Server Error: /join/alder/" in line and "500" in line


def test_a_line_of_another_library_stays_as_it_is(formatter: Any) -> None:
    said = logging.LogRecord("elsewhere", logging.WARNING, "", 1, "It is %s", ("late",), None)
    assert "It is late" in formatter.format(said)
