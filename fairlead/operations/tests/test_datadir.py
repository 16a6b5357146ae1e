"""The data directory: secrets are made once, and are for their owner only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fairlead.operations import datadir
from fairlead.operations.datadir import DataDir


def test_a_secret_stays_what_it_is(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data").prepare()
    first = data.secret("secret_key")
    assert len(first) >= 43
    assert data.secret("secret_key") == first
    assert data.secret("field_key") != first


def test_only_the_owner_reads_secrets(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data").prepare()
    data.secret("secret_key")
    assert stat.S_IMODE((data.secrets / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.secrets.stat().st_mode) == 0o700


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data").prepare()
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: data.secret("secret_key"), range(32)))) == 1
    assert [f.name for f in data.secrets.iterdir()] == ["secret_key"]


def test_the_environment_names_the_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FAIRLEAD_DATA", str(tmp_path / "elsewhere"))
    assert datadir.default_path() == tmp_path / "elsewhere"


def test_a_checkout_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRLEAD_DATA")
    assert datadir.default_path() == datadir.CHECKOUT / "data"
