"""PgBouncer in transaction mode before the test's database."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from tests.running import free_port

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SESSIONS = 3  # fewer than there are callers, so that each session serves both firms in turn


@contextmanager
def pgbouncer(folder: Path) -> Iterator[int]:
    """Run the pooler and yield its port."""
    server, port = connections["default"].settings_dict, free_port()
    folder.chmod(0o755)
    (folder / "users").write_text(f'"{server["USER"]}" "{server["PASSWORD"]}"\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = host={server['HOST']} port={server['PORT']}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = trust\nauth_file = {folder}/users\npool_mode = transaction\ndefault_pool_size = {SESSIONS}\n"
    )
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    options = {"user": "nobody"} if os.geteuid() == 0 else {}
    process = subprocess.Popen([PGBOUNCER or "", str(folder / "pgbouncer.ini")], stderr=subprocess.DEVNULL, **options)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(10)
