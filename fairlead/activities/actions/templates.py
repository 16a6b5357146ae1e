"""Activity templates."""

from uuid import UUID

from django.db import transaction

from fairlead.activities import access
from fairlead.activities.actions import associating
from fairlead.activities.models import NoteTemplate
from fairlead.events.public import record
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor

NAME_LENGTH = 80


@transaction.atomic
def save_template(name: str, body: str, *, by: Actor, template_id: UUID | None = None) -> NoteTemplate:
    """Create a template, or change the one with `template_id`. Raises `InvalidInput` or `NotFound`."""
    by.require("notes.edit")
    found = NoteTemplate(created_by_id=by.membership_id) if template_id is None else access.template(by, template_id)
    found.name, found.name_norm = squeeze(name), fold(squeeze(name))
    errors: dict[str, list[str]] = {}
    try:
        found.body = associating.clean_body(body, required="Write the text that notes start from.")
    except InvalidInput as error:
        errors |= error.fields
    if not 0 < len(found.name) <= NAME_LENGTH:
        errors["name"] = [f"A name of 1 to {NAME_LENGTH} characters is expected."]
    if errors:
        raise InvalidInput(errors)
    with unique(f"There is already a template called {found.name}."):
        found.save()
    record("note_template.saved", by=by, subject=("note_template", found.id), data={"name": found.name})
    return found


@transaction.atomic
def delete_template(template_id: UUID, *, by: Actor) -> None:
    """Delete a template; notes that began with it stay. Raises `NotFound`."""
    by.require("notes.edit")
    found = access.template(by, template_id)
    record("note_template.deleted", by=by, subject=("note_template", found.id), data={"name": found.name})
    found.delete()
