"""The process of live events beside the test's own server, on the same database and sessions."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from django.conf import settings
from django.db import connections
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from tests.browser.faces import Face
from tests.browser.working import work
from tests.running import ROOT, free_port, until


def _url(alias: str) -> str:
    known = connections[alias].settings_dict
    login = known["USER"] + (f":{known['PASSWORD']}" if known["PASSWORD"] else "")
    return f"postgresql://{login}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


@contextmanager
def live_process(server: str) -> Iterator[int]:
    """Run `fairlead live` and let the pages listen to it; yield its port."""
    port = free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("FAIRLEAD_TEST", "DJANGO_"))},
        "DATABASE_URL": _url("default"), "DATABASE_OWNER_URL": _url("owner"), "FAIRLEAD_URL": server,
        "FAIRLEAD_SECRET_KEY": settings.SECRET_KEY, "FAIRLEAD_DATA": str(settings.DATA), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "fairlead.operations.cli", "live", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, cwd=ROOT)
    sources = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"]
    allowed = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _listens(port), "the process of live events")
        settings.LIVE_PORT = port
        sources.append(allowed)
        yield port
    finally:
        settings.LIVE_PORT = 0
        if allowed in sources:
            sources.remove(allowed)
        process.terminate()
        process.wait(60)


def _listens(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/live-health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def open_page(face: Face, person: Person, path: str) -> Page:
    """Open a path of the firm as that person; return the page when it listens."""
    face.log_in(person)
    work()  # the worker was there before: who follows what is new follows it from now on
    face.page.goto(face.server + person.url(path), wait_until="commit", timeout=60_000)
    expect(face.page.locator("body[data-live-state=open]")).to_be_attached()
    return face.page
