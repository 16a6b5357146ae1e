"""Bulk runs as the tests start and read them."""

from typing import Any

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.models import Contact, Tag
from fairlead.records.actions.bulk import start_bulk
from fairlead.records.models import BulkRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

ROME = {"field": "city", "op": "is", "value": "rome"}


def make(count: int, **values: Any) -> list[Contact]:
    return [Contact.objects.create(**{"name": f"C{n}", "city": "Rome", **values}) for n in range(count)]


def start(person: Person, verb: str, params: dict[str, Any], **selection: Any) -> BulkRun:
    with firm_context(person.firm.id):
        return start_bulk(nouns.get("contact"), verb, params, by=person.actor, **selection)


def fresh(run: BulkRun) -> BulkRun:
    with firm_context(run.firm_id):
        return BulkRun.rows().get(pk=run.pk)


def tag(person: Person, name: str) -> Tag:
    with firm_context(person.firm.id):
        return next(iter(ensure_tags([name], by=person.actor).values()))
