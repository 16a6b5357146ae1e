"""The addresses of the search room under /api/v1/."""

from django.urls import URLPattern

from fairlead.search.api.resources import Search
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [*routes("search", Search)]
