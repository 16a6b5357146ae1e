"""What the tests of this room begin with."""

from typing import Any

from fairlead.accounts.tests.cast import Person
from fairlead.people.public import create_company, create_contact
from fairlead.sales.actions import deals, pipelines, rates, reasons
from fairlead.sales.models import Deal, Pipeline, Stage
from fairlead.tenancy.public import firm_context


def pipeline(person: Person, template: str = "sales", name: str = "") -> Pipeline:
    with firm_context(person.firm.id):
        return pipelines.create_pipeline(template, by=person.actor, name=name)


def stages(pipeline: Pipeline) -> list[Stage]:
    """Return the open stages, then won and lost."""
    with firm_context(pipeline.firm_id):
        return list(Stage.rows().filter(pipeline=pipeline, archived_at=None).order_by("position"))


def deal(person: Person, title: str = "Kestrel website", **values: Any) -> Deal:
    with firm_context(person.firm.id):
        return deals.create_deal({"title": title, **values}, by=person.actor)


def reason(person: Person, name: str = "Price", kind: str = "loss") -> Any:
    with firm_context(person.firm.id):
        return reasons.create_reason(kind, name, by=person.actor)


def rate(person: Person, currency: str, rate: str) -> Any:
    with firm_context(person.firm.id):
        return rates.set_rate(currency, rate, by=person.actor)


def contact(person: Person, **values: Any) -> Any:
    with firm_context(person.firm.id):
        return create_contact({"first_name": "Ada", "last_name": "Byron", **values}, by=person.actor)


def company(person: Person, name: str = "Kestrel Ltd", **values: Any) -> Any:
    with firm_context(person.firm.id):
        return create_company({"name": name, **values}, by=person.actor)
