"""When something last happened with a record: moved by the rooms whose activities stand on its timeline.

A contact's moment is that of the latest activity about the person, or what an import brought. A company's is the latest
of the activities about itself and of the moments of the people who are with it now: it is worked out anew from these
whenever one of them may have moved (docs/decisions/0010-last-activity-of-a-company.md).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from fairlead.people import latest
from fairlead.people.models import Company, Contact
from fairlead.tenancy.public import require_firm

# Companies come before their people, as a merge of companies locks them; each in the order of their ids.
MODELS: dict[str, type[Contact] | type[Company]] = {"company": Company, "contact": Contact}

_ROLL_UP = """
UPDATE people_company c SET last_activity_at = t.at FROM (/*latest*/) t
WHERE c.firm_id = %(firm)s AND c.id = t.id AND c.last_activity_at IS DISTINCT FROM t.at
"""
_SETTLE = """
UPDATE people_contact c SET last_activity_at = greatest(/*latest*/, c.activity_floor_at)
WHERE c.firm_id = %(firm)s AND c.id = ANY(%(ids)s) AND c.last_activity_at = %(gone)s
"""
# What no activity before the new one explains came with an import.
_KEEP = """
UPDATE people_contact c SET activity_floor_at = c.last_activity_at
WHERE c.firm_id = %(firm)s AND c.id = ANY(%(ids)s) AND c.last_activity_at > coalesce(/*latest*/, '-infinity')
"""


def touch_activity(about: Iterable[tuple[str, UUID]], moment: datetime) -> None:
    """Move `last_activity_at` of the records (noun, id) forward to `moment`, and that of the companies that contacts
    among them are with. It is no change of the record itself. A contact keeps beside it what an import had brought."""
    by_noun: dict[str, list[UUID]] = {"company": [], "contact": []}
    for noun, pk in about:
        by_noun.setdefault(noun, []).append(pk)
    employers = Contact.rows().filter(pk__in=by_noun["contact"], deleted_at=None, company__isnull=False)
    by_noun["company"] += employers.values_list("company_id", flat=True)
    older = Q(last_activity_at=None) | Q(last_activity_at__lt=moment)
    for noun, model in MODELS.items():
        found = _locked(model.rows().filter(older, pk__in=by_noun[noun]))
        if model is Contact:
            values = {"firm": require_firm(), "ids": found, "moment": moment}
            _run(_KEEP, latest.own("c", "%(moment)s"), values)
        model.rows().filter(pk__in=found).update(last_activity_at=moment)


@transaction.atomic
def settle_activity(contact_ids: Sequence[UUID], gone: datetime) -> None:
    """Take `last_activity_at` of contacts back to the latest activity that is left, or to what an import had brought
    if that is later, where the one that is gone, of `gone`, had made it."""
    found = _locked(Contact.rows().filter(pk__in=contact_ids, last_activity_at=gone))
    _run(_SETTLE, latest.own("c"), {"firm": require_firm(), "ids": found, "gone": gone})


@transaction.atomic
def roll_up(company_ids: Iterable[UUID]) -> int:
    """Work `last_activity_at` of companies out anew; return of how many it was another. Three statements in all.

    They are locked first: what is read after that holds all that others have committed about them. Nobody waits for
    contacts here, so that it is no matter in which order others lock the two.
    """
    found = _locked(Company.rows().filter(pk__in=list(company_ids)))
    return _run(_ROLL_UP, latest.of_companies(), {"firm": require_firm(), "ids": found})


def _locked(rows: Any) -> list[UUID]:
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def _run(statement: str, sql: str, values: dict[str, Any]) -> int:
    if not values["ids"]:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("/*latest*/", sql), values)
        return int(cursor.rowcount)
