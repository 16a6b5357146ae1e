"""Bringing a backup back: checked first, built aside, put in place whole."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fairlead.kernel.errors import FairleadError
from fairlead.operations.backups import archive, staging
from fairlead.operations.backups.clients import environment
from fairlead.operations.backups.create import KEPT_SECRETS
from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from fairlead.operations.locks import FileLock
from fairlead.operations.postgres import programs

Say = Callable[[str], None]


class CannotRestore(FairleadError):
    """The backup is not restored, and nothing has changed; the message says why."""

    code = "cannot_restore"


def restore(data: DataDir, file: Path, *, force: bool, say: Say, progress: archive.Progress) -> dict[str, Any]:
    """Restore `file` into `data` (and into DATABASE_URL when that is set); return the backup's facts.

    Refuses an installation that runs, or that holds anything unless `force`; what it replaces is moved aside.
    The restored installation is muted and up to date with this version.
    """
    data.prepare()
    with _alone(data):
        if staging.is_occupied(data) and not force:
            raise CannotRestore(
                f"{data.path} holds an installation already. Choose an empty --data directory, or move it aside "
                "with --force."
            )
        say("Checking the file …")
        facts = archive.verify(file, progress)
        _check_keys(file)
        try:
            _build(data, file, facts, force=force, say=say, progress=progress)
        except BaseException:
            _throw_away(staging.place(data))  # perhaps the disk is full of it
            raise
        staging.complete(data)
    return facts


def _build(
    data: DataDir, file: Path, facts: dict[str, Any], *, force: bool, say: Say, progress: archive.Progress
) -> None:
    """Build the installation aside, whole."""
    say("Unpacking …")
    aside = _discard(data)
    dump = _unpack(file, aside, progress)
    instance = Instance(aside)
    with instance.connected(patience=60.0):
        _check_target(facts, force=force)
        say("Restoring the database …")
        _load(dump, replace=force and not instance.embedded, parallel=instance.embedded)
        dump.unlink()
        say("Bringing it to this version, muted …")
        _finish(facts)


@contextmanager
def _alone(data: DataDir) -> Iterator[None]:
    """Hold the installation's locks: nobody runs it, nobody starts it."""
    locks = [FileLock(data.run / name) for name in ("supervisor.lock", "postgres.users.lock", "postgres.change.lock")]
    try:
        if not all(lock.acquire(wait=False) for lock in locks):
            raise CannotRestore(f"The installation in {data.path} is running. Stop it first.")
        yield
    finally:
        for lock in locks:
            lock.release()


def _discard(data: DataDir) -> DataDir:
    """Throw away what a killed restore left, and return the place for a new one."""
    aside = staging.place(data)
    _throw_away(aside)
    return aside.prepare()


def _throw_away(aside: DataDir) -> None:
    if aside.path.exists():
        aside.prepare()
        Instance(aside).postgres.destroy()
        shutil.rmtree(aside.path)


def _unpack(file: Path, aside: DataDir, progress: archive.Progress) -> Path:
    for name, source in archive.members(file):
        if name not in (archive.FIRST, archive.LAST):
            archive.write_out(source, aside.path / name, progress)
    return aside.path / archive.DATABASE


def _check_keys(file: Path) -> None:
    """Refuse keys in the environment that differ from the backup's: encrypted fields would be unreadable."""
    for name, source in archive.members(file):
        variable = KEPT_SECRETS.get(name.removeprefix("secrets/"))
        if variable and os.environ.get(variable, "") not in ("", source.read().decode().strip()):
            raise CannotRestore(f"{variable} is set to another key than the backup's. Unset it, or set the same key.")


def _check_target(facts: dict[str, Any], *, force: bool) -> None:
    from fairlead.operations.django_setup import setup

    setup()
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    replaced = {
        f"{app}.{old}"
        for migration in MigrationLoader(None).disk_migrations.values()
        for app, old in migration.replaces
    }
    unknown = sorted(set(facts["migrations"]) - known - replaced)
    if unknown:
        raise CannotRestore(
            f"The backup was made by a newer Fairlead, {facts['version']}; this one does not know "
            f"{unknown[0]}. Update it first."
        )
    roles = {"owner": settings.DATABASES["owner"]["USER"], "app": settings.DATABASES["default"]["USER"]}
    if roles != facts["roles"]:
        raise CannotRestore(f"The backup needs the roles {facts['roles']}, and the URLs name {roles}.")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0] and not force:
            raise CannotRestore(
                "The database in DATABASE_URL is not empty. Use an empty one, or replace it with --force."
            )
    connections.close_all()


def _load(dump: Path, *, replace: bool, parallel: bool) -> None:
    command: list[str | Path] = [programs() / "bin" / "pg_restore", "--exit-on-error", "--no-owner", "--no-comments"]
    if parallel:  # a throw-away cluster: nobody sees it half restored
        command.append(f"--jobs={os.cpu_count() or 1}")
    else:
        command.append("--single-transaction")
    if replace:
        command += ["--clean", "--if-exists"]
    variables = environment("DATABASE_OWNER_URL")
    command += ["--dbname", variables["PGDATABASE"], dump]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotRestore(f"pg_restore failed: {done.stderr.strip()}")


def _finish(facts: dict[str, Any]) -> None:
    from django.db import connections

    from fairlead.operations.schema import migrate
    from fairlead.tenancy.public import mute

    try:
        migrate(verbosity=0)
        mute(f"Restored from the backup of {facts['made_at']}", using="owner")
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
    finally:
        connections.close_all()
