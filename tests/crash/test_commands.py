"""The contract for scripts: every command, while the installation runs and while it does not."""

import io
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from tests.prepared import prepared_installation
from tests.running import PASSWORD, PATIENCE, Running, fairlead, until

pytestmark = pytest.mark.crash
CSV = "First Name,Last Name,Email\nDana,Dogwood,dana@dogwood.example\nEve,Elder,eve@elder.example\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two firms: Alice's and Charlie's."""
    with prepared_installation(tmp_path_factory.mktemp("commands") / "data") as path:
        assert fairlead(path, "migrate", "--quiet").returncode == 0
        for slug, owner in (("alder", "alice@alder.example"), ("birch", "charlie@birch.example")):
            done = create_firm(path, slug, owner)
            assert done.returncode == 0, done.stderr
            assert done.stdout == f"/f/{slug}/\n"
        yield path


@pytest.fixture(scope="module", params=["stopped", "running"])
def state(request: pytest.FixtureRequest, data: Path) -> Iterator[Running | None]:
    """The installation does not run; the installation runs."""
    if request.param == "stopped":
        yield None
        return
    server = Running(data, "--empty")
    try:
        server.wait_until_healthy()
        yield server
        assert server.health()["http"] == 200
    finally:
        server.stop()


def create_firm(data: Path, slug: str, owner: str, password: str = PASSWORD) -> Any:
    words = ["firm", "create", "--slug", slug, "--name", slug.title(), "--owner", owner, "--password-stdin"]
    return fairlead(data, *words, stdin=password + "\n")


def create_key(data: Path, firm: str, user: str, *more: str) -> str:
    done = fairlead(data, "key", "create", "--firm", firm, "--user", user, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_contract(state: Running | None, data: Path, tmp_path: Path) -> None:
    key = create_key(data, "alder", "alice@alder.example")
    assert key.count("\n") == 1
    assert len(key.split()) == 1
    file = tmp_path / "people.csv"
    file.write_text(CSV)
    words = ["import", "contacts", str(file), "--firm", "alder", "--json"]
    rehearsal = json.loads(fairlead(data, *words, "--dry-run").stdout)
    assert {"created", "updated", "unchanged", "skipped", "errors"} <= rehearsal.keys()
    first = json.loads(fairlead(data, *words).stdout)
    again = json.loads(fairlead(data, *words).stdout)
    assert first["created"] == rehearsal["created"]
    assert (again["created"], again["unchanged"], again["errors"]) == (0, 2, 0)
    file.write_text("First name,Last name\nCleo,Nameless\n")
    allowed = json.loads(fairlead(data, *words, "--options", '{"allow_without_address": true}').stdout)
    assert (allowed["created"] + allowed["unchanged"], allowed["errors"]) == (1, 0)
    doctor = json.loads(fairlead(data, "doctor", "--json").stdout)
    assert doctor["status"] in ("ok", "degraded")
    assert {"database", "worker", "queue", "log_consumers"} <= doctor["checks"].keys()
    link = fairlead(data, "login-link", "alice@alder.example").stdout.strip()
    assert link.startswith("http://")
    if state:
        assert f":{state.port}/" in link
        assert state.get(link.split(str(state.port), 1)[1])[0] == 200


@pytest.mark.parametrize("state", ["running"], indirect=True)
def test_a_key_opens_its_own_firm_only(state: Running, data: Path) -> None:
    key = create_key(data, "alder", "alice@alder.example", "--scopes", "contacts.view").strip()
    request = urllib.request.Request(
        f"http://127.0.0.1:{state.port}/api/v1/contacts", headers={"Authorization": f"Bearer {key}"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        assert answer.status == 200
        assert "birch" not in answer.read().decode()


BAD = [
    ("firm create --slug alder --name N --owner x@y.example --password-stdin", PASSWORD, "taken"),
    ("firm create --slug Not.OK --name N --owner x@y.example --password-stdin", PASSWORD, "slug"),
    ("firm create --slug new-one --name N --owner nobody --password-stdin", PASSWORD, "email"),
    ("firm create --slug new-one --name N --owner x@y.example --password-stdin", "123", "password"),
    ("firm create --slug new-one --name N --owner x@y.example --password-stdin", "", "password"),
    ("key create --firm nowhere --user alice@alder.example", "", "nowhere"),
    ("key create --firm alder --user charlie@birch.example", "", "charlie"),
    ("key create --firm alder --user alice@alder.example --scopes contacts.fly", "", "contacts.fly"),
    ("import contacts /nowhere.csv --firm alder", "", "/nowhere.csv"),
    (f"import contacts {__file__} --firm nowhere", "", "nowhere"),
    (f"import contacts {__file__} --firm alder --mapping {{", "", "JSON"),
    ("login-link nobody@nowhere.example", "", "nobody@nowhere.example"),
]


@pytest.fixture(scope="module")
def database(data: Path) -> Iterator[None]:
    """Keep the database up between commands that would each start and stop it."""
    server = Instance(DataDir(data)).postgres
    server.enter(lambda url: None)
    try:
        yield
    finally:
        server.leave()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("words", "stdin", "message"), BAD)
def test_bad_input_is_named_and_changes_nothing(data: Path, words: str, stdin: str, message: str) -> None:
    done = fairlead(data, *words.split(), stdin=stdin)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_restore_over_an_installation_is_refused(tmp_path: Path) -> None:
    upload = tmp_path / "media" / "alder" / "portrait.png"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"somebody's")
    done = fairlead(tmp_path, "restore", "/nowhere.tar")
    assert (done.returncode, done.stdout) == (1, "")
    assert "installation already" in done.stderr
    assert upload.read_bytes() == b"somebody's"


def test_wrong_words_are_explained(data: Path) -> None:
    done = fairlead(data, "fly")
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
    assert "backup" in fairlead(data, "--help").stdout


def test_the_data_directory_may_stand_anywhere(data: Path) -> None:
    for words in (["--data", str(data), "login-link", "alice@alder.example"],
                  ["login-link", "--data", str(data), "alice@alder.example"]):  # fmt: skip
        assert fairlead(data.parent / "other", *words).returncode == 0
    assert not (data.parent / "other").exists()


def test_two_commands_at_once_share_the_server(data: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: fairlead(data, "login-link", "alice@alder.example"), range(3)))
    assert [d.returncode for d in done] == [0, 0, 0], [d.stderr for d in done]


def test_the_first_start_makes_a_demo_firm_that_can_be_removed(tmp_path: Path) -> None:
    with prepared_installation(tmp_path / "data") as data:  # from nothing at all: tests/wheel
        server = Running(data)
        try:
            server.wait_until_healthy()
            until(lambda: "Log in, once" in server.log.read_text(), "a login link")
            link = next(line for line in server.log.read_text().splitlines() if "Log in, once" in line)
            assert server.get(link.split(str(server.port), 1)[1])[0] == 200
            removed = fairlead(data, "demo", "remove")
            assert removed.stdout == "1 demo firms removed.\n", removed.stderr
        finally:
            server.stop()
        again = fairlead(data, "prepare")
        assert json.loads(again.stdout)["login"], "the operator's login stays"
        assert "1 demo" not in fairlead(data, "demo", "remove").stdout


def test_a_closed_standard_input_is_no_password() -> None:
    from fairlead.kernel.errors import InvalidInput
    from fairlead.operations.commands.firm import read_password

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO(""))
        assert read_password(from_stdin=False) is None
        with pytest.raises(InvalidInput):
            read_password(from_stdin=True)
