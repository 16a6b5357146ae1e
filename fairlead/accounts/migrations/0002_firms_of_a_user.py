"""The one question that is asked before any firm is set: which firms are mine?"""

from django.db import migrations

# Row-level security hides memberships while no firm is set; this function of the tables' owner answers for one
# person only, and gives away nothing but ids. `ROWS` tells the planner that a person has a few firms, not a thousand.
FIRMS_OF_USER = """
CREATE FUNCTION firms_of_user(person uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 3
SET search_path = pg_catalog, public AS $$
    SELECT m.firm_id FROM public.accounts_membership m WHERE m.user_id = person AND m.deactivated_at IS NULL
$$;
"""


class Migration(migrations.Migration):
    """Add the function."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(FIRMS_OF_USER, "DROP FUNCTION firms_of_user(uuid)"),
    ]
