"""Which record a list of the API is asked about: for activities and tasks alike."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from fairlead.activities.models import Association, Kind
from fairlead.shell.api.params import Param

NOUN = Param("noun", "With `record`: of which kind it is, contact, company, deal …")
RECORD = Param("record", "Only what is about the record with this id.", "uuid")
KIND = Param("kind", "Only of this kind of activity.", choices=Kind.values)
ABOUT = (NOUN, RECORD)


def about(rows: QuerySet[Any], links: type[Association], key: str, asked: Mapping[str, Any]) -> QuerySet[Any]:
    """Return those of `rows` that the query asks for; `key` is the column of `links` that leads to them."""
    if not asked["record"]:
        return rows
    which = {"record_id": asked["record"]} | ({"noun": asked["noun"]} if asked["noun"] else {})
    return rows.filter(pk__in=links.rows().filter(**which).values(key))
