"""Locks between processes."""

import subprocess
import sys
from pathlib import Path

from fairlead.operations.locks import FileLock, exclusively


def test_shared_locks_keep_the_exclusive_one_out(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    alice, bob, charlie = FileLock(file), FileLock(file), FileLock(file)
    assert alice.acquire(shared=True)
    assert bob.acquire(shared=True)
    assert not charlie.acquire(wait=False)
    alice.release()
    assert not charlie.acquire(wait=False)
    bob.release()
    assert charlie.acquire(wait=False)


def test_the_last_user_can_make_it_exclusive(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    alice, bob = FileLock(file), FileLock(file)
    alice.acquire(shared=True)
    bob.acquire(shared=True)
    assert not alice.acquire(wait=False)
    alice.release()
    assert bob.acquire(wait=False)


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    code = (
        "import sys, time; from fairlead.operations.locks import FileLock; from pathlib import Path;"
        "FileLock.acquire(lock := FileLock(Path(sys.argv[1]))); print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert not FileLock(tmp_path / "lock").acquire(wait=False)
        other.kill()
    with exclusively(tmp_path / "lock"):
        pass
