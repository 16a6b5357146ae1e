"""Tables of docs/ tell the truth: they name what the code reads, and nothing else."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from fairlead.operations.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "operations.md").read_text()
READERS = ("get", "pop", "setdefault", "getenv", "flag", "words", "secret", "database", "database_url")
PLATFORM = {"DISPLAY", "DJANGO_SETTINGS_MODULE", "PATH", "WAYLAND_DISPLAY", "XDG_DATA_HOME"}  # not ours to explain
INNER = {"prepare"}  # commands that `run` calls


def names(node: ast.expr) -> str | None:
    """Return the variable that an expression names: its text, or `FAIRLEAD_X_…` where the end is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return f"{node.values[0].value}…"
    return None  # a parameter: whoever passes it on names it


def shipped() -> Iterator[Path]:
    for path in (ROOT / "fairlead").rglob("*.py"):
        if "tests" not in path.parts and path.name != "settings_test.py":
            yield path


def for_developers() -> Iterator[Path]:
    yield ROOT / "conftest.py"
    for folder in ("bin", "tests"):
        yield from (ROOT / folder).rglob("*.py")


def variables_read(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            source: ast.expr | None = None
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                source = node.slice
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                owner = ast.unparse(node.func.value)
                if owner in ("os", "os.environ", "env", "environment") and node.func.attr in READERS:
                    source = node.args[0]
            if source is not None and (name := names(source)):
                yield name


def first_cells(heading: str, guide: str = GUIDE) -> list[str]:
    """Return the first cell of each row of the table below a heading."""
    section = guide.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [re.split(r"(?<!\\)\|", row)[1] for row in rows]


def test_every_variable_that_is_read_is_listed_and_no_other() -> None:
    listed = [name for cell in first_cells("Environment variables") for name in re.findall(r"`([^`]+)`", cell)]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(variables_read(shipped())) - PLATFORM


def test_every_variable_of_tests_and_benchmarks_is_listed_and_no_other() -> None:
    cells = first_cells("Variables of tests and benchmarks", (ROOT / "docs" / "adding-a-room.md").read_text())
    listed = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    read = {name for name in variables_read(for_developers()) if name.startswith("FAIRLEAD_")}
    assert set(listed) == read - set(variables_read(shipped()))


def test_every_command_is_listed_and_no_other() -> None:
    listed = {n.split()[0] for cell in first_cells("Command line") for n in re.findall(r"`([^`]+)`", cell)}
    assert listed == set(COMMANDS) - INNER


def test_the_rules_for_prometheus_can_be_copied() -> None:
    blocks = re.findall(r"(?:^ {4}.*\n|^\n)+", GUIDE, re.MULTILINE)
    groups = [yaml.safe_load(block)["groups"] for block in blocks if block.strip().startswith("groups:")]
    rules = [rule for group in groups for each in group for rule in each["rules"]]
    assert len(rules) > 3
    assert [rule for rule in rules if not rule.keys() <= {"alert", "expr", "for"} or " for:" in rule["expr"]] == []
