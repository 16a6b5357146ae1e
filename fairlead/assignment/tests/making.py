"""What the tests of this room begin with."""

from typing import Any
from uuid import UUID

from fairlead.accounts.tests.cast import Person
from fairlead.assignment.actions import rules, territories
from fairlead.assignment.jobs import follow
from fairlead.assignment.models import Rule, Territory
from fairlead.events.public import Event
from fairlead.people.public import Contact, create_contact
from fairlead.tenancy.public import firm_context

EVERY: dict[str, Any] = {"all": []}
BERLIN = {"all": [{"field": "city", "op": "is", "value": "Berlin"}]}


def rule(by: Person, *members: Person, name: str = "Everybody", **values: Any) -> Rule:
    """Make a rule for contacts that gives to these people in turn."""
    given = {"name": name, "criteria": EVERY, "members": [m.membership.pk for m in members], **values}
    with firm_context(by.firm.pk):
        return rules.create_rule(given, by=by.actor)


def territory(by: Person, name: str, *members: Person, countries: list[str], **values: Any) -> Territory:
    given = {"name": name, "countries": countries, "members": [m.membership.pk for m in members], **values}
    with firm_context(by.firm.pk):
        return territories.create_territory(given, by=by.actor)


def lead(by: Person, name: str = "Ada", **values: Any) -> Contact:
    with firm_context(by.firm.pk):
        return create_contact({"first_name": name, **values}, by=by.actor)


def catch_up(person: Person) -> None:
    """Hand the consumer all events of the firm, as the worker would; those it has had change nothing."""
    with firm_context(person.firm.pk):
        kinds = ("contact.created", "deal.created")
        follow(list(Event.rows().filter(type__in=kinds).order_by("generation", "tx", "id")))


def owner(person: Person, record: Any) -> UUID | None:
    with firm_context(person.firm.pk):
        found: UUID | None = type(record).rows().values_list("owner_id", flat=True).get(pk=record.pk)
        return found
