"""Fixtures of the log's tests."""

import pytest

from fairlead.events import consumers
from fairlead.events.tests.reading import Seen


@pytest.fixture
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the other rooms' consumers out."""
    monkeypatch.setattr(consumers, "_consumers", {})


@pytest.fixture
def seen() -> Seen:
    """What the test's consumer has read."""
    return []
