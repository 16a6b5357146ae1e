"""The caller's own profile: names, preferences, photo."""

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework import serializers

from fairlead.accounts import access, grants
from fairlead.accounts.actions import profile
from fairlead.accounts.models import User
from fairlead.kernel import dates, uploads
from fairlead.kernel.errors import NotFound
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output
from fairlead.tenancy.public import Actor

ZONE = "IANA name, such as Europe/Berlin: times on pages are shown in it."
LANGUAGE = "ISO 639-1, such as en: of what is written to you."
DATES = f"How pages write dates: {', '.join(dates.STYLES)}; empty is as {dates.USUAL}."
START = "The page that you begin on, by its key, such as my_tasks or contacts; empty for the first that you may open."


class ProfileInput(Input):
    """What to change of your profile."""

    first_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    last_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    time_zone = serializers.CharField(max_length=64, required=False, help_text=ZONE)
    language = serializers.CharField(max_length=10, required=False, help_text=LANGUAGE)
    date_format = serializers.CharField(max_length=40, required=False, allow_blank=True, help_text=DATES)
    start_page = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text=START)


class ProfileOutput(Output):
    """Your profile: it is one in all firms that you work in."""

    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.CharField(help_text="The address that you log in with; it is changed on your profile's page.")
    time_zone = serializers.CharField(help_text=ZONE)
    language = serializers.CharField(help_text=LANGUAGE)
    date_format = serializers.SerializerMethodField(help_text=DATES)
    start_page = serializers.SerializerMethodField(help_text=START)
    has_photo = serializers.SerializerMethodField(help_text="Whether there is a photo to fetch.")

    def get_date_format(self, user: User) -> str:
        """Return how dates are written."""
        return str(user.preferences.get("date_format", ""))

    def get_start_page(self, user: User) -> str:
        """Return the key of the page."""
        return str(user.preferences.get("start_page", ""))

    def get_has_photo(self, user: User) -> bool:
        """Tell whether there is a photo."""
        return bool(user.photo_path)


class PhotoInput(Input):
    """A photo."""

    photo = serializers.FileField(help_text="At most 10 MiB and 50 million pixels.")


class Profile(Resource):
    """Your own profile."""

    tag = "Profile"

    @endpoint(ProfileOutput)
    def retrieve(self) -> User:
        """Read your profile."""
        return access.own(self.actor).user

    @endpoint(ProfileOutput, body=ProfileInput)
    def partial_update(self, body: dict[str, Any]) -> User:
        """Change your profile.

        It is told in the audit of every firm that you work in. A key or application that is limited to scopes may read
        it only.
        """
        return profile.update_profile(_changeable(self.actor), body, request=self.request, via="api")


class Photo(Resource):
    """Your own photo."""

    tag = "Profile"

    @endpoint(media_type="image/webp")
    def retrieve(self) -> HttpResponseBase:
        """Fetch your photo."""
        path = access.own(self.actor).user.photo_path
        if not path:
            raise NotFound
        return uploads.serve(path, name="photo.webp", content_type="image/webp", inline=True)

    @endpoint(ProfileOutput, body=PhotoInput, upload=True)
    def replace(self, body: dict[str, Any]) -> User:
        """Set your photo.

        JPEG, PNG, WebP or GIF; it is drawn anew, at most 512 pixels wide and high, without metadata.
        """
        return profile.set_photo(_changeable(self.actor), body["photo"], request=self.request, via="api")

    @endpoint()
    def destroy(self) -> None:
        """Take your photo away."""
        profile.set_photo(_changeable(self.actor), None, request=self.request, via="api")


def _changeable(actor: Actor) -> User:
    """Return the caller's log-in; raise `Forbidden` for a program within scopes."""
    grants.require_no_scopes("changes your profile", by=actor)
    return access.own(actor).user
