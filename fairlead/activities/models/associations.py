"""What every thing of this room has in common: it is about records of any noun."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Association(FirmModel):
    """A record that an activity or a task is about. Concrete tables add the key of the thing itself."""

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    record_id = models.UUIDField(help_text="The record that it is about; no foreign key, as it may be of any table.")

    class Meta(FirmModel.Meta):
        """Abstract."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.noun} {self.record_id}"
