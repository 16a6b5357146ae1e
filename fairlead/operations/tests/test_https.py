"""Where people come by HTTPS, browsers are told to stay with it."""

import runpy
from typing import Any

import pytest
from django.test import Client

from fairlead.config import settings as module


@pytest.mark.parametrize(
    ("address", "told"),
    [("https://crm.example.com", "max-age=31536000"), ("http://localhost:8000", None)],
)
def test_an_https_site_says_so_to_browsers_that_come_by_https(
    address: str, told: str | None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("FAIRLEAD_URL", address)
    found = runpy.run_path(module.__file__)
    assert found["SESSION_COOKIE_SECURE"] is (told is not None)
    settings.SECURE_HSTS_SECONDS = found["SECURE_HSTS_SECONDS"]
    assert Client().get("/static/none.css", secure=True).headers.get("Strict-Transport-Security") == told
    assert "Strict-Transport-Security" not in Client().get("/static/none.css").headers
