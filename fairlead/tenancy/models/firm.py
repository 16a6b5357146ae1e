"""A firm: one customer of this installation, the unit of isolation."""

from datetime import date
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models

from fairlead.kernel import clock
from fairlead.kernel.ids import uuid7
from fairlead.tenancy.context import require_firm

slug_validator = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$", "Use 1 to 50 lower-case letters, digits and inner hyphens."
)


class Visibility(models.TextChoices):
    """Whose records a member without the right to see all of them may see."""

    EVERYONE = "everyone", "Everyone sees every record"
    TEAM = "team", "Members see the records of their teams"
    OWNER = "owner", "Members see only their own records"


class Firm(models.Model):
    """A firm. This table is the directory of the installation and is not itself under row-level security."""

    id = models.UUIDField(
        primary_key=True, default=uuid7, editable=False,
        help_text="UUID version 7 (RFC 9562); what every row of the firm carries as firm_id.",
    )  # fmt: skip
    slug = models.SlugField(
        max_length=50, unique=True, validators=[slug_validator],
        help_text="Stands in every address of the firm (/f/<slug>/); never changes after the founding.",
    )  # fmt: skip
    name = models.CharField(
        max_length=200, help_text="As people call it; shown in the firm chooser and in mails, and not unique."
    )
    country = models.CharField(
        max_length=2, default="US",
        help_text="ISO 3166-1 alpha-2; numbers without an international prefix are read as of this country.",
    )  # fmt: skip
    time_zone = models.CharField(
        max_length=64, default="UTC",
        help_text="IANA name; days and months of the firm's figures begin at midnight there.",
    )  # fmt: skip
    language = models.CharField(max_length=10, default="en", help_text="BCP 47 tag, of those that Django knows.")
    currency = models.CharField(
        max_length=3, default="USD", help_text="ISO 4217; amounts in other currencies are converted to it for totals."
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.EVERYONE,
        help_text="Whose records members see who may not see all; a team can say otherwise for its own.",
    )  # fmt: skip
    reply_to = models.EmailField(
        blank=True, default="", db_default="",
        help_text="Where answers to mail in the firm's name go; empty for nowhere.",
    )  # fmt: skip
    seats = models.PositiveIntegerField(
        null=True, blank=True, help_text="Active members and open invitations there may be; empty is unlimited."
    )
    is_demo = models.BooleanField(default=False, help_text="Made by Fairlead to look around, and removed as a whole.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="When the firm was founded.")
    updated_at = models.DateTimeField(auto_now=True, help_text="When its settings were last saved.")

    class Meta:
        """Ordering for the firm chooser."""

        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def today(self) -> date:
        """The day it is where the firm is."""
        return clock.now().astimezone(ZoneInfo(self.time_zone)).date()


def firm_today() -> date:
    """Return the day it is where the firm in context is."""
    return Firm.objects.only("time_zone").get(pk=require_firm()).today
