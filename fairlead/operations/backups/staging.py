"""A restored installation grows beside the old one, inside the data directory, and takes its place at the end.

DATA/.restoring/          what is being restored; garbage unless …
DATA/.restoring/COMPLETE  … this file is there: then the change of places is under way, and is finished
DATA/replaced-<time>/     what was there before
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from fairlead.operations.datadir import DataDir

PARTS = ("postgres", "media", "outbox", "secrets", "static", "run")


def place(data: DataDir) -> DataDir:
    """Return the directory in which a restore builds."""
    return DataDir(data.path / ".restoring")


def complete(data: DataDir) -> None:
    """Put what was restored in place of what is there. From here on it happens even if we are killed."""
    (place(data).path / "COMPLETE").write_text(datetime.now(UTC).strftime("%Y%m%d-%H%M%S"))
    finish(data)


def finish(data: DataDir) -> None:
    """Finish a change of places that was begun; harmless otherwise."""
    source = place(data).path
    marker = source / "COMPLETE"
    if not marker.exists():
        return
    old = data.path / f"replaced-{marker.read_text()}"
    for part in PARTS:
        new, current = source / part, data.path / part
        if _exists(new):
            if _exists(current):
                old.mkdir(exist_ok=True, mode=0o700)
                current.rename(old / part)
            new.rename(current)
    marker.unlink()
    shutil.rmtree(source)
    if old.exists() and not is_occupied(DataDir(old)):
        shutil.rmtree(old)


def is_occupied(data: DataDir) -> bool:
    """Tell whether there is anything a restore would replace: a database, an upload, a mail."""
    if _exists(data.postgres):
        return True
    return any(any(part.iterdir()) for name in ("media", "outbox") if (part := data.path / name).is_dir())


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()
