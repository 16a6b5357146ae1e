"""Notes become one kind of activity. Only the names in the code change: the tables keep theirs, so the previous
version goes on working while this one starts.
"""

import django.db.models.deletion
from django.db import migrations, models

import fairlead.tenancy.base

RENAMED = {"link": "NoteLink", "revision": "NoteRevision", "mention": "NoteMention", "attachment": "NoteAttachment"}
UNIQUE = {
    "activitylink": ("note_link_once", ["firm", "note", "record_id"]),
    "activityrevision": ("note_revision_once", ["firm", "note", "version"]),
    "activitymention": ("note_mention_once", ["firm", "note", "membership"]),
}


def _key(name):
    more = {"db_index": False} if name == "link" else {}
    return fairlead.tenancy.base.FirmForeignKey(
        db_column="note_id",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
        on_delete=django.db.models.deletion.CASCADE,
        related_name=f"{name}s",
        to="activities.activity",
        **more,
    )


def _operations():
    yield migrations.RenameModel("Note", "Activity")
    yield migrations.AlterModelTable("activity", "activities_note")
    for name, old in RENAMED.items():
        model = f"activity{name}"
        yield migrations.RenameModel(old, f"Activity{name.capitalize()}")
        yield migrations.AlterModelTable(model, f"activities_note{name}")
    for model, (constraint, _) in UNIQUE.items():
        yield migrations.RemoveConstraint(model, constraint)
    yield migrations.RemoveIndex("activitylink", "note_link_record")
    for name in RENAMED:
        yield migrations.RenameField(f"activity{name}", "note", "activity")
        yield migrations.AlterField(f"activity{name}", "activity", _key(name))
    for model, (constraint, fields) in UNIQUE.items():
        renamed = ["activity" if f == "note" else f for f in fields]
        yield migrations.AddConstraint(model, models.UniqueConstraint(fields=renamed, name=constraint))
    yield migrations.AddIndex(
        "activitylink", models.Index(fields=["firm", "record_id", "activity"], name="note_link_record")
    )


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_pins_and_templates")]

    operations = [migrations.SeparateDatabaseAndState(state_operations=list(_operations()))]
