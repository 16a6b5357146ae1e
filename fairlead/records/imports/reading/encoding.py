"""The encoding ladder: byte order mark, strict UTF-8, UTF-16 by its zero bytes, Windows-1252.

Guessing libraries take CP1252 for its neighbours; the ladder is right for what Excel and CRMs write, and the user
may choose another encoding while looking at the preview.
"""

import codecs
from pathlib import Path

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20


def detect_encoding(path: Path) -> str:
    """Return the Python name of the encoding of the file at `path`."""
    with path.open("rb") as stream:
        head = stream.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name
        if wide := _without_mark(head):
            return wide
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        block = head
        try:
            while block:
                decoder.decode(block)
                block = stream.read(_BLOCK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _without_mark(head: bytes) -> str | None:
    """Return UTF-16 of either order when every other byte of Western text is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None
