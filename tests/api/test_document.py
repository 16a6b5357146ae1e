"""The OpenAPI document: valid, complete, and good enough to make a client from."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from fairlead.shell.api.strict import Input, Output

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(m, p, o) for p, item in document["paths"].items() for m, o in item.items() if m in METHODS]


def test_it_is_valid_openapi_31(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_no_two_shapes_share_a_name(document: dict[str, Any]) -> None:
    """The document knows shapes by the names of their classes: of two with one name it would tell of one."""
    names = [shape.__name__ for base in (Input, Output) for shape in descendants(base)]
    assert len(names) > 200
    assert sorted({name for name in names if names.count(name) > 1}) == []


def descendants(base: type) -> set[type]:
    found = {child for child in base.__subclasses__() if child.__module__.startswith("fairlead.")}
    return found.union(*(descendants(child) for child in found))


def test_every_operation_is_described_and_named_once(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len(found) > 90
    ids = [o["operationId"] for _, _, o in found]
    assert len(set(ids)) == len(ids), sorted(i for i in ids if ids.count(i) > 1)
    for method, path, operation in found:
        assert operation["summary"], (method, path)
        assert operation["tags"], (method, path)
        assert "401" in operation["responses"], (method, path)
        if method in ("post", "patch"):
            assert {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"], (method, path)


def test_a_generator_makes_a_client_of_it(document: dict[str, Any], tmp_path: Path) -> None:
    source = tmp_path / "openapi.json"
    source.write_text(json.dumps(document))
    made = subprocess.run(
        [str(Path(sys.executable).parent / "openapi-python-client"), "generate", "--path", str(source),
         "--meta", "none", "--output-path", str(tmp_path / "client"), "--config", str(_config(tmp_path))],
        capture_output=True, text=True, cwd=tmp_path, check=False, timeout=120,
    )  # fmt: skip
    told = made.stdout + made.stderr
    assert made.returncode == 0, told
    assert "ERROR" not in told, told
    assert (tmp_path / "client" / "api" / "contacts" / "contacts_list.py").exists()
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import client.api.contacts.contacts_list as c; c.sync"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], check=False, timeout=60).returncode == 0


def _config(folder: Path) -> Path:
    found = folder / "generator.yaml"
    found.write_text("post_hooks: []\n")
    return found
