"""A child process that notices when its parent was killed, and ends instead of living on alone."""

import os
import signal
import threading
import time
from collections.abc import Callable

PARENT_VARIABLE = "FAIRLEAD_PARENT_PID"


def end_with_parent(parent: int | None = None, *, grace: float = 5.0) -> None:
    """End this process soon after `parent` does: SIGTERM to ourselves, and `os._exit` after `grace` seconds.

    Without `parent`, the process named by FAIRLEAD_PARENT_PID is meant; nothing happens when none is.
    A polling thread, because only Linux can be asked to signal a parent's death.
    """
    if parent is None:
        parent = int(os.environ.pop(PARENT_VARIABLE, "0"))
    if parent:
        threading.Thread(target=_watch, args=(lambda: os.getppid() == parent, grace), daemon=True).start()


def _watch(has_parent: Callable[[], bool], grace: float) -> None:
    while has_parent():
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os._exit(1)
