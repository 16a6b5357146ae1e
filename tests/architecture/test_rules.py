"""The house rules that a machine can check."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from fairlead.tenancy.policies import firm_keys, firm_models
from fairlead.tenancy.public import FirmForeignKey

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "fairlead"
ACROSS_FIRMS = {"events_head_seq"}  # fairlead/events/models/head.py says why
ROOMS = ("tenancy", "jobs", "events", "accounts", "oauth", "records", "search", "notifications", "people", "credit",
         "segments", "activities", "sales", "assignment", "api")  # fmt: skip
# The parts of the import engine that a noun's importer is written with (docs/decisions/0007-public-modules.md).
IMPORTERS = {
    f"fairlead.records.imports.{part}"
    for part in ("by_rules", "by_verbs", "columns", "convert", "plug", "problems", "samples", "suggest")
}
FILE_LINES, FUNCTION_LINES, TEMPLATE_COLUMNS = 300, 30, 200


def sources(*, migrations: bool = False) -> list[Path]:
    found = [p for p in PACKAGE.rglob("*.py") if "tests" not in p.parts]
    return sorted(p for p in found if ("migrations" in p.parts) == migrations)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # A name may be a module: `from fairlead.search import public`, `from fairlead.records.imports import plug`.
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if is_module(name) else node.module for name in inner)


def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module of ours."""
    return (ROOT / name.replace(".", "/")).with_suffix(".py").exists()


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def written() -> list[Path]:
    """Return every file that people write, tests and the front end too: all but migrations."""
    beside = [p for folder in ("tests", "bin") for p in (ROOT / folder).rglob("*.py")]
    beside += (ROOT / "frontend" / "src").rglob("*.ts")
    return sorted([*(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts), *beside, ROOT / "conftest.py"])


def test_files_stay_short() -> None:
    long = {name(p): n for p in written() if (n := len(p.read_text().splitlines())) >= FILE_LINES}
    assert long == {}


def test_functions_stay_short() -> None:
    long = {
        f"{name(path)}:{node.name}": body_lines(node)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > FUNCTION_LINES
    }
    assert long == {}


def test_templates_can_be_read() -> None:
    """A line is a tag or two. Attributes with a sentence in them are as long as the sentence."""
    lines = ((p, at, line) for p in PACKAGE.rglob("*.html") for at, line in enumerate(p.read_text().splitlines(), 1))
    long = [f"{name(path)}:{at}" for path, at, line in lines if len(line) > TEMPLATE_COLUMNS]
    assert not long, "White space never shows beside what is a block, in a flex box or a table, or between attributes."


def test_only_actions_write() -> None:
    """Pages and API call actions; the words that write never stand in them."""
    writing = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    guilty = []
    for path in sources():
        folders = set(path.relative_to(PACKAGE).parts[:-1])
        if not {"web", "api"} & folders or "actions" in folders:
            continue
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner, verb = node.func.value, node.func.attr
            through_manager = verb in writing and isinstance(owner, ast.Attribute) and owner.attr == "objects"
            in_sets = verb in ("update", "delete") and asks_rows(owner)
            if through_manager or in_sets or verb == "save":
                guilty.append(f"{name(path)}:{node.lineno}")
    assert guilty == []


def asks_rows(node: ast.expr) -> bool:
    """Tell whether a chain of calls begins with the rows of a model: `Thing.rows().filter(…)`."""
    attributes = [n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)]
    return bool({"rows", "objects"} & set(attributes))


def test_a_room_is_entered_through_its_public_module() -> None:
    guilty = []
    for path in sources():
        own = path.relative_to(PACKAGE).parts[0]
        if own in ("config", "operations"):
            continue
        for module in imports(tree(path)):
            parts = module.split(".")
            foreign = parts[0] == "fairlead" and len(parts) > 1 and parts[1] in ROOMS and parts[1] != own
            # Models inherit from models: while apps load, the public modules are not there yet.
            base = parts[2:3] == ["models"] and "models" in path.parts
            importer = module in IMPORTERS and path.parent.name == "importing"
            if foreign and not base and not importer and parts[-1] not in ("public", "testing"):
                guilty.append(f"{name(path)} imports {module}")
    assert guilty == []


def test_every_folder_of_modules_is_a_package() -> None:
    """What looks at imports, here and in the floors' contract, passes over a folder that is none."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_the_clock_is_read_in_one_place() -> None:
    guilty = [
        f"{name(path)}:{node.lineno}"
        for path in sources()
        if path.relative_to(PACKAGE).parts[0] not in ("kernel", "operations")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "timezone", "date")
    ]
    assert guilty == []


def test_pages_write_days_as_their_viewer_does() -> None:
    pages = [page for page in PACKAGE.rglob("templates/**/*.html") if "mail" not in page.parts]
    fixed = re.compile(r"""\|date:(["'])([^"']*[jd][^"']*)\1""")
    found = {f"{name(p)}: {m[2]}" for p in pages for m in fixed.finditer(p.read_text()) if "Y-m-d" not in m[2]}
    assert not found, "A day is written by the filters of kernel.dates: day, short_day, moment, week_day …"


def test_alerts_are_of_a_kind_that_is_drawn() -> None:
    """A kind of no colour and no role would be read by nobody."""
    pages = PACKAGE.rglob("templates/**/*.html")
    kinds = {(name(page), kind) for page in pages for kind in re.findall(r'<c-alert kind="(\w+)"', page.read_text())}
    assert [(page, kind) for page, kind in kinds if kind not in ("info", "success", "warning", "danger")] == []


def test_migrations_import_no_app_code() -> None:
    """Only the callables that Django itself writes into migrations as field defaults, and field classes."""
    allowed = ("fairlead.kernel", "fairlead.tenancy.context", "fairlead.tenancy.base", "fairlead.accounts.models.user")
    guilty = [
        f"{name(path)} imports {module}"
        for path in sources(migrations=True)
        for module in imports(tree(path))
        if module.startswith("fairlead.") and not module.startswith(allowed)
    ]
    assert guilty == []


def test_no_room_uses_signals() -> None:
    guilty = [
        name(path)
        for path in sources()
        if path != PACKAGE / "tenancy" / "apps.py" and "django.db.models.signals" in imports(tree(path))
    ]
    assert guilty == []


def test_keys_between_firm_tables_carry_the_firm() -> None:
    plain = [str(k) for m in firm_models() for k in firm_keys(m) if not isinstance(k, FirmForeignKey)]
    assert plain == []


def test_every_index_of_a_firm_table_leads_with_the_firm() -> None:
    guilty = []
    for model in firm_models():
        unique = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
        for rule in [*model._meta.indexes, *unique]:
            if rule.fields and rule.fields[0] != "firm" and rule.name not in ACROSS_FIRMS:
                guilty.append(rule.name)
    assert guilty == []


def test_every_room_says_what_it_is() -> None:
    for room in (*ROOMS, "shell", "operations"):
        readme = PACKAGE / room / "README.md"
        assert readme.exists(), room
        assert len(readme.read_text().splitlines()) <= 60, room


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_have_their_app(room: str) -> None:
    assert apps.get_app_config(room).path == str(PACKAGE / room)


def test_every_job_is_known_once_the_rooms_are_plugged_in() -> None:
    """In a process of its own: in this one, other tests have imported the modules that declare jobs."""
    declared = {
        str(decorator.args[0].value)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "job"
        if isinstance(decorator.args[0], ast.Constant)
    }
    code = (
        "import django; django.setup(); from fairlead.jobs import registry; from fairlead.jobs.schedule import schedule"
        f"; schedule(); [registry.get(name) for name in {sorted(declared)!r}]"
    )
    assert len(declared) > 20
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
