"""Personas: the kinds of people a firm wants to reach."""

from typing import Any

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Persona(FirmModel):
    """A named target person: who they are, what they want, and by which criteria contacts are one of them."""

    name = models.TextField(help_text="What the firm calls such people, up to 80 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    description = models.TextField(blank=True, default="", help_text="Who they are, up to 2,000 characters.")
    goals = models.TextField(blank=True, default="", help_text="What they want to reach.")
    challenges = models.TextField(blank=True, default="", help_text="What stands in their way.")
    color = models.TextField(default="violet", help_text="A name of the palette.")
    segment = FirmForeignKey(
        "segments.Segment", null=True, on_delete=models.PROTECT, db_index=False,
        help_text="Whose members are one by rule; empty when only hands assign.",
    )  # fmt: skip
    archived_at = models.DateTimeField(
        null=True, help_text="Since when nobody becomes one any more; empty for personas in use."
    )
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who made it, also through an API key.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Names are unique; found by the segment somebody entered."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="persona_once")]
        indexes = [
            models.Index(fields=["firm", "segment"], name="persona_segment", condition=models.Q(segment__isnull=False))
        ]

    @property
    def criteria(self) -> Any:
        """Return the criteria of its own by which contacts become one; None for a segment's, or by hand only."""
        own = self.segment is not None and self.segment.purpose == self.segment.Purpose.PERSONA
        return self.segment.criteria if own else None

    def __str__(self) -> str:
        return self.name


class PersonaAssignment(FirmModel):
    """A contact is one of a persona, or is said to be none."""

    class Source(models.TextChoices):
        """Who said so."""

        HAND = "hand", "By hand"
        RULE = "rule", "By its criteria"
        REFUSED = "refused", "Taken away by hand"

    persona = FirmForeignKey(
        Persona, on_delete=models.CASCADE, db_index=False, help_text="What the contact is, or by a hand's word is not."
    )
    contact = FirmForeignKey("people.Contact", on_delete=models.CASCADE, db_index=False, help_text="Who it is said of.")
    source = models.TextField(
        choices=Source, default=Source.HAND,
        help_text="Who said so; what a hand said, no rule changes. Refused rows say that the contact is none.",
    )  # fmt: skip
    assigned_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member whose hand it was; empty for rules.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a contact and persona; both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "contact", "persona"], name="persona_assigned_once")]
        indexes = [models.Index(fields=["firm", "persona", "source", "contact"], name="persona_assigned")]

    def __str__(self) -> str:
        return f"{self.contact_id} is {self.persona_id}"
