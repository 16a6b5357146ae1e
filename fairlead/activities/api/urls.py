"""The addresses of the activities room under /api/v1/."""

from django.urls import URLPattern

from fairlead.activities.api.activities import Activities, Attachments, Calls, Comments, Emails, Meetings, Notes
from fairlead.activities.api.calendar_feed import OwnFeed
from fairlead.activities.api.library import ActivityOptions, OwnSignature, Snippets
from fairlead.activities.api.note_templates import NoteTemplates
from fairlead.activities.api.tasks import Steps, Tasks, TaskTemplates
from fairlead.activities.api.timeline import CompanyPins, CompanyTimeline, ContactPins, ContactTimeline, Feed
from fairlead.shell.api.routing import routes, single

urlpatterns: list[URLPattern] = [
    *routes("activities", Activities),
    *routes("notes", Notes),
    *routes("calls", Calls),
    *routes("emails", Emails),
    *routes("meetings", Meetings),
    *routes("attachments", Attachments),
    *routes("comments", Comments),
    *routes("activity-options", ActivityOptions),
    *routes("tasks", Tasks),
    *routes("task-steps", Steps),
    *routes("task-templates", TaskTemplates),
    *routes("note-templates", NoteTemplates),
    *routes("snippets", Snippets),
    *single("signature", OwnSignature),
    *single("calendar-feed", OwnFeed),
    *routes("feed", Feed),
    *routes("contacts/<uuid:record>/timeline", ContactTimeline),
    *routes("leads/<uuid:record>/activities", ContactTimeline),
    *routes("companies/<uuid:record>/timeline", CompanyTimeline),
    *routes("contacts/<uuid:record>/pins", ContactPins),
    *routes("companies/<uuid:record>/pins", CompanyPins),
]
