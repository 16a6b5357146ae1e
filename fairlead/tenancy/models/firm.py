"""A firm: one customer of this installation, the unit of isolation."""

from django.core.validators import RegexValidator
from django.db import models

from fairlead.kernel.ids import uuid7

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

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=50, unique=True, validators=[slug_validator], help_text="In every URL.")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, default="US", help_text="ISO 3166-1; default for phone numbers.")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name.")
    language = models.CharField(max_length=10, default="en")
    currency = models.CharField(max_length=3, default="USD", help_text="ISO 4217.")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.EVERYONE)
    seats = models.PositiveIntegerField(null=True, blank=True, help_text="Seats paid for; empty is unlimited.")
    is_demo = models.BooleanField(default=False, help_text="Made by Fairlead to look around; removable.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Ordering for the firm chooser."""

        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
