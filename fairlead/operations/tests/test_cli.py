"""What is typed wrongly is answered in words, before anything is done."""

import io
import socket
from pathlib import Path

import pytest
from django.db import OperationalError, ProgrammingError
from psycopg.errors import SyntaxError as WrongSQL
from psycopg.errors import UndefinedTable

from fairlead.kernel.errors import InvalidInput
from fairlead.operations import cli
from fairlead.operations.commands import doctor
from fairlead.operations.commands.firm import read_password
from fairlead.operations.supervisor import CannotRun, choose_port

KEY = ["key", "create", "--firm", "alder", "--user", "alice@alder.example"]


@pytest.mark.parametrize(
    "words", [["--data", "demo", "doctor"], ["doctor", "--data", "demo"], ["--data=run", "doctor"]]
)
def test_a_data_directory_may_be_called_as_a_command_is(words: list[str]) -> None:
    assert cli.build_parser(words).parse_args(words).execute is doctor.execute


@pytest.mark.parametrize("scopes", ["", ",", " , "])
def test_an_empty_list_of_scopes_makes_no_key_that_may_do_all(
    scopes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--data", str(tmp_path / "data"), *KEY, "--scopes", scopes]) == 1
    assert "scopes: Name a permission" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "typed", "said"), [("mapping", "{", "This is not JSON"), ("options", "[1]", "A JSON object is expected")]
)
def test_what_is_no_object_says_nothing_of_an_import(
    name: str, typed: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["import", "deals", __file__, "--firm", "alder", f"--{name}", typed]
    assert cli.main(["--data", str(tmp_path / "data"), *words]) == 1
    assert f"fairlead import: {name}: {said}" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_words_that_are_no_text_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--data", str(tmp_path / "data"), *KEY, "--name", "caf\udce9"]) == 1
    assert capsys.readouterr().err == "fairlead key: name: This is not UTF-8 text.\n"


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").write_text("mine")
    assert cli.main(["doctor", "--data", str(tmp_path / "data")]) == 1
    assert str(tmp_path / "data") in capsys.readouterr().err
    assert (tmp_path / "data").read_text() == "mine"


def test_a_database_that_is_away_or_was_never_migrated_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    never = ProgrammingError('relation "accounts_user" does not exist\nLINE 1: …')
    never.__cause__ = UndefinedTable()
    ours = ProgrammingError("a mistake of ours")
    ours.__cause__ = WrongSQL()
    raised: list[Exception] = []

    def execute(*_: object) -> int:
        raise raised[-1]

    monkeypatch.setattr(doctor, "execute", execute)
    for error, words in (
        (OperationalError("refused"), "does not answer: refused\n"),
        (never, "Run `fairlead migrate`"),
    ):
        raised.append(error)
        assert cli.main(["doctor"]) == 1
        assert words in capsys.readouterr().err
    raised.append(ours)
    with pytest.raises(ProgrammingError):
        cli.main(["doctor"])


@pytest.mark.parametrize("raw", [b"correct horse \xff\n", b"correct\x00horse battery\n", b"\n", b""])
def test_what_no_page_would_take_is_no_password(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for errors in ("strict", "surrogateescape"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", errors=errors))
        with pytest.raises(InvalidInput, match="password"):
            read_password(from_stdin=True)


def test_why_a_port_is_not_to_be_had_is_said() -> None:
    for port in (-1, 65536, 99999):
        with pytest.raises(CannotRun, match="There is no port"):
            choose_port("127.0.0.1", port)
    with pytest.raises(CannotRun, match=r"Cannot listen on 203\.0\.113\.9, port 8000"):
        choose_port("203.0.113.9", None)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CannotRun, match="is taken"):
            choose_port("127.0.0.1", other.getsockname()[1])
