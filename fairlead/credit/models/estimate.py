"""What is known of a client's credit, and the estimates that were kept."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class CreditProfile(FirmModel):
    """Where a client stands: the number of each factor, and the real score if it is known."""

    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="+", db_index=False,
        help_text="The client whose numbers these are.",
    )  # fmt: skip
    values = models.JSONField(default=dict, help_text="Id of a factor to its number.")
    known_score = models.IntegerField(null=True, help_text="What a bureau says; estimates start from it.")

    class Meta(FirmModel.Meta):
        """One a client."""

        constraints = [models.UniqueConstraint(fields=["firm", "contact"], name="credit_profile_once")]

    def __str__(self) -> str:
        return f"Credit of {self.contact_id}"


class CreditEstimate(FirmModel):
    """An estimate that was kept, with everything it was made of: the model may change afterwards."""

    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="+", db_index=False,
        help_text="The client for whom it was made.",
    )  # fmt: skip
    before = models.IntegerField(help_text="Points of the score as the client stands.")
    after = models.IntegerField(help_text="Points of the score once the client has taken the steps.")
    steps = models.JSONField(default=list, help_text="Names of what the client would do.")
    lines = models.JSONField(default=list, help_text="Factor, weight, number and points before and after.")
    made_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False, help_text="The member who kept it."
    )

    class Meta(FirmModel.Meta):
        """The latest of a client."""

        indexes = [models.Index(fields=["firm", "contact", "created_at"], name="credit_estimate_latest")]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
