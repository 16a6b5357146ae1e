"""The backup file: written in one pass, checked in one pass."""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

from fairlead.kernel.errors import FairleadError

FIRST = "fairlead-backup"
LAST = "manifest.json"
DATABASE = "database.dump"
FORMAT = 1
CHUNK = 1024 * 1024
Progress = Callable[[int], None]


class BadBackup(FairleadError):
    """The file is no backup of ours, or is damaged; the message says what is wrong with it."""

    code = "bad_backup"


class Writer:
    """Writes members into a new tar file, without knowing their sizes beforehand."""

    def __init__(self, file: IO[bytes], progress: Progress = lambda size: None) -> None:
        self.members: dict[str, dict[str, Any]] = {}
        self._file = file
        self._progress = progress
        self.add(FIRST, io.BytesIO(f"A backup of Fairlead, format {FORMAT}.\n".encode()))

    def add(self, name: str, source: IO[bytes]) -> None:
        """Copy `source` to its end into the member `name`."""
        start = self._file.tell()
        self._file.write(self._header(name, 0))
        digest, size = hashlib.sha256(), 0
        while chunk := source.read(CHUNK):
            self._file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            self._progress(len(chunk))
        self._file.write(bytes(-size % tarfile.BLOCKSIZE))
        end = self._file.tell()
        self._file.seek(start)
        self._file.write(self._header(name, size))
        self._file.seek(end)
        self.members[name] = {"size": size, "sha256": digest.hexdigest()}

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write the manifest and the end of the archive."""
        manifest = {"format": FORMAT, **facts, "members": dict(self.members)}
        self.add(LAST, io.BytesIO(json.dumps(manifest, indent=2).encode()))
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))

    @staticmethod
    def _header(name: str, size: int) -> bytes:
        """Return the header blocks; as many for any size, so that the second writing fits over the first."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(time.time())
        return info.tobuf(tarfile.GNU_FORMAT)


def verify(path: Path, progress: Progress = lambda size: None) -> dict[str, Any]:
    """Read the whole file and return its manifest; raise `BadBackup` unless every byte is as it was written."""
    found: dict[str, dict[str, Any]] = {}
    manifest = b""
    with _readable(path):
        for name, source in members(path):
            digest, size = hashlib.sha256(), 0
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                progress(len(chunk))
                if name == LAST:
                    manifest += chunk
            found[name] = {"size": size, "sha256": digest.hexdigest()}
    return _checked(manifest, found)


def _checked(manifest: bytes, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if FIRST not in found:
        raise BadBackup("This is not a backup of Fairlead.")
    if not manifest:
        raise BadBackup("The backup is incomplete: its end is missing. The writing or a copy of it was cut short.")
    found.pop(LAST)
    try:
        facts = dict(json.loads(manifest))
        written = dict(facts["members"])
    except (ValueError, KeyError, TypeError):
        raise BadBackup("The backup is damaged: its manifest cannot be read.") from None
    if facts.get("format") != FORMAT:
        raise BadBackup(f"The backup has format {facts.get('format')}; this version reads format {FORMAT}.")
    for name in sorted(written.keys() | found.keys()):
        if written.get(name) != found.get(name):
            raise BadBackup(f"The backup is damaged: {name} is not what was written.")
    if DATABASE not in written:
        raise BadBackup("The backup is damaged: it holds no database.")
    return facts


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield name and content of each member in the order of the file; raise `BadBackup` for a broken tar."""
    with _readable(path), tarfile.open(path, "r:") as tar:
        for info in tar:
            source = tar.extractfile(info) if info.isreg() else None
            if source is None or not _is_safe(info.name):
                raise BadBackup(f"This is not a backup of Fairlead: it holds {info.name!r}.")
            yield info.name, source


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, ValueError) as error:  # ValueError: a number in a header that is none
        raise BadBackup(f"This is no backup of Fairlead, or it is damaged or incomplete: {error}.") from None
    except OSError as error:
        raise BadBackup(f"{path} cannot be read: {error.strerror or error}.") from None


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name and "\0" not in name


def write_out(source: IO[bytes], target: Path, progress: Progress = lambda size: None) -> None:
    """Write a member to a new file, mode 0600, and its directories, mode 0700."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with contextlib.closing(source), os.fdopen(descriptor, "wb") as handle:
        while chunk := source.read(CHUNK):
            handle.write(chunk)
            progress(len(chunk))
