"""Making a backup while the installation works."""

import io
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fairlead import __version__
from fairlead.kernel.errors import FairleadError
from fairlead.operations.backups.archive import DATABASE, Progress, Writer
from fairlead.operations.backups.clients import environment
from fairlead.operations.instance import Instance, NoInstallation
from fairlead.operations.postgres import programs

# Everything in the data directory that cannot be made again.
KEPT_DIRECTORIES = ("media", "outbox")
KEPT_SECRETS = {"secret_key": "FAIRLEAD_SECRET_KEY", "field_key": "FAIRLEAD_FIELD_KEY"}


class BackupFailed(FairleadError):
    """The backup could not be made; there is no file under its name."""

    code = "backup_failed"


def create(instance: Instance, target: Path, progress: Progress) -> dict[str, Any]:
    """Write a backup to `target` (mode 0600: it holds the keys) and return its facts.

    Call inside `instance.connected()`. The database is read in one snapshot. The file appears under its name
    when it is complete and on disk.
    """
    if target.exists():
        raise BackupFailed(f"{target} exists already. Choose another name.")
    if not _facts()["migrations"]:
        raise NoInstallation(instance.data)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupFailed(f"{target} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "wb") as file, pinned(instance.data.path) as files:
            writer = Writer(file, progress)
            _add_database(writer)
            _add_files(writer, instance.data.path, files)
            _add_secrets(writer)
            facts = _facts()
            writer.finish(facts)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)
    except FileExistsError:
        raise BackupFailed(f"{target} exists already. Choose another name.") from None
    except OSError as error:
        raise BackupFailed(f"{target} cannot be written: {error.strerror or error}.") from None
    finally:
        draft.unlink(missing_ok=True)
    return {**facts, "files": len(writer.members), "bytes": target.stat().st_size}


def _add_database(writer: Writer) -> None:
    command = [str(programs() / "bin" / "pg_dump"), "--format=custom", "--compress=gzip:3", "--no-password"]
    with subprocess.Popen(
        command, env=environment("DATABASE_OWNER_URL"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as dump:
        if dump.stdout is None or dump.stderr is None:
            raise BackupFailed("pg_dump has no output.")
        try:
            writer.add(DATABASE, dump.stdout)
            words = dump.stderr.read().decode(errors="replace").strip()
        except BaseException:
            dump.kill()
            raise
    if dump.returncode != 0:
        raise BackupFailed(f"pg_dump failed: {words}")


@contextmanager
def pinned(data: Path) -> Iterator[Path]:
    """Provide a directory with a second name for every kept file.

    Taken before the database's snapshot, so that a file that is deleted meanwhile is still there for the rows
    that name it; files that are added meanwhile are found under their own names.
    """
    pins = data / "run" / f"backup-{secrets.token_hex(4)}"
    pins.mkdir(mode=0o700)
    try:
        for file in kept_files(data):
            pin = pins / file.relative_to(data)
            pin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _link(file, pin)
        yield pins
    finally:
        shutil.rmtree(pins, ignore_errors=True)


def _link(file: Path, pin: Path) -> None:
    try:
        os.link(file, pin)
    except FileNotFoundError:
        return  # deleted since it was listed
    except OSError:  # a file system without hard links
        shutil.copy2(file, pin)


def kept_files(root: Path) -> Iterator[Path]:
    """Yield the files of the kept directories; drafts that are being written do not count."""
    for name in KEPT_DIRECTORIES:
        for directory, _, names in os.walk(root / name):
            yield from (Path(directory, name) for name in sorted(names) if not name.endswith(".partial"))


def _add_files(writer: Writer, data: Path, pins: Path) -> None:
    for root in (pins, data):
        for file in kept_files(root):
            name = file.relative_to(root).as_posix()
            if name in writer.members or file.is_symlink():
                continue
            try:
                source = file.open("rb")
            except FileNotFoundError:
                continue  # made and deleted since the snapshot: no row of it names this file
            with source:
                writer.add(name, source)


def _add_secrets(writer: Writer) -> None:
    for name, variable in KEPT_SECRETS.items():
        writer.add(f"secrets/{name}", io.BytesIO(os.environ[variable].encode() + b"\n"))


def _facts() -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return {
        "version": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "postgresql": server,
        "roles": {"owner": settings.DATABASES["owner"]["USER"], "app": settings.DATABASES["default"]["USER"]},
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
    }
