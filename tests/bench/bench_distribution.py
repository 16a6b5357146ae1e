"""Where a million contacts are: the page that counts them by country, city, and how complete their profiles are.

The baseline is the same count by plain SQL: one GROUP BY as the owner role, without a page around it.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tests.bench.figures import Figure, benchmark, median_ms
from tests.bench.stage import Stage

ANSWER_MS = 1_000
ROUNDS = 5
_PLAIN = {
    "country": "SELECT country, count(*) FROM people_contact WHERE firm_id = %s AND deleted_at IS NULL GROUP BY 1",
    "city": "SELECT city, country, count(*) FROM people_contact WHERE firm_id = %s AND deleted_at IS NULL "
    "GROUP BY 1, 2",
    "completeness": "SELECT (first_name <> '')::int + (last_name <> '')::int + (email <> '')::int + (phone <> '')::int "
    "+ (job_title <> '')::int + (company_id IS NOT NULL)::int + (city <> '')::int + (country <> '')::int, count(*) "
    "FROM people_contact WHERE firm_id = %s AND deleted_at IS NULL GROUP BY 1",
}


@benchmark("distribution")
def distribution(stage: Stage) -> Iterator[Figure]:
    """Answer the page as a browser asks for it, as the application role under row-level security."""
    from django.test import Client

    from fairlead.accounts.public import Membership
    from fairlead.tenancy.public import firm_context

    browser, page = Client(), f"/f/{stage.firm.slug}/distribution/"
    with firm_context(stage.firm.id):
        browser.force_login(Membership.rows().select_related("user").get(pk=stage.actor.membership_id).user)
    for by, plain in _PLAIN.items():
        with stage.owner() as connection:
            baseline = median_ms(partial(_counted, connection, plain, stage.firm.id), rounds=ROUNDS)
        asked = {"of": "contacts", "by": by}
        answer = browser.get(page, asked)
        assert answer.status_code == 200, answer.status_code
        ours = median_ms(partial(browser.get, page, asked), rounds=ROUNDS)
        yield Figure(f"distribution: contacts by {by}", ours, "ms", baseline, at_most=ANSWER_MS)


def _counted(connection: Any, statement: str, firm: Any) -> list[Any]:
    return list(connection.execute(statement, [firm]).fetchall())
