"""Territories: places that people look after."""

from django.db import models

from fairlead.assignment.models.rule import Taker
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Territory(FirmModel):
    """A part of the world: countries, within them regions or beginnings of postal codes where any are given.

    A record lies in the territory that says most about it: a longer postal code before a region before a country.
    """

    name = models.TextField(help_text="What the firm calls it; several may overlap.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    countries = models.JSONField(default=list, help_text="ISO 3166-1 alpha-2.")
    regions = models.JSONField(default=list, help_text="Regions as people write them; compared folded.")
    postal_codes = models.JSONField(
        default=list, help_text="Beginnings of postal codes, compared without spaces and hyphens."
    )
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who made it, also through an API key.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Names are unique."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="assignment_territory_once")]

    def __str__(self) -> str:
        return self.name


class TerritoryTaker(Taker):
    """Somebody who looks after a territory."""

    territory = FirmForeignKey(
        Territory, on_delete=models.CASCADE, related_name="takers", db_index=False,
        help_text="Where the member looks after records.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a territory and member."""

        constraints = [models.UniqueConstraint(fields=["firm", "territory", "member"], name="assignment_in_once")]
        indexes = [models.Index(fields=["firm", "member"], name="assignment_in_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.territory_id}"
