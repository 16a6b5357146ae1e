"""A file of a request that was rolled back is deleted in the end, and none that something names."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import RequestFactory
from PIL import Image

from fairlead.accounts.actions.profile import set_photo
from fairlead.accounts.jobs import sweep_photos
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.activities import write_note
from fairlead.activities.actions.attachments import attach
from fairlead.config.schedule import SCHEDULE
from fairlead.jobs.public import enqueue
from fairlead.jobs.run import Run, execute
from fairlead.jobs.testing import drain
from fairlead.kernel import clock, strays, uploads
from fairlead.operations.sweeping import sweep_files
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.people.actions.pictures import set_picture
from fairlead.people.models import Contact
from fairlead.records.actions.exports import start_export
from fairlead.records.imports import runs
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def drawn() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (30, 30), (200, 30, 30)).save(file, "PNG")
    file.seek(0)
    return file


def fill(person: Person) -> set[str]:
    """Store a file of every kind; return their paths."""
    with firm_context(person.firm.id):
        contact = create_contact({"first_name": "Ann"}, by=person.actor)
        note = write_note("<p>Called.</p>", [("contact", contact.id)], by=person.actor)
        attached = attach(note.id, BytesIO(b"some words"), "offer.txt", by=person.actor)
        picture = set_picture(contact.id, drawn(), by=person.actor).picture.name
        export = start_export(nouns.get("contact"), by=person.actor, columns=["name"])
        rows = BytesIO(b"First name,Email\nAnn,ann@x.example\n")
        upload = runs.upload("contact", rows, name="a.csv", by=person.actor)
        delete_contacts([contact.id], by=person.actor)  # in the bin it keeps its picture
    return {str(attached.file.name), str(picture), export.file, upload.file}


def stray(person: Person, kind: str) -> str:
    """Store a file in a transaction that is rolled back."""
    try:
        with transaction.atomic():
            stored = uploads.store_file(BytesIO(b"lost"), name="a.txt", folder=uploads.folder_of(person.firm.id, kind))
            raise RuntimeError
    except RuntimeError:
        return stored.path


def age(media: Path, days: float) -> None:
    moment = (clock.now() - timedelta(days=days)).timestamp()
    for path in media.rglob("*"):
        os.utime(path, (moment, moment))


def sweep(person: Person) -> None:
    enqueue(sweep_files, firm_id=person.firm.id)
    drain()


def test_what_was_rolled_back_goes_and_what_is_named_stays(alice: Person, charlie: Person, media: Path) -> None:
    named = fill(alice)
    strange = [stray(alice, kind) for kind in strays.kinds()]
    of_charlie = stray(charlie, "attachments")
    assert len(strange) == len(named) == 4
    age(media, days=3)
    young = stray(alice, "attachments")
    for _ in range(2):  # a second time there is nothing to do
        sweep(alice)
        assert [p for p in [*named, young, of_charlie] if not default_storage.exists(p)] == []
        assert [p for p in strange if default_storage.exists(p)] == []
    with firm_context(alice.firm.id):
        assert Contact.rows().exclude(picture="").exists()


def test_a_folder_that_no_room_knows_is_let_be(alice: Person, media: Path) -> None:
    unknown = stray(alice, "letters")
    age(media, days=30)
    sweep(alice)
    assert default_storage.exists(unknown)


def test_a_photo_that_no_log_in_shows_goes(alice: Person, bob: Person, media: Path) -> None:
    shown = set_photo(bob.user, drawn(), request=RequestFactory().get("/")).photo_path
    lost = [uploads.store_picture(drawn(), folder=f"users/{p.user.pk}").path for p in (alice, bob)]
    age(media, days=3)
    execute(sweep_photos, Run(1, "accounts.sweep_photos", None, None, 1), {})
    assert default_storage.exists(shown)
    assert [p for p in lost if default_storage.exists(p)] == []


def test_it_runs_every_night() -> None:
    assert {"operations.sweep_files", "accounts.sweep_photos"} <= {line.job for line in SCHEDULE}
