"""What `bin/test` does with a test that fails: few are tried once more, many are a failure."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

LIB = Path(__file__).parent.parent / "bin" / "lib"


@pytest.fixture
def tiers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(LIB))
    spec = importlib.util.spec_from_file_location("tiers", LIB / "tiers.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tiers", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOGS", tmp_path)
    return module


def failed(tiers: ModuleType, tier: str, *tests: str) -> None:
    note = tiers.failures(tier) / "v" / "cache" / "lastfailed"
    note.parent.mkdir(parents=True)
    note.write_text(json.dumps(dict.fromkeys(tests, True)))


@pytest.mark.parametrize("passes", [True, False])
def test_what_failed_once_is_tried_once_more(tiers: ModuleType, monkeypatch: pytest.MonkeyPatch, passes: bool) -> None:
    failed(tiers, "browser", "tests/a.py::test_b", "tests/a.py::test_a[x]")
    tried: list[list[str]] = []
    monkeypatch.setattr(tiers, "call", lambda command, environment, output: tried.append(command) or passes)

    unsteady = tiers.passed_again("browser", {}, None)

    assert unsteady == (("tests/a.py::test_a[x]", "tests/a.py::test_b") if passes else ())
    assert [command[-2:] for command in tried] == [["tests/a.py::test_a[x]", "tests/a.py::test_b"]]


def test_many_that_fail_and_any_of_another_tier_are_a_failure(
    tiers: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiers, "call", lambda command, environment, output: True)
    failed(tiers, "crash", *(f"tests/a.py::test_{number}" for number in range(tiers.MOST_TRIED_AGAIN + 1)))
    failed(tiers, "unit", "tests/a.py::test_a")

    assert [tiers.passed_again(tier, {}, None) for tier in ("crash", "unit", "browser")] == [(), (), ()]


def test_a_tier_whose_notes_end_before_its_tests_failed(tiers: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium did not start, say: pytest notes no test, and nothing is tried."""
    monkeypatch.setattr(tiers, "call", lambda command, environment, output: True)

    assert tiers.passed_again("browser", {}, None) == ()
