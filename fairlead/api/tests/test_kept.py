"""What takes long to make is made once for each program, and is made anew when it cannot be kept."""

from pathlib import Path
from typing import Any

import pytest

from fairlead.api import kept


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> dict[str, Any]:
        self.asked += 1
        return {"made": self.asked}


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_it_is_made_once(data: Path) -> None:
    make = Maker()
    assert [kept.read_or_make("thing", make) for _ in range(2)] == [{"made": 1}] * 2


def test_another_program_makes_its_own_and_leaves_nothing_old_behind(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Maker()
    kept.read_or_make("thing", make)
    monkeypatch.setattr(kept, "fingerprint", lambda: "another")
    assert kept.read_or_make("thing", make) == {"made": 2}
    assert [path.name for path in (data / "run").iterdir()] == ["thing-another.json"]


def test_what_is_broken_or_cannot_be_written_is_made_anew(data: Path) -> None:
    make = Maker()
    kept.read_or_make("thing", make)
    [file] = (data / "run").iterdir()
    file.write_text("{")
    assert kept.read_or_make("thing", make) == {"made": 2}
    file.unlink()
    (data / "run").rmdir()
    (data / "run").write_text("no folder")
    assert kept.read_or_make("thing", make) == {"made": 3}
