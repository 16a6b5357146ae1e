"""What members pinned to the top of a timeline."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Pin(FirmModel):
    """An event of the log (a note written, a call, anything) pinned on one record's timeline: by whom and when."""

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    record_id = models.UUIDField(help_text="On whose timeline it is pinned.")
    event_id = models.UUIDField(help_text="The event of the log; no foreign key, because the log is partitioned.")
    pinned_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who put it there; every member sees it.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a record and event; read from the record."""

        constraints = [models.UniqueConstraint(fields=["firm", "record_id", "event_id"], name="pin_once")]

    def __str__(self) -> str:
        return f"{self.event_id} on {self.noun} {self.record_id}"
