"""Files on activities."""

from collections.abc import Iterable
from functools import partial
from typing import IO
from uuid import UUID

from django.db import transaction

from fairlead.activities import access
from fairlead.activities.actions import activities, associating
from fairlead.activities.models import Activity, ActivityAttachment
from fairlead.events.public import record_many
from fairlead.kernel import uploads
from fairlead.kernel.errors import Conflict, Forbidden
from fairlead.tenancy.public import Actor

LIMIT = 20
FOLDER = "attachments"


def named_files() -> Iterable[str]:
    """Return the paths of the files on the firm's activities."""
    return ActivityAttachment.rows().values_list("file", flat=True)


@transaction.atomic
def attach(activity_id: UUID, upload: IO[bytes], name: str, *, by: Actor) -> ActivityAttachment:
    """Put a file on an activity. Raises `InvalidInput` (`file`) for a program or one that is too large."""
    by.require("notes.edit")
    activity = access.activity(by, activity_id, lock=True)
    if ActivityAttachment.rows().filter(activity=activity).count() >= LIMIT:
        raise Conflict(f"It carries at most {LIMIT} files.")
    stored = uploads.store_file(upload, name=name, folder=uploads.folder_of(by.firm_id, FOLDER))
    made: ActivityAttachment = ActivityAttachment.objects.create(
        activity=activity, file=stored.path, name=stored.name, content_type=stored.content_type, size=stored.size,
        sha256=stored.sha256,
    )  # fmt: skip
    _tell("file_added", made, by)
    return made


@transaction.atomic
def detach(attachment_id: UUID, *, by: Actor) -> None:
    """Delete a file from its activity: whoever wrote that may, and managers."""
    by.require("notes.edit")
    found = access.attachment(by, attachment_id, lock="to delete")
    if found.activity.author_id != by.membership_id and not by.can("notes.manage"):
        raise Forbidden("Only the note's author, or a manager, can delete its files.")
    transaction.on_commit(partial(uploads.remove, str(found.file.name)))
    _tell("file_removed", found, by)
    found.delete()


def _tell(verb: str, found: ActivityAttachment, by: Actor) -> None:
    activity: Activity = found.activity
    place, seen = associating.first_place(activities.places(activity), by)
    data = {**activities.facts(activity), "file": found.name, "size": found.size}
    record_many([associating.event(f"{activity.kind}.{verb}", place, seen, data)], by=by)
