"""The addresses of lists, views, custom fields and bulk actions, under `/f/<firm>/`."""

from django.urls import URLPattern, path

from fairlead.records import nouns
from fairlead.records.imports import plug
from fairlead.records.web import background, bulk, exports, fields, imports, lists, views

app_name = "records"


def _of(noun: nouns.Noun) -> list[URLPattern]:
    found = [path(f"{noun.plural}/", lists.page, {"noun": noun.name}, name=noun.plural)]
    if plug.has_importer(noun.name):
        found.append(path(f"{noun.plural}/import/", imports.start, {"noun": noun.name}, name=f"{noun.plural}-import"))
    return found


urlpatterns: list[URLPattern] = [
    *(pattern for noun in nouns.registered() for pattern in _of(noun)),
    path("records/<slug:noun>/count", lists.count, name="count"),
    path("records/<slug:noun>/fields.json", lists.choices, name="catalogue"),
    path("records/<slug:noun>/columns", lists.columns, name="columns"),
    path("records/<slug:noun>/views/new", views.new, name="view-new"),
    path("records/<slug:noun>/<uuid:record_id>/explain", lists.explain, name="explain"),
    path("records/<slug:noun>/bulk/<slug:verb>", bulk.start, name="bulk"),
    path("imports/<uuid:run_id>/", imports.page, name="import"),
    path("imports/<uuid:run_id>/layout", imports.layout, name="import-layout"),
    path("imports/<uuid:run_id>/setup", imports.setup, name="import-setup"),
    path("imports/<uuid:run_id>/progress", imports.progress, name="import-progress"),
    path("imports/<uuid:run_id>/cancel", imports.cancel, name="import-cancel"),
    path("imports/<uuid:run_id>/resume", imports.resume, name="import-resume"),
    path("imports/<uuid:run_id>/revert", imports.revert, name="import-revert"),
    path("imports/<uuid:run_id>/errors.csv", imports.errors, name="import-errors"),
    path("settings/fields/", fields.index, name="fields"),
    path("settings/fields/<slug:noun>/", fields.index, name="fields-of"),
    path("settings/fields/<slug:noun>/new", fields.new, name="field-new"),
    path("settings/fields/<uuid:field_id>/change", fields.edit, name="field"),
    path("settings/fields/<uuid:field_id>/archive", fields.archive, name="field-archive"),
    path("settings/fields/<uuid:field_id>/restore", fields.restore, name="field-restore"),
    path("settings/fields/<uuid:field_id>/merge", fields.merge, name="field-merge"),
    path("settings/fields/<uuid:field_id>/delete", fields.delete, name="field-delete"),
    path("records/<slug:noun>/export", exports.start, name="export"),
    path("exports/<uuid:run_id>/", exports.progress, name="export-run"),
    path("exports/<uuid:run_id>/file", exports.download, name="export-file"),
    path("exports/<uuid:run_id>/cancel", exports.cancel, name="export-cancel"),
    path("views/<uuid:view_id>/", views.edit, name="view"),
    path("views/<uuid:view_id>/delete", views.delete, name="view-delete"),
    path("bulk/", background.jobs, name="bulk-jobs"),
    path("bulk/<uuid:run_id>/", bulk.progress, name="bulk-run"),
    path("bulk/<uuid:run_id>/report", bulk.report, name="bulk-report"),
    path("bulk/<uuid:run_id>/cancel", bulk.cancel, name="bulk-cancel"),
    path("bulk/<uuid:run_id>/undo", bulk.undo, name="bulk-undo"),
]
