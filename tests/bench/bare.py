"""The baseline of the list benchmark: Django with one `.values()` view and nothing around it.

No middleware, no login, no row-level security, no cursor: the first 50 contacts of a firm by name, as JSON.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.bare_settings"

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path

django.setup()
settings.MIDDLEWARE = []  # only now: some of the installed packages insist on theirs when they are set up
application = WSGIHandler()

from fairlead.people.models import Contact  # noqa: E402 - models need the settings above
from fairlead.tenancy.public import FirmQuerySet  # noqa: E402

SHOWN = (
    "id", "version", "name", "first_name", "last_name", "email", "phone", "job_title", "company_id", "lifecycle",
    "status", "owner_id", "city", "country", "created_at", "updated_at", "last_activity_at",
)  # fmt: skip


def contacts(request: HttpRequest, firm: str) -> JsonResponse:
    rows = FirmQuerySet(Contact).filter(firm_id=firm, deleted_at=None).order_by("sort_key", "id").values(*SHOWN)
    response = JsonResponse({"data": list(rows[:50])})
    response["Content-Length"] = len(response.content)  # else the server sends it in chunks
    return response


urlpatterns = [path("<str:firm>", contacts)]
