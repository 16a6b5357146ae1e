"""Identifiers: UUID version 7 (RFC 9562, section 5.7), made in Python so that PostgreSQL 15 suffices."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7; values made by one process are strictly increasing.

    48 bits of Unix milliseconds, then 12 bits of sub-millisecond fraction (RFC 9562, section 6.2,
    method 3), then 62 random bits.
    """
    global _last
    ticks = time.time_ns() * 4096 // 1_000_000
    with _lock:
        if ticks <= _last:
            ticks = _last + 1
        _last = ticks
    milliseconds, fraction = divmod(ticks, 4096)
    random_bits = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | fraction << 64 | 0b10 << 62 | random_bits
    return uuid.UUID(int=value)
