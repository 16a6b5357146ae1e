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

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name.")
    language = models.CharField(max_length=10, default="en")
    photo = models.FileField(upload_to="users/", blank=True)
    preferences = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False, help_text="Runs this installation: sees its outbox and health.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

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
