"""The addresses of the segments room under /api/v1/."""

from django.urls import URLPattern

from fairlead.segments.api.rules import Personas, TagRules
from fairlead.segments.api.segments import Segments
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("segments", Segments),
    *routes("tag-rules", TagRules),
    *routes("personas", Personas),
]
