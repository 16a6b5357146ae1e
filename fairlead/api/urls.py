"""Everything under /api/v1/: what the rooms bring, the OpenAPI document, and the one answer to all else."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from fairlead.api.views import nothing, openapi, reference

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", reference, name="reference-public"),
    path("", include("fairlead.accounts.api.urls")),
    path("", include("fairlead.oauth.api.urls")),
    path("", include("fairlead.records.api.urls")),
    path("", include("fairlead.people.api.urls")),
    path("", include("fairlead.credit.api.urls")),
    path("", include("fairlead.segments.api.urls")),
    path("", include("fairlead.notifications.api.urls")),
    path("", include("fairlead.search.api.urls")),
    path("", include("fairlead.activities.api.urls")),
    path("", include("fairlead.sales.api.urls")),
    path("", include("fairlead.assignment.api.urls")),
    re_path(r"", nothing),
]
