"""A person's own login: name, zone, language, photo."""

from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.http import HttpRequest

from fairlead.accounts.models import User
from fairlead.accounts.security import record_login_event
from fairlead.kernel import uploads
from fairlead.kernel.fields import Fields
from fairlead.kernel.places import available_time_zones, languages


@transaction.atomic
def update_profile(user: User, values: Mapping[str, Any], *, request: HttpRequest) -> User:
    """Change `first_name`, `last_name`, `time_zone`, `language`; told in every firm of the person."""
    fields = Fields(values)
    fields.text("first_name", longest=100)
    fields.text("last_name", longest=100)
    fields.choice("time_zone", available_time_zones())
    fields.choice("language", languages())
    cleaned = fields.done()
    changed = [n for n, v in cleaned.items() if getattr(user, n) != v]
    for name in changed:
        setattr(user, name, cleaned[name])
    if changed:
        user.save(update_fields=[*changed, "updated_at"])
        words = ", ".join(n.replace("_", " ") for n in changed)
        record_login_event("member.profile_changed", user, request, {"fields": words})
    return user


@transaction.atomic
def set_photo(user: User, upload: IO[bytes] | None, *, request: HttpRequest) -> User:
    """Replace the photo, or take it away with None. Raises `InvalidInput` naming `photo`."""
    before = user.photo_path
    stored = uploads.store_picture(upload, folder=f"users/{user.pk}", field="photo") if upload else None
    user.photo = stored.path if stored else ""
    user.save(update_fields=["photo", "updated_at"])
    record_login_event("member.profile_changed", user, request, {"fields": "photo"})
    transaction.on_commit(lambda: uploads.remove(before))
    return user
