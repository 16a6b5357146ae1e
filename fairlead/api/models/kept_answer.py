"""The answers to requests that carried an Idempotency-Key."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class KeptAnswer(FirmModel):
    """An answer kept for repeats of its request by the same caller, until `expires_at`."""

    caller = models.UUIDField(help_text="The API key, or the membership, that sent the request.")
    key = models.CharField(max_length=255, help_text="The request's Idempotency-Key header, up to 255 characters.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = models.SmallIntegerField(help_text="HTTP status code (RFC 9110) of the answer.")
    headers = models.JSONField(default=dict, help_text="Those that belong to the answer, {name: value}.")
    body = models.BinaryField(help_text="The bytes that were sent.")
    expires_at = models.DateTimeField(help_text="24 hours after the request; the key may then be used anew.")

    class Meta(FirmModel.Meta):
        """Found by caller and key; purged by age."""

        constraints = [models.UniqueConstraint(fields=["firm", "caller", "key"], name="api_answer_once")]
        indexes = [models.Index(fields=["firm", "expires_at"], name="api_answer_expiry")]

    def __str__(self) -> str:
        return f"{self.status} for {self.key}"
