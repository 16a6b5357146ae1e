"""The tables of activities are called so; their first kind, the note, had given them its name.

Rows, policies and grants stay with a renamed table. The names of keys and constraints follow, as `tenancy.policies`
knows by name which of them are there: under the old names it would make each a second time.
"""

from django.db import migrations, models

import fairlead.tenancy.base

TABLES = {
    "activities_note": "activities_activity",
    "activities_notelink": "activities_activitylink",
    "activities_noterevision": "activities_activityrevision",
    "activities_notemention": "activities_activitymention",
    "activities_noteattachment": "activities_activityattachment",
}
INDEXES = {
    "note_recent": "activity_recent", "note_author": "activity_author", "note_link_record": "activity_link_record",
    "note_link_once": "activity_link_once", "note_revision_once": "activity_revision_once",
    "note_mention_once": "activity_mention_once",
}  # fmt: skip
# What is named after its table and column: first constraints, which take their indexes along, then other indexes.
FOLLOWING = """
DO $$ DECLARE it record; BEGIN
    FOR it IN SELECT conname AS name FROM pg_constraint
        WHERE conrelid = 'public.{now}'::regclass AND starts_with(conname, '{old}_') LOOP
        EXECUTE format('ALTER TABLE public.{now} RENAME CONSTRAINT %I TO %I', it.name,
            replace('{now}' || substr(it.name, length('{old}') + 1), '_{old_column}_', '_{now_column}_'));
    END LOOP;
    FOR it IN SELECT i.relname AS name FROM pg_index JOIN pg_class i ON i.oid = indexrelid
        WHERE indrelid = 'public.{now}'::regclass AND starts_with(i.relname, '{old}_') LOOP
        EXECUTE format('ALTER INDEX public.%I RENAME TO %I', it.name,
            replace('{now}' || substr(it.name, length('{old}') + 1), '_{old_column}_', '_{now_column}_'));
    END LOOP;
END $$
"""


def renamed(tables: dict[str, str], indexes: dict[str, str], column: tuple[str, str]) -> list[str]:
    """Return the SQL that gives tables, the column that names an activity, keys and indexes their new names."""
    old_column, now_column = column
    found = [f"ALTER TABLE public.{old} RENAME TO {now}" for old, now in tables.items()]
    for now in list(tables.values())[1:]:
        found.append(f"ALTER TABLE public.{now} RENAME COLUMN {old_column} TO {now_column}")
    found += [f"ALTER INDEX public.{old} RENAME TO {now}" for old, now in indexes.items()]
    for old, now in tables.items():
        found.append(FOLLOWING.format(old=old, now=now, old_column=old_column, now_column=now_column))
    return found


def back(names: dict[str, str]) -> dict[str, str]:
    """Return the names the other way round."""
    return {now: old for old, now in names.items()}


def key(related_name: str, **options: bool) -> models.Field:
    """Return the field that names the activity, as it is now."""
    return fairlead.tenancy.base.FirmForeignKey(
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
        on_delete=models.deletion.CASCADE, related_name=related_name, to="activities.activity", **options,
    )  # fmt: skip


def once(model: str, *beside: str) -> list[migrations.operations.base.Operation]:
    """Return the operations that give the one constraint of a part its new name."""
    fields = ("firm", "activity", *beside)
    kept = models.UniqueConstraint(fields=fields, name=f"activity_{model}_once")
    return [
        migrations.RemoveConstraint(f"activity{model}", f"note_{model}_once"),
        migrations.AddConstraint(f"activity{model}", kept),
    ]


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_what_is_due")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    renamed(TABLES, INDEXES, ("note_id", "activity_id")),
                    renamed(back(TABLES), back(INDEXES), ("activity_id", "note_id")),
                )
            ],
            state_operations=[
                *(migrations.AlterModelTable(name.removeprefix("activities_"), None) for name in TABLES.values()),
                migrations.RenameIndex("activity", new_name="activity_recent", old_name="note_recent"),
                migrations.RenameIndex("activity", new_name="activity_author", old_name="note_author"),
                migrations.RenameIndex("activitylink", new_name="activity_link_record", old_name="note_link_record"),
                *once("link", "record_id"),
                *once("revision", "version"),
                *once("mention", "membership"),
                migrations.AlterField("activitylink", "activity", key("links", db_index=False)),
                migrations.AlterField("activityrevision", "activity", key("revisions")),
                migrations.AlterField("activitymention", "activity", key("mentions")),
                migrations.AlterField("activityattachment", "activity", key("attachments")),
            ],
        )
    ]
