"""A login: one person, who may be a member of several firms."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fairlead.kernel.ids import uuid7


class UserManager(BaseUserManager["User"]):
    """Creates logins; addresses are stored in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a login. Without a password the person can only use a link or a passkey."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a login by address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who logs in. Not a firm table: one login may belong to several firms."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False, help_text="UUID version 7 (RFC 9562).")
    email = models.EmailField(
        unique=True, help_text="What the person logs in with, in lower case; unique in the installation."
    )
    first_name = models.CharField(
        max_length=100, blank=True,
        help_text="Given name as the person writes it; empty while only the address is known.",
    )  # fmt: skip
    last_name = models.CharField(
        max_length=100, blank=True,
        help_text="Family name as the person writes it; empty while only the address is known.",
    )  # fmt: skip
    time_zone = models.CharField(
        max_length=64, default="UTC", help_text="IANA name; moments are shown, and quiet hours kept, in this zone."
    )
    language = models.CharField(max_length=10, default="en", help_text="BCP 47 tag, of those that Django knows.")
    photo = models.FileField(
        upload_to="users/", blank=True,
        help_text="Path below the media folder; the name changes with every photo, so browsers may keep it.",
    )  # fmt: skip
    preferences = models.JSONField(
        default=dict, blank=True,
        help_text="date_format (kernel.dates.STYLES) and start_page (key of a navigation item); none is usual.",
    )  # fmt: skip
    is_active = models.BooleanField(
        default=True,
        help_text="False bars every log-in to the installation; who leaves one firm loses the membership instead.",
    )
    is_operator = models.BooleanField(default=False, help_text="Runs this installation: sees its outbox and health.")
    created_at = models.DateTimeField(
        auto_now_add=True, help_text="When the person signed up or accepted the first invitation."
    )
    updated_at = models.DateTimeField(auto_now=True, help_text="When the profile was last saved.")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        """Plain."""

        ordering = ["email"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the full name, or the address while no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def photo_path(self) -> str:
        """Return where the photo is stored, "" without one."""
        return (self.photo.name or "") if self.photo else ""
