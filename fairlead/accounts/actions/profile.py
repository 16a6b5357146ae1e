"""A person's own login: name, zone, language, photo."""

from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.http import HttpRequest

from fairlead.accounts.models import User
from fairlead.accounts.security import record_login_event
from fairlead.kernel import dates, uploads
from fairlead.kernel.fields import Fields
from fairlead.kernel.places import available_time_zones, languages
from fairlead.shell import seen
from fairlead.shell.navigation import items
from fairlead.tenancy.public import Via

PREFERENCES = ("date_format", "start_page")
PHOTOS = "users"  # the folder of everybody's photos, each in one of their own


@transaction.atomic
def update_profile(user: User, values: Mapping[str, Any], *, request: HttpRequest, via: Via = "web") -> User:
    """Change names, `time_zone`, `language`, `date_format` (`kernel.dates`), `start_page` (a page of the navigation).

    Told in every firm of the person. Nothing else of the login is written: a password or an address that was changed
    since the request began stays.
    """
    fields = Fields(values)
    fields.text("first_name", longest=100)
    fields.text("last_name", longest=100)
    fields.choice("time_zone", available_time_zones())
    fields.choice("language", languages())
    fields.choice("date_format", ["", *dates.STYLES])
    fields.choice("start_page", ["", *(item.key for item in items)])
    cleaned = fields.done()
    user = seen.locked(user)
    before = {n: user.preferences.get(n, "") if n in PREFERENCES else getattr(user, n) for n in cleaned}
    changed = [n for n, v in cleaned.items() if before[n] != v]
    for name in changed:
        if name in PREFERENCES:
            user.preferences[name] = cleaned[name]
        else:
            setattr(user, name, cleaned[name])
    if changed:
        columns = {"preferences" if n in PREFERENCES else n for n in changed}
        user.save(update_fields=[*columns, "updated_at"])
        words = ", ".join(n.replace("_", " ") for n in changed)
        record_login_event("member.profile_changed", user, request, {"fields": words}, via=via)
    return user


@transaction.atomic
def set_photo(user: User, upload: IO[bytes] | None, *, request: HttpRequest, via: Via = "web") -> User:
    """Replace the photo, or take it away with None. Raises `InvalidInput` naming `photo`."""
    before = user.photo_path
    stored = uploads.store_picture(upload, folder=f"{PHOTOS}/{user.pk}", field="photo") if upload else None
    user.photo = stored.path if stored else ""
    user.save(update_fields=["photo", "updated_at"])
    record_login_event("member.profile_changed", user, request, {"fields": "photo"}, via=via)
    transaction.on_commit(lambda: uploads.remove(before))
    return user
