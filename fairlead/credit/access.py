"""The only functions that hand out the model, profiles and estimates to a caller."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.credit.models import CreditEstimate, CreditFactor, CreditProfile, CreditScale, CreditStep
from fairlead.people.public import Contact
from fairlead.people.public import access as people
from fairlead.tenancy.public import Actor


def factors(actor: Actor) -> QuerySet[CreditFactor]:
    """Return the factors in their order."""
    actor.require("credit.simulate")
    return CreditFactor.rows().order_by("position", "id")


def steps(actor: Actor) -> QuerySet[CreditStep]:
    """Return what clients may do, in its order, with the factors."""
    actor.require("credit.simulate")
    return CreditStep.rows().select_related("factor").order_by("position", "id")


def scale(actor: Actor) -> tuple[int, int]:
    """Return the ends of the score."""
    actor.require("credit.simulate")
    found = CreditScale.rows().first() or CreditScale()
    return found.lowest, found.highest


def client(actor: Actor, contact_id: UUID) -> Contact:
    """Return the contact whose credit is in question; raise `NotFound`."""
    actor.require("credit.simulate")
    return people.contact(actor, contact_id)


def profile(actor: Actor, contact_id: UUID) -> CreditProfile | None:
    """Return where a client stands, None when nothing is known."""
    found: CreditProfile | None = CreditProfile.rows().filter(contact=client(actor, contact_id)).first()
    return found


def estimates(actor: Actor, contact_id: UUID) -> QuerySet[Any]:
    """Return the estimates that were kept for a client, the latest first."""
    rows = CreditEstimate.rows().filter(contact=client(actor, contact_id))
    return rows.select_related("made_by__user").order_by("-created_at", "-id")
