"""The addresses of the notifications room under /api/v1/."""

from django.urls import URLPattern

from fairlead.notifications.api.resources import Notices, Preferences, Schedule
from fairlead.shell.api.routing import routes, single

urlpatterns: list[URLPattern] = [
    *routes("notifications", Notices),
    *single("notification-preferences", Preferences),
    *single("notification-preferences/schedule", Schedule),
]
