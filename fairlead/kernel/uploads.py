"""Files that people bring: judged by their content, kept under random names, served so that they cannot act.

A stored file has no address of its own: a view that has checked firm, role and visibility hands it out through
`serve`. The folder carries the firm, so a mistaken name can never reach another firm's file through `folder_of`.
"""

import hashlib
import io
import re
import secrets
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath
from threading import Lock
from typing import IO, TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

import puremagic
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse

from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import squeeze

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURE = 10 * 1024 * 1024
MAX_FILE = 25 * 1024 * 1024
PICTURE_SIDE = 512
MAX_PIXELS = 50_000_000
TOO_MANY_PIXELS = "The picture has more than 50 million pixels."
_PICTURES = {"JPEG", "PNG", "WEBP", "GIF"}
# Shown in the browser when a page asks for it; everything else is only ever downloaded.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "text/plain"})
_HARMLESS = _SHOWN | {"application/pdf"}
_PROGRAMS = re.compile(
    r"exe|dll|com|bat|cmd|scr|pif|ms[ip]|cpl|jar|jse?|vb[se]|ws[fh]|ps1|psm1|hta|lnk|reg|app|dmg|apk|deb|rpm|sh|iso"
    r"|img|vhdx?|chm|gadget"
)
_PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
_HEAD = 4096
_one_at_a_time = Lock()  # a few kilobytes may be a picture that takes half a gigabyte to read


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in storage: `path` below the media folder, the name its owner gave it, `size` in bytes."""

    path: str
    name: str
    content_type: str
    size: int
    sha256: str


def folder_of(firm_id: UUID, kind: str) -> str:
    """Return the folder of a firm's files of one kind, such as `attachments`."""
    return f"firms/{firm_id}/{kind}"


def store_picture(upload: IO[bytes], *, folder: str, field: str = "picture", side: int = PICTURE_SIDE) -> StoredFile:
    """Store a picture, turned upright, scaled to fit `side` pixels and drawn anew as WebP without its metadata.

    Raises `InvalidInput` naming `field` when it is too large or not a JPEG, PNG, WebP or GIF picture.
    """
    data = _read(upload, MAX_PICTURE, field)
    return _write(_redrawn(data, side, field), folder, "picture.webp", "image/webp", ".webp")


def store_file(upload: IO[bytes], *, name: str, folder: str, field: str = "file", limit: int = MAX_FILE) -> StoredFile:
    """Store any file but a program; its type is what its content says. Raises `InvalidInput` naming `field`."""
    shown = clean_name(name)
    data = _read(upload, limit, field)
    suffix = PurePosixPath(shown).suffix.lower().lstrip(".")
    if _PROGRAMS.fullmatch(suffix) or data.startswith(_PROGRAM_STARTS):
        raise InvalidInput({field: [f"{shown} is a program. Programs are not accepted; put it into a ZIP archive."]})
    return _write(data, folder, shown, content_type_of(data, shown), "")


def keep(path: str, content: File) -> str:  # type: ignore[type-arg]
    """Store a file under a name that nobody has; what of it a full disk took goes again, and OSError is raised."""
    try:
        return default_storage.save(path, content)
    except OSError:
        default_storage.delete(path)
        raise


def remove(path: str) -> None:
    """Delete a stored file; one that is gone already is no error."""
    if path:
        default_storage.delete(path)


def serve(path: str, *, name: str, content_type: str, inline: bool = False, max_age: int = 0) -> FileResponse:
    """Return the stored file as a response that no browser will run; `NotFound` when the file is gone.

    A download unless `inline` is asked for and the type is harmless; `max_age` is in seconds, for this person only.
    """
    if not path:
        raise NotFound
    try:
        stream: File = default_storage.open(path, "rb")  # type: ignore[type-arg]
    except FileNotFoundError:
        raise NotFound from None
    shown = inline and content_type in _SHOWN
    response = FileResponse(
        stream, content_type=content_type if content_type in _HARMLESS else "application/octet-stream"
    )
    response["Content-Disposition"] = (
        f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(clean_name(name))}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={max_age}" if max_age else "private, no-store"
    return response


def clean_name(name: str) -> str:
    """Return a file name without folders, control characters and direction marks, at most 150 characters long."""
    last = re.split(r"[\\/]", name)[-1]
    plain = squeeze("".join(c for c in last if c.isprintable() and c not in '"<>:|?*')).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if dot and len(suffix) <= 16:
        plain = f"{stem[: 149 - len(suffix)]}.{suffix}"
    return plain[:150] or "file"


def content_type_of(data: bytes, name: str = "") -> str:
    """Return the media type that the content shows, never the one the browser claimed."""
    suffix = PurePosixPath(name).suffix.lower()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            matches = [m for m in puremagic.magic_string(data, name or None) if m.mime_type]
    except (puremagic.PureError, ValueError):
        matches = []
    if matches:
        best = max(matches, key=lambda m: (m.confidence, m.extension == suffix))
        return str(best.mime_type)
    try:
        data[:_HEAD].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data[:_HEAD]) - 4:  # not just a character cut in two
            return "application/octet-stream"
    return "application/octet-stream" if b"\x00" in data[:_HEAD] else "text/plain"


def _read(upload: IO[bytes], limit: int, field: str) -> bytes:
    data = upload.read(limit + 1)
    if len(data) > limit:
        raise InvalidInput({field: [f"The file is larger than {limit // (1024 * 1024)} MB."]})
    if not data:
        raise InvalidInput({field: ["The file is empty."]})
    return data


def _redrawn(data: bytes, side: int, field: str) -> bytes:
    from PIL import Image, UnidentifiedImageError  # slow to load, and few requests bring a picture

    try:
        picture = Image.open(io.BytesIO(data), formats=sorted(_PICTURES))
    except Image.DecompressionBombError:
        raise InvalidInput({field: [TOO_MANY_PIXELS]}) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise InvalidInput({field: ["This is not a JPEG, PNG, WebP or GIF picture."]}) from None
    with picture:
        if picture.width * picture.height > MAX_PIXELS:  # a bomb: small file, huge picture
            raise InvalidInput({field: [TOO_MANY_PIXELS]})
        try:
            with _one_at_a_time:
                upright = _upright(picture, side)
        except Exception:  # a decoder that is fed with damage raises whatever it stumbles over
            raise InvalidInput({field: ["This picture is damaged: it cannot be read to its end."]}) from None
    out = io.BytesIO()
    upright.save(out, "WEBP", quality=85)
    return out.getvalue()


def _upright(picture: "Image.Image", side: int) -> "Image.Image":
    """Return the picture small, then turned and with all colours: the other way round takes a gigabyte for 50 MP."""
    from PIL import ImageOps

    if picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK", "YCbCr") or "transparency" in picture.info:
        picture = picture.convert("RGBA")  # of a palette's numbers there is no mean
    picture.thumbnail((side, side))
    return ImageOps.exif_transpose(picture).convert("RGBA")


def _write(data: bytes, folder: str, name: str, content_type: str, suffix: str) -> StoredFile:
    path = keep(f"{folder}/{secrets.token_hex(16)}{suffix}", ContentFile(data))
    return StoredFile(path, name, content_type, len(data), hashlib.sha256(data).hexdigest())
