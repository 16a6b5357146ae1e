"""The addresses of the oauth room under /api/v1/."""

from django.urls import URLPattern

from fairlead.oauth.api.applications import Applications, Connections
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("applications", Applications),
    *routes("connections", Connections),
]
