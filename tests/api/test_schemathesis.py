"""schemathesis against the running server: no 5xx, and every answer is one that the OpenAPI document tells of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from tests.api.live import HOME, server

SECONDS = os.environ.get("FAIRLEAD_SCHEMATHESIS_SECONDS", "60")


@pytest.mark.api
@pytest.mark.django_db(transaction=True)
def test_the_api_keeps_what_its_document_promises(alice: Person, tmp_path: Path) -> None:
    api = Api(alice)
    for first in ("Ada", "Bo"):
        api.post("contacts", {"first_name": first, "email": f"{first}@kestrel.example"})
    with server(tmp_path / "server.log") as url:
        run = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HOME / "tests/api/schemathesis.toml"),
             "run", f"{url}/api/v1/openapi.json", "-H", f"Authorization: Bearer {api.token}", "--no-color",
             "--max-time", SECONDS, *os.environ.get("FAIRLEAD_SCHEMATHESIS_ARGS", "").split(),
             "--generation-deterministic", "--continue-on-failure", "--warnings", "off"],
            capture_output=True, text=True, cwd=tmp_path, timeout=300, check=False,
        )  # fmt: skip
    Path(os.environ.get("FAIRLEAD_SCHEMATHESIS_LOG", os.devnull)).write_text(run.stdout)
    assert run.returncode == 0, (
        run.stdout[-20_000:] + run.stderr[-2_000:] + (tmp_path / "server.log").read_text()[-3_000:]
    )
