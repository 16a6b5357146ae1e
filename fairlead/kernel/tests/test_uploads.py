"""Uploads: judged by content, harmless when served."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from fairlead.kernel import uploads
from fairlead.kernel.errors import InvalidInput, NotFound


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(format_: str = "PNG", size: tuple[int, int] = (900, 300)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format_)
    out.seek(0)
    return out


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_and_scaled(format_: str) -> None:
    stored = uploads.store_picture(picture(format_), folder="people")
    with default_storage.open(stored.path) as stream, Image.open(stream) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (512, 171))
    assert stored.content_type == "image/webp"


def test_what_hides_in_a_picture_is_gone() -> None:
    trick = picture().getvalue() + b"<script>alert(1)</script>"
    stored = uploads.store_picture(io.BytesIO(trick), folder="people")
    with default_storage.open(stored.path) as stream:
        assert b"script" not in stream.read()


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 40])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        uploads.store_picture(io.BytesIO(data), folder="people", field="photo")
    assert list(refused.value.fields) == ["photo"]


def test_a_picture_that_ends_too_early_is_called_damaged() -> None:
    whole = picture("JPEG").getvalue()
    with pytest.raises(InvalidInput, match="damaged"):
        uploads.store_picture(io.BytesIO(whole[: len(whole) // 2]), folder="people")


def test_a_picture_that_lies_about_its_width_is_called_damaged() -> None:
    """A width that is a text; to turn the picture upright, the library would write it as a number."""
    entries = struct.pack("<HHHI4s", 2, 0x0100, 2, 4, b"abc") + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + entries + bytes(4))
    with pytest.raises(InvalidInput, match="damaged"):
        uploads.store_picture(io.BytesIO(out.getvalue()), folder="people")


def test_a_sideways_picture_is_turned_and_a_palette_keeps_its_colours() -> None:
    sideways, few = io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (900, 300), "teal").save(sideways, "JPEG", exif=exif)
    Image.new("RGB", (900, 300), "teal").convert("P").save(few, "PNG", transparency=255)
    for upload, size in ((sideways, (171, 512)), (few, (512, 171))):
        upload.seek(0)
        with default_storage.open(uploads.store_picture(upload, folder="people").path) as file, Image.open(file) as out:
            red, green, blue = out.convert("RGB").getpixel((80, 80))  # type: ignore[misc]
            assert out.size == size and red < 20 and 100 < green < 155 and 100 < blue < 155


def test_a_small_file_of_billions_of_pixels_is_refused_for_them() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1_000)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    with pytest.raises(InvalidInput, match="50 million pixels"):
        uploads.store_picture(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)), folder="people")


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    out.seek(0)
    with pytest.raises(InvalidInput, match="pixels"):
        uploads.store_picture(out, folder="people")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("letter.txt", "Grüße".encode(), "text/plain"),
        ("evil.txt", b"<html><script>x</script></html>", "text/html"),
        ("plan.pdf", b"%PDF-1.4\n%%EOF", "application/pdf"),
        ("photo.png", None, "image/png"),
        ("noise.bin", b"\x00\x01\xfe\xff" * 30, "application/octet-stream"),
    ],
)
def test_the_type_is_what_the_content_says(name: str, data: bytes | None, expected: str) -> None:
    content = data if data is not None else picture().getvalue()
    stored = uploads.store_file(io.BytesIO(content), name=name, folder="files")
    assert (stored.content_type, stored.size, stored.name) == (expected, len(content), name)


@pytest.mark.parametrize(
    ("name", "data"), [("a.exe", b"x"), ("a.txt", b"MZ\x90"), ("run.SH", b"x"), ("a", b"#!/bin/sh")]
)
def test_programs_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="program"):
        uploads.store_file(io.BytesIO(data), name=name, folder="files")


def test_a_file_above_the_limit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="larger"):
        uploads.store_file(io.BytesIO(b"x" * 20), name="a.txt", folder="files", limit=10)


def test_a_served_file_cannot_act() -> None:
    stored = uploads.store_file(io.BytesIO(b"<html>hi</html>"), name='a"b.html', folder="files")
    response = uploads.serve(stored.path, name=stored.name, content_type=stored.content_type, inline=True)
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''ab.html"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


def test_a_missing_file_is_not_found() -> None:
    with pytest.raises(NotFound):
        uploads.serve("files/gone", name="gone", content_type="text/plain")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_names_lose_what_could_mislead(given: str, kept: str) -> None:
    assert uploads.clean_name(given) == kept
