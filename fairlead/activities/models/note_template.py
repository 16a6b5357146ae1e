"""Texts that notes often begin with."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class NoteTemplate(FirmModel):
    """A named text that a note starts from."""

    name = models.TextField(help_text="What members choose it by, up to 80 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique whatever its case and accents.")
    body = models.TextField(help_text="Sanitised HTML.")
    created_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False, help_text="Who saved it first."
    )

    class Meta(FirmModel.Meta):
        """Names are unique in a firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "name_norm"], name="note_template_once")]

    def __str__(self) -> str:
        return self.name
