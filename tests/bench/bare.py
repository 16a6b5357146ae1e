"""The baseline of the list benchmark: Django with one `.values()` view and nothing around it.

No middleware, no login, no row-level security, no cursor: the first 50 contacts of a firm by name, as JSON.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.bare_settings"

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

application = get_wsgi_application()

from fairlead.people.models import Contact  # noqa: E402 - models need the settings above
from fairlead.tenancy.public import FirmQuerySet  # noqa: E402

SHOWN = (
    "id", "version", "name", "first_name", "last_name", "email", "phone", "job_title", "company_id", "lifecycle",
    "status", "owner_id", "city", "country", "created_at", "updated_at", "last_activity_at",
)  # fmt: skip


def contacts(request: HttpRequest, firm: str) -> JsonResponse:
    rows = FirmQuerySet(Contact).filter(firm_id=firm, deleted_at=None).order_by("sort_key", "id").values(*SHOWN)
    return JsonResponse({"data": list(rows[:50])})


urlpatterns = [path("<str:firm>", contacts)]
