"""Identifiers: UUID version 7 (RFC 9562, section 5.7), made in Python so that PostgreSQL 15 suffices."""

import os
import threading
import time
import uuid

from fairlead.kernel.errors import NotFound

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


def read_id(text: object) -> uuid.UUID | None:
    """Return the id that a text is, None when it is none."""
    try:
        return text if isinstance(text, uuid.UUID) else uuid.UUID(str(text))
    except ValueError:
        return None


def found_id(text: object) -> uuid.UUID:
    """Return the id that a text of an address is; what is none leads nowhere: `NotFound`."""
    found = read_id(text)
    if found is None:
        raise NotFound
    return found


def uuid7_texts(count: int) -> list[str]:
    """Return `count` new UUIDv7 as 32 hexadecimal digits each, strictly increasing: for bulk writing."""
    global _last
    with _lock:
        first = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = first + count
    random = os.urandom(8 * count).hex()  # the variant takes a whole digit of it: 60 random bits instead of 62
    return [
        f"{(tick >> 12) << 16 | 0x7000 | tick & 0xFFF:016x}8{random[at : at + 15]}"
        for tick, at in zip(range(first, first + count), range(0, 16 * count, 16), strict=True)
    ]
