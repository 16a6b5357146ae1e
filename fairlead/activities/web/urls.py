"""The addresses of notes, under `/f/<firm>/`."""

from django.urls import path

from fairlead.activities.web import notes, templates

app_name = "activities"
urlpatterns = [
    path("notes/", notes.page, name="notes"),
    path("notes/new", notes.new, name="note-new"),
    path("notes/quick", notes.quick, name="quick-note"),
    path("notes/composer", notes.composer, name="composer"),
    path("notes/recent", notes.recent, name="recent-notes"),
    path("notes/records", notes.record_choices, name="record-choices"),
    path("notes/mentions", notes.mentions, name="mentions"),
    path("notes/templates/", templates.page, name="templates"),
    path("notes/templates/new", templates.new, name="template-new"),
    path("notes/templates/<uuid:template_id>/", templates.edit, name="template"),
    path("notes/templates/<uuid:template_id>/delete", templates.delete, name="template-delete"),
    path("notes/<uuid:note_id>/", notes.one, name="note"),
    path("notes/<uuid:note_id>/edit", notes.edit, name="note-edit"),
    path("notes/<uuid:note_id>/history", notes.history, name="note-history"),
    path("notes/<uuid:note_id>/delete", notes.delete, name="note-delete"),
    path("notes/<uuid:note_id>/restore", notes.restore, name="note-restore"),
    path("notes/<uuid:note_id>/associate", notes.associate, name="note-associate"),
    path("notes/files/<uuid:attachment_id>", notes.attachment, name="attachment"),
    path("pins/<slug:noun>/<uuid:record_id>/<uuid:event_id>", notes.pin, name="pin"),
]
