"""The addresses of the activities room under /api/v1/."""

from django.urls import URLPattern

from fairlead.activities.api.notes import Attachments, Notes
from fairlead.activities.api.timeline import CompanyPins, CompanyTimeline, ContactPins, ContactTimeline
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("notes", Notes),
    *routes("attachments", Attachments),
    *routes("contacts/<uuid:record>/timeline", ContactTimeline),
    *routes("companies/<uuid:record>/timeline", CompanyTimeline),
    *routes("contacts/<uuid:record>/pins", ContactPins),
    *routes("companies/<uuid:record>/pins", CompanyPins),
]
