"""Deals, and what can be done with them: each verb is a resource of its own."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.people.api import public as people
from fairlead.records.api.public import ONE, NounResource, Record, shapes
from fairlead.sales import access
from fairlead.sales.actions import associations, close_dates, line_items, moving, outcomes
from fairlead.sales.api import parts
from fairlead.sales.api.standing import DealStandingOutput, standing
from fairlead.sales.noun import DEAL
from fairlead.shell.api.endpoints import verb
from fairlead.shell.api.strict import Input

AMOUNT = "In minor units (cents) of `currency`."
CURRENCY = "ISO 4217; the firm's own when none is given. Changed without a value, the number stays: 12 EUR is 12 JPY."


class MoveInput(Input):
    """Where a deal goes."""

    stage = serializers.UUIDField(help_text="Id of the stage, of any pipeline.")
    from_stage = serializers.UUIDField(
        required=False, help_text="The stage you saw it in: 409 when somebody moved it meanwhile."
    )
    above = serializers.UUIDField(required=False, help_text="The deal that it is to stand below.")
    below = serializers.UUIDField(required=False, help_text="The deal that it is to stand above.")


class WinInput(Input):
    """Why it was won."""

    reason = serializers.UUIDField(required=False, allow_null=True, help_text="Id of a reason to win.")
    note = serializers.CharField(required=False, allow_blank=True, max_length=outcomes.NOTE_LENGTH)


class LossInput(Input):
    """Why it was lost, and to whom."""

    reason = serializers.UUIDField(required=False, allow_null=True, help_text="Id of a reason to lose.")
    competitor = serializers.UUIDField(required=False, allow_null=True, help_text="Id of a competitor.")
    note = serializers.CharField(required=False, allow_blank=True, max_length=outcomes.NOTE_LENGTH)


class ReopeningInput(Input):
    """Where a closed deal goes on."""

    stage = serializers.UUIDField(required=False, allow_null=True, help_text="By default the stage it was closed from.")
    note = serializers.CharField(required=False, allow_blank=True, max_length=outcomes.NOTE_LENGTH)


class CloseDateShiftInput(Input):
    """How far the expected close date moves."""

    days = serializers.IntegerField(
        min_value=-close_dates.FURTHEST, max_value=close_dates.FURTHEST, help_text="Days later; negative: earlier."
    )


class LineItemInput(Input):
    """Something in a deal: a product or a name."""

    product = serializers.UUIDField(required=False, allow_null=True)
    name = serializers.CharField(required=False, allow_blank=True, max_length=line_items.NAME_LENGTH)
    quantity = serializers.CharField(required=False, max_length=20, help_text="A decimal number; 1 when left out.")
    unit_price = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, help_text="Minor units; the product's price when left out."
    )
    discount = serializers.CharField(required=False, max_length=10, help_text="Percent, a decimal number.")


class LineItemsInput(Input):
    """All line items of a deal."""

    items = LineItemInput(many=True)
    sum_is_value = serializers.BooleanField(required=False, help_text="Make their sum the value of the deal (true).")


class ContactLinkInput(Input):
    """A person to put into a deal."""

    contact = serializers.UUIDField()
    role = serializers.CharField(required=False, allow_blank=True, max_length=associations.ROLE_LENGTH)
    primary = serializers.BooleanField(required=False)


class CompanyLinkInput(Input):
    """A company to put into a deal."""

    company = serializers.UUIDField()
    role = serializers.CharField(required=False, allow_blank=True, max_length=associations.ROLE_LENGTH)
    primary = serializers.BooleanField(required=False)


DealOutput = shapes.output(
    DEAL,
    tags=people.TagRefOutput(many=True, required=False),
    contacts=parts.LinkOutput(many=True, required=False),
    companies=parts.LinkOutput(many=True, required=False),
    items=parts.LineItemOutput(many=True, required=False),
)
DealInput = shapes.body(
    DEAL,
    value=serializers.IntegerField(
        min_value=0, max_value=10**15 - 1, required=False, allow_null=True, help_text=AMOUNT
    ),
    currency=serializers.CharField(required=False, min_length=3, max_length=3, help_text=CURRENCY),
    contact=serializers.UUIDField(required=False, allow_null=True, help_text="Id of the primary contact."),
    company_name=people.company_name(),
    pipeline=serializers.UUIDField(required=False, help_text="Only when it is created; the first one by default."),
    stage=serializers.UUIDField(required=False, help_text="Only when it is created; later, move it."),
)


class Deals(people.TagVerbs, NounResource, noun=DEAL, output=DealOutput, body=DealInput):
    """What the firm wants to win, hire or deliver."""

    parts = {"tags": people.tags, "contacts": parts.contacts, "companies": parts.companies, "items": parts.items}

    def binned(self) -> QuerySet[Any]:
        """Return the deals in the bin."""
        return access.binned_deals(self.actor)

    @verb("standing", DealStandingOutput, method="get", sparse=False)
    def standing(self, pk: UUID) -> dict[str, Any]:
        """Read the score and the health of a deal, with their reasons."""
        return standing(access.deal(self.actor, pk), self.actor)

    @verb("moves", DealOutput, body=MoveInput, **ONE)
    def move(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Move a deal to a stage.

        409 tells who moved it where, when `from_stage` is no longer its stage. 422 names each field that
        the stage still needs. A won or lost stage wins or loses the deal.
        """
        place = moving.Place(body.get("above"), body.get("below"))
        moving.move_deal(
            pk, body["stage"], by=self.actor, from_stage_id=body.get("from_stage"), version=self.expected_version,
            place=place,
        )  # fmt: skip
        return self.one(self.living(), pk)

    @verb("wins", DealOutput, body=WinInput, **ONE)
    def win(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Win a deal."""
        outcomes.win_deal(
            pk, by=self.actor, reason_id=body.get("reason"), note=body.get("note", ""), version=self.expected_version
        )
        return self.one(self.living(), pk)

    @verb("losses", DealOutput, body=LossInput, **ONE)
    def lose(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Lose a deal.

        A reason is required when the firm keeps reasons and asks for one.
        """
        outcomes.lose_deal(
            pk, by=self.actor, reason_id=body.get("reason"), competitor_id=body.get("competitor"),
            note=body.get("note", ""), version=self.expected_version,
        )  # fmt: skip
        return self.one(self.living(), pk)

    @verb("reopenings", DealOutput, body=ReopeningInput, **ONE)
    def reopen(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Take a closed deal up again."""
        outcomes.reopen_deal(
            pk, by=self.actor, stage_id=body.get("stage"), note=body.get("note", ""), version=self.expected_version
        )
        return self.one(self.living(), pk)

    @verb("close-date-shifts", DealOutput, body=CloseDateShiftInput, **ONE)
    def shift_close_date(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Move the expected close date by a number of days."""
        close_dates.shift_close_date(pk, body["days"], by=self.actor)
        return self.one(self.living(), pk)

    @verb("line-items", DealOutput, body=LineItemsInput, method="put", **ONE)
    def set_line_items(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Replace the line items of a deal."""
        line_items.set_line_items(
            pk, body["items"], by=self.actor, sum_is_value=body.get("sum_is_value", True), version=self.expected_version
        )
        return self.one(self.living(), pk)

    @verb("contacts", DealOutput, body=ContactLinkInput, **ONE)
    def add_contact(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Put a person into a deal, or change the person's role in it."""
        associations.add_contact(
            pk, body["contact"], by=self.actor, role=body.get("role", ""), primary=body.get("primary", False)
        )
        return self.one(self.living(), pk)

    @verb("companies", DealOutput, body=CompanyLinkInput, **ONE)
    def add_company(self, pk: UUID, body: dict[str, Any]) -> Record:
        """Put a company into a deal, or change its role in it."""
        associations.add_company(
            pk, body["company"], by=self.actor, role=body.get("role", ""), primary=body.get("primary", False)
        )
        return self.one(self.living(), pk)
