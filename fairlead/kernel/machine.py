"""What the machine below cannot do at the moment, as an expected error: its disk is full, its database is away."""

import errno

from django.db import InterfaceError, OperationalError
from psycopg.errors import DiskFull

from fairlead.kernel.errors import NoRoom, Unavailable

_FULL = {errno.ENOSPC, errno.EDQUOT}


def trouble(error: BaseException | None) -> NoRoom | Unavailable | None:
    """Return what to tell people when the machine is why something failed; None when it is not."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return NoRoom()
    if isinstance(error, OperationalError | InterfaceError):
        return NoRoom() if isinstance(error.__cause__, DiskFull) else Unavailable()
    return None
