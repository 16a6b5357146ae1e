"""The root of all addresses: each room brings its own, under the firm."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

handler400 = "fairlead.shell.errors.bad_request"
handler403 = "fairlead.shell.errors.forbidden"
handler404 = "fairlead.shell.errors.not_found"
handler429 = "fairlead.shell.errors.too_often"  # asked for by django-allauth alone
handler500 = "fairlead.api.views.broken"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("fairlead.operations.urls")),
    path("", include("fairlead.accounts.urls")),
    path("f/<slug:firm>/", include("fairlead.accounts.web.urls")),
    path("", include("fairlead.oauth.urls")),
    path("", include("fairlead.activities.web.feeds")),
    path("", include("fairlead.people.web.confirming")),
    path("api/v1/", include("fairlead.api.urls")),
    path("f/<slug:firm>/", include("fairlead.oauth.web.urls")),
    path("f/<slug:firm>/", include("fairlead.records.web.urls")),
    path("f/<slug:firm>/", include("fairlead.notifications.web.urls")),
    path("f/<slug:firm>/", include("fairlead.people.web.urls")),
    path("f/<slug:firm>/", include("fairlead.credit.web.urls")),
    path("f/<slug:firm>/", include("fairlead.segments.web.urls")),
    path("f/<slug:firm>/", include("fairlead.search.web.urls")),
    path("f/<slug:firm>/", include("fairlead.activities.web.urls")),
    path("f/<slug:firm>/", include("fairlead.sales.web.urls")),
    path("f/<slug:firm>/", include("fairlead.assignment.web.urls")),
    path("f/<slug:firm>/", include("fairlead.api.pages")),
]
if settings.GALLERY:
    urlpatterns.append(path("shell/", include("fairlead.shell.urls")))
