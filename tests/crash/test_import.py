"""kill -9 in the middle of an import: it goes on, and the result is the same as without.

FAIRLEAD_CRASH_ROWS sets how many rows (default 20,000; the figure promised is 200,000).
"""

import os
from pathlib import Path
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.models import Company, Contact, ContactEmail, ContactPhone, Tag, Tagging
from fairlead.records.imports import runs, verbs
from fairlead.records.models import FieldValue, ImportChange, ImportRun
from fairlead.tenancy.public import firm_context
from tests.bench.bench_import import write_file
from tests.crash.workers import marks, scalar, working
from tests.running import PATIENCE, until

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
ROWS = int(os.environ.get("FAIRLEAD_CRASH_ROWS", "20000"))
LONG = max(PATIENCE, ROWS / 200)  # seconds for all rows: 200 a second is far below what any machine does
COUNTS = ("created", "updated", "unchanged", "merged", "skipped", "errors", "rows_done")


def begin(person: Person, file: Path) -> ImportRun:
    with firm_context(person.firm.id), file.open("rb") as stream:
        run = runs.upload("contacts", stream, name=file.name, by=person.actor)
        return verbs.start(run.id, by=person.actor)


def state(person: Person, run: ImportRun) -> dict[str, Any]:
    """Return everything that the import made, without ids and times."""
    with firm_context(person.firm.id):
        run.refresh_from_db()
        names = ("email_norm", "first_name", "last_name", "phone", "city", "custom", "company__name")
        people = sorted(map(repr, Contact.rows().values_list(*names)))
        tags = sorted(Tag.rows().values_list("name", "usage_count"))
        many = {m.__name__: m.rows().count() for m in (Company, ContactEmail, ContactPhone, Tagging, FieldValue)}
        assert ImportChange.rows().filter(run=run, noun="contact").count() == len(people)
        return {"people": people, "tags": tags, "many": many, "counts": {n: getattr(run, n) for n in COUNTS}}


def test_a_killed_import_goes_on_and_ends_as_if_nothing_had_happened(
    alice: Person, charlie: Person, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "data" / "media"  # where the worker processes look
    file = tmp_path / "people.csv"
    write_file(file, ROWS)
    events = "SELECT count(*) FROM events_event WHERE type = 'contact.created' AND firm_id = %s"
    progress = "SELECT coalesce(max(rows_done), 0) FROM records_importrun WHERE firm_id = %s"
    ended = "SELECT count(*) FROM records_importrun WHERE firm_id = %s AND status = 'done'"
    with marks():
        calm = begin(charlie, file)
        with working(tmp_path / "calm.log") as worker:
            until(lambda: scalar(ended, charlie.firm.id), f"the undisturbed import ({worker.log})", seconds=LONG)
        run = begin(alice, file)
        for turn in (1, 2):
            before = scalar(progress, alice.firm.id)
            with working(tmp_path / f"{turn}.log") as worker:
                until(lambda before=before: scalar(progress, alice.firm.id) > before, f"a chunk ({worker.log})")
                worker.kill()
        assert 0 < scalar(progress, alice.firm.id) < ROWS, "killed in the middle"
        with working(tmp_path / "last.log") as worker:
            until(lambda: scalar(ended, alice.firm.id), f"the import done ({worker.log})", seconds=LONG)
    assert state(alice, run) == state(charlie, calm)
    assert scalar(events, alice.firm.id) == scalar(events, charlie.firm.id) == ROWS
