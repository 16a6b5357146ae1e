"""The backup file: whole or refused."""

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.operations.backups import archive
from fairlead.operations.backups.archive import BadBackup, Writer


def write(path: Path, members: dict[str, bytes]) -> Path:
    with path.open("wb") as file:
        writer = Writer(file)
        for name, content in members.items():
            writer.add(name, io.BytesIO(content))
        writer.finish({"version": "1.0"})
    return path


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    long_name = f"media/{'x' * 90}/{'y' * 90}/ü.bin"
    return write(
        tmp_path / "b.tar", {archive.DATABASE: bytes(range(256)) * 9000, "media/a": b"", long_name: b"1" * 513}
    )


def test_what_was_written_is_read(backup: Path) -> None:
    facts = archive.verify(backup)
    assert facts["version"] == "1.0"
    content = {name: source.read() for name, source in archive.members(backup)}
    assert content[archive.DATABASE] == bytes(range(256)) * 9000
    assert sorted(len(c) for n, c in content.items() if n.startswith("media/")) == [0, 513]


def test_other_programs_can_read_it(backup: Path) -> None:
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert names[0] == archive.FIRST
    assert names[-1] == archive.LAST


@settings(max_examples=60, deadline=None)
@given(cut=st.floats(0, 0.999))
def test_a_cut_file_is_refused(cut: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("cut") / "b.tar", {archive.DATABASE: b"rows" * 3000, "media/a": b"a" * 700})
    content = path.read_bytes()
    # The last two blocks are the tar's empty end, which holds nothing.
    path.write_bytes(content[: int((len(content) - 1024) * cut)])
    with pytest.raises(BadBackup):
        archive.verify(path)


@settings(max_examples=100, deadline=None)
@given(place=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_a_flipped_bit_is_never_restored_unnoticed(
    place: float, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    members = {archive.DATABASE: b"rows" * 3000, "media/a": b"a" * 700}
    path = write(tmp_path_factory.mktemp("flip") / "b.tar", members)
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1 << bit
    path.write_bytes(content)
    try:
        archive.verify(path)
    except BadBackup:
        return
    # It hit padding, or a field that is not ours (owner, time): names and contents are what they were.
    read = {name: source.read() for name, source in archive.members(path)}
    assert {name: read[name] for name in members} == members


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "media/../../evil"])
def test_names_that_lead_outside_are_refused(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "b.tar", {archive.DATABASE: b"rows", name: b"evil"})
    with pytest.raises(BadBackup, match="evil"):
        archive.verify(path)


def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w") as tar:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(BadBackup, match="media/link"):
        archive.verify(path)


def test_another_tar_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "notes.txt")
    with pytest.raises(BadBackup, match="not a backup"):
        archive.verify(path)


def test_a_backup_without_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="no database"):
        archive.verify(write(tmp_path / "b.tar", {"media/a": b"a"}))


def test_a_number_in_a_header_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    sparse = tarfile.TarInfo("media/a")
    sparse.pax_headers = {"GNU.sparse.map": "1,2,three"}
    path.write_bytes(sparse.tobuf(tarfile.PAX_FORMAT) + bytes(1024))
    with pytest.raises(BadBackup, match="damaged"):
        archive.verify(path)
