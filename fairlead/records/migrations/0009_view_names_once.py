from django.db import migrations, models

# The first of a name keeps it; a later one gets the lowest number that is free: "Clients (2)", within 80 characters.
NUMBERED = """
DO $$
DECLARE
    twin record;
    number integer;
    suffix text;
    made text;
BEGIN
    FOR twin IN
        SELECT v.id, v.firm_id, v.noun, v.owner_id, v.scope, v.team_id, v.name FROM {table} v
        WHERE EXISTS (
            SELECT FROM {table} o WHERE o.firm_id = v.firm_id AND o.noun = v.noun AND o.owner_id = v.owner_id
            AND o.scope = v.scope AND o.team_id IS NOT DISTINCT FROM v.team_id
            AND fairlead_fold(o.name) = fairlead_fold(v.name) AND (o.created_at, o.id) < (v.created_at, v.id))
        ORDER BY v.created_at, v.id
    LOOP
        number := 1;
        LOOP
            number := number + 1;
            suffix := ' (' || number || ')';
            made := left(twin.name, 80 - length(suffix)) || suffix;
            EXIT WHEN NOT EXISTS (
                SELECT FROM {table} o WHERE o.firm_id = twin.firm_id AND o.noun = twin.noun
                AND o.owner_id = twin.owner_id AND o.scope = twin.scope AND o.team_id IS NOT DISTINCT FROM twin.team_id
                AND fairlead_fold(o.name) = fairlead_fold(made));
        END LOOP;
        UPDATE {table} SET name = made WHERE id = twin.id;
    END LOOP;
    UPDATE {table} SET name_norm = fairlead_fold(name);
END $$
"""


class Migration(migrations.Migration):
    """A name stands once among the views of a list that an owner shares alike. The table is small: a few a member."""

    dependencies = [
        ("records", "0008_exports_count"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="name_norm",
            field=models.TextField(default="", help_text="Folded name (kernel.text)."),
            preserve_default=False,
        ),
        migrations.RunSQL(NUMBERED.format(table="records_savedview"), migrations.RunSQL.noop),
        # A view that got a number was written twice: its foreign keys wait to be checked, and no table changes meanwhile.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="savedview",
            name="name",
            field=models.TextField(help_text="Up to 80 characters; once for an owner and sharing of a list."),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("firm", "noun", "owner", "scope", "team", "name_norm"),
                name="saved_view_name_once",
                nulls_distinct=False,
            ),
        ),
    ]
