"""A restore takes the place of the old installation whole, even when it is killed in between."""

import io
from pathlib import Path

import pytest

from fairlead.operations.backups import archive, restore, staging
from fairlead.operations.datadir import DataDir


def fill(data: DataDir, word: str) -> DataDir:
    for part in ("postgres", "media", "secrets"):
        (data.path / part).mkdir(parents=True, exist_ok=True)
        (data.path / part / "file").write_text(word)
    return data


def words(path: Path) -> dict[str, str]:
    return {file.parent.name: file.read_text() for file in sorted(path.glob("*/file"))}


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    data = fill(DataDir(tmp_path), "old")
    fill(staging.place(data), "new")
    return data


def test_the_new_takes_the_place_of_the_old(data: DataDir) -> None:
    staging.complete(data)
    assert set(words(data.path).values()) == {"new"}
    (old,) = data.path.glob("replaced-*")
    assert set(words(old).values()) == {"old"}
    assert not staging.place(data).path.exists()


def test_without_the_marker_nothing_moves(data: DataDir) -> None:
    staging.finish(data)
    assert set(words(data.path).values()) == {"old"}


@pytest.mark.parametrize("steps", range(6))
def test_a_killed_change_of_places_is_finished(data: DataDir, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, done = Path.rename, 0

    def dying_rename(self: Path, target: Path) -> Path:
        nonlocal done
        if done == steps:
            raise KeyboardInterrupt
        done += 1
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", dying_rename)
        with pytest.raises(KeyboardInterrupt):
            staging.complete(data)
    staging.finish(data)
    assert words(data.path) == {"media": "new", "postgres": "new", "secrets": "new"}
    (old,) = data.path.glob("replaced-*")
    assert words(old) == {"media": "old", "postgres": "old", "secrets": "old"}


def test_an_empty_old_one_leaves_nothing(tmp_path: Path) -> None:
    data = DataDir(tmp_path).prepare()
    fill(staging.place(data), "new")
    staging.complete(data)
    assert not list(data.path.glob("replaced-*"))


def test_what_a_failed_restore_built_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a disk that was too small for it would stay full."""
    with (tmp_path / "b.tar").open("wb") as file:
        writer = archive.Writer(file)
        writer.add(archive.DATABASE, io.BytesIO(b"rows"))
        writer.finish({})
    data, unpacked = DataDir(tmp_path / "data"), list[bool]()

    class Full(restore.Instance):
        def connected(self, *, patience: float = 30.0) -> None:  # type: ignore[override]
            unpacked.append((staging.place(data).path / archive.DATABASE).exists())
            raise OSError("No space left on device")

    monkeypatch.setattr(restore, "Instance", Full)
    with pytest.raises(OSError, match="No space"):
        restore.restore(data, tmp_path / "b.tar", force=False, say=lambda text: None, progress=lambda size: None)
    assert unpacked == [True] and not staging.place(data).path.exists()
