"""Products, rates, reasons and rules of scores."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.sales import access
from fairlead.sales.actions import products, rates, reasons, scoring
from fairlead.sales.models import CurrencyRate, Product, Reason, ScoreRule
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.paging import Page
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output
from fairlead.tenancy.public import one

ARCHIVED = Param("archived", "List what is no longer on offer instead.", "boolean", default=False)
KIND = Param("kind", "Only words of this kind.", choices=Reason.Kind.values)


class ProductInput(Input):
    """A product."""

    name = serializers.CharField(max_length=200)
    sku = serializers.CharField(max_length=60, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=40, required=False, allow_blank=True)
    description = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    unit_price = serializers.IntegerField(min_value=0, max_value=10**15 - 1, required=False, help_text="Minor units.")
    currency = serializers.CharField(min_length=3, max_length=3, required=False, help_text="ISO 4217.")


class ProductOutput(Output):
    """A product."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sku = serializers.CharField()
    unit = serializers.CharField()
    description = serializers.CharField()
    unit_price = serializers.IntegerField(help_text="Minor units.")
    currency = serializers.CharField()
    archived_at = serializers.DateTimeField(allow_null=True)


class Products(Resource):
    """What the firm sells."""

    tag = "Products"

    @endpoint(ProductOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name", params=(ARCHIVED,))
    def list(self) -> QuerySet[Product]:
        """List products."""
        return access.products(self.actor, archived=self.query["archived"])

    @endpoint(ProductOutput)
    def retrieve(self, pk: UUID) -> Product:
        """Read one product."""
        self.actor.require("deals.view")
        return one(Product.rows(), pk)

    @endpoint(ProductOutput, body=ProductInput, status=201)
    def create(self, body: dict[str, Any]) -> Product:
        """Put something on offer."""
        return products.create_product(body, by=self.actor)

    @endpoint(ProductOutput, body=ProductInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Product:
        """Change a product."""
        return products.update_product(pk, body, by=self.actor)

    @verb("archivings", ProductOutput)
    def archive(self, pk: UUID) -> Product:
        """Take a product off the list."""
        return products.archive_product(pk, by=self.actor)

    @verb("restorings", ProductOutput)
    def restore(self, pk: UUID) -> Product:
        """Put a product back on the list."""
        return products.restore_product(pk, by=self.actor)


class RateInput(Input):
    """A rate."""

    currency = serializers.CharField(min_length=3, max_length=3, help_text="ISO 4217.")
    rate = serializers.CharField(max_length=25, help_text="What one unit is worth in the firm's currency, a decimal.")
    valid_from = serializers.DateField(required=False, help_text="Today when left out.")
    base = serializers.CharField(
        min_length=3, max_length=3, required=False,
        help_text="The firm's currency as the caller knows it: refused when it is another by now.",
    )  # fmt: skip


class RateOutput(Output):
    """A rate."""

    id = serializers.UUIDField()
    currency = serializers.CharField()
    rate = serializers.CharField(source="exact", help_text="A decimal.")
    valid_from = serializers.DateField()
    created_at = serializers.DateTimeField()


class CurrencyRates(Resource):
    """What other currencies are worth in the firm's."""

    tag = "Currency rates"

    @endpoint(RateOutput, paged=True, sorts={"currency": "currency", "valid_from": "valid_from"},
              default_sort="currency")  # fmt: skip
    def list(self) -> QuerySet[CurrencyRate]:
        """List rates, past ones too."""
        self.actor.require("deals.view")
        return CurrencyRate.rows()

    @endpoint(RateOutput)
    def retrieve(self, pk: UUID) -> CurrencyRate:
        """Read a rate."""
        self.actor.require("deals.view")
        return one(CurrencyRate.rows(), pk)

    @endpoint(RateOutput, body=RateInput, status=201)
    def create(self, body: dict[str, Any]) -> CurrencyRate:
        """Set a rate from a day on."""
        return rates.set_rate(
            body["currency"], body["rate"], valid_from=body.get("valid_from"), base=body.get("base", ""), by=self.actor
        )

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Take a rate away."""
        rates.delete_rate(pk, by=self.actor)


class ConditionsOutput(Output):
    """What is kept and compares with amounts that name no currency: they are in the firm's, whatever it is."""

    kind = serializers.CharField(source="kept.kind", help_text="View, Segment, Tag rule, Persona, …")
    id = serializers.UUIDField(source="kept.id")
    name = serializers.CharField(source="kept.name")
    noun = serializers.CharField(source="kept.noun", help_text="Whose records it is about.")
    conditions = serializers.ListField(child=serializers.CharField(), help_text="In words.")
    changed_at = serializers.DateTimeField(source="kept.changed_at")


class CurrencyConditions(Resource):
    """Conditions that another currency of the firm leaves as they were typed."""

    tag = "Currency rates"

    @endpoint(ConditionsOutput, paged=True)
    def list(self) -> Page:
        """List views, segments and rules with amounts in the firm's currency; there is only one page.

        They stay as typed when the firm changes its currency: look at them then.
        """
        return Page(access.conditions(self.actor))


class ReasonInput(Input):
    """A word."""

    kind = serializers.CharField(max_length=20, help_text="win, loss or competitor.")
    name = serializers.CharField(max_length=reasons.NAME_LENGTH)


class ReasonName(Input):
    """A new name."""

    name = serializers.CharField(max_length=reasons.NAME_LENGTH)


class ReasonOutput(Output):
    """A word of the firm."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="win, loss or competitor.")
    name = serializers.CharField()
    position = serializers.IntegerField()


class Reasons(Resource):
    """Why deals are won and lost, and against whom."""

    tag = "Reasons"

    @endpoint(ReasonOutput, paged=True, sorts={"position": "position", "name": "name_norm"}, default_sort="position",
              params=(KIND,))  # fmt: skip
    def list(self) -> QuerySet[Reason]:
        """List the firm's words."""
        return access.reasons(self.actor, self.query["kind"] or "")

    @endpoint(ReasonOutput)
    def retrieve(self, pk: UUID) -> Reason:
        """Read a word."""
        return one(access.reasons(self.actor), pk)

    @endpoint(ReasonOutput, body=ReasonInput, status=201)
    def create(self, body: dict[str, Any]) -> Reason:
        """Add a word."""
        return reasons.create_reason(body["kind"], body["name"], by=self.actor)

    @endpoint(ReasonOutput, body=ReasonName)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Reason:
        """Rename a word."""
        if "name" not in body:
            return one(access.reasons(self.actor), pk)
        return reasons.update_reason(pk, body["name"], by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Take a word off its list; past deals keep it."""
        reasons.archive_reason(pk, by=self.actor)


class ScoreRuleInput(Input):
    """A rule."""

    name = serializers.CharField(max_length=scoring.NAME_LENGTH)
    criteria = serializers.DictField(help_text="A tree over deals, as the search takes it.")
    points = serializers.IntegerField(min_value=-scoring.POINTS, max_value=scoring.POINTS)
    is_active = serializers.BooleanField(required=False)


class ScoreRuleOutput(Output):
    """A rule."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    criteria = serializers.DictField()
    points = serializers.IntegerField()
    is_active = serializers.BooleanField()


class ScoreRules(Resource):
    """What scores open deals."""

    tag = "Score rules"

    @endpoint(ScoreRuleOutput, paged=True, sorts={"position": "position"}, default_sort="position")
    def list(self) -> QuerySet[ScoreRule]:
        """List the rules."""
        return access.score_rules(self.actor)

    @endpoint(ScoreRuleOutput)
    def retrieve(self, pk: UUID) -> ScoreRule:
        """Read a rule."""
        return one(access.score_rules(self.actor), pk)

    @endpoint(ScoreRuleOutput, body=ScoreRuleInput, status=201)
    def create(self, body: dict[str, Any]) -> ScoreRule:
        """Add a rule; every open deal is scored anew."""
        return scoring.create_rule(body, by=self.actor)

    @endpoint(ScoreRuleOutput, body=ScoreRuleInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> ScoreRule:
        """Change a rule."""
        return scoring.update_rule(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Take a rule away."""
        scoring.delete_rule(pk, by=self.actor)
