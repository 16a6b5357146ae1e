"""What `pip install fairlead` brings: everything, the built front end included."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.running import ROOT, Running, environment, installation

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = out.glob("fairlead-*.whl")
    return file


def test_it_carries_all_that_is_needed_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "fairlead/shell/static/build/manifest.json" in names
    assert "fairlead/operations/cli.py" in names
    assert "fairlead/shell/static/build/icons.svg.br" in names  # text is compressed once, when it is built
    carried = {name for name in names if name.startswith("fairlead/")}
    for file in (ROOT / "fairlead").rglob("*"):
        path = file.relative_to(ROOT).as_posix()
        if file.is_file() and "/tests/" not in path and "__pycache__" not in path and not path.endswith("/.stamp"):
            assert path in carried, path
    assert not [name for name in names if "/tests/" in name or name.startswith("tests/")]


def test_it_starts_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, done.stderr
    with installation(tmp_path / "data") as data:
        server = Running(data, program=[str(home / "bin" / "fairlead"), "run"], env={"PYTHONPATH": ""})
        try:
            server.wait_until_healthy()
            status, page = server.get("/accounts/login/")
            assert status == 200
            assert "/static/build/" in page
            asset = page.split('href="/static/build/')[1].split('"')[0]
            assert server.get(f"/static/build/{asset}")[0] == 200
        finally:
            server.stop()
        elsewhere = environment(data) | {"PYTHONPATH": ""}
        doctor = subprocess.run(
            [str(home / "bin" / "fairlead"), "doctor"],
            env=elsewhere,
            cwd=os.sep,
            capture_output=True,
            text=True,
            check=False,
        )
        assert doctor.returncode == 0, doctor.stdout + doctor.stderr
