"""Personas: the kinds of people a firm wants to reach."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Persona(FirmModel):
    """A named target person: who they are, what they want, and by which criteria contacts are one of them."""

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    description = models.TextField(blank=True, default="")
    goals = models.TextField(blank=True, default="", help_text="What they want to reach.")
    challenges = models.TextField(blank=True, default="", help_text="What stands in their way.")
    color = models.TextField(default="violet", help_text="A name of the palette.")
    segment = FirmForeignKey("segments.Segment", null=True, on_delete=models.PROTECT, db_index=False)
    archived_at = models.DateTimeField(null=True)
    created_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Names are unique; found by the segment somebody entered."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="persona_once")]
        indexes = [
            models.Index(fields=["firm", "segment"], name="persona_segment", condition=models.Q(segment__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name


class PersonaAssignment(FirmModel):
    """A contact is one of a persona. What a hand assigned, or took away, no rule changes."""

    class Source(models.TextChoices):
        """Who said so."""

        HAND = "hand", "By hand"
        RULE = "rule", "By its criteria"
        REFUSED = "refused", "Taken away by hand"

    persona = FirmForeignKey(Persona, on_delete=models.CASCADE, db_index=False)
    contact = FirmForeignKey("people.Contact", on_delete=models.CASCADE, db_index=False)
    source = models.TextField(choices=Source, default=Source.HAND)
    assigned_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Once a contact and persona; both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "contact", "persona"], name="persona_assigned_once")]
        indexes = [models.Index(fields=["firm", "persona", "source", "contact"], name="persona_assigned")]

    def __str__(self) -> str:
        return f"{self.contact_id} is {self.persona_id}"
