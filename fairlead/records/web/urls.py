"""The addresses of lists, views, custom fields and bulk actions, under `/f/<firm>/`."""

from django.urls import URLPattern, path

from fairlead.records import nouns
from fairlead.records.web import bulk, lists, views

app_name = "records"


def _of(noun: nouns.Noun) -> list[URLPattern]:
    return [path(f"{noun.plural}/", lists.page, {"noun": noun.name}, name=noun.plural)]


urlpatterns: list[URLPattern] = [
    *(pattern for noun in nouns.registered() for pattern in _of(noun)),
    path("records/<slug:noun>/count", lists.count, name="count"),
    path("records/<slug:noun>/fields.json", lists.choices, name="catalogue"),
    path("records/<slug:noun>/columns", lists.columns, name="columns"),
    path("records/<slug:noun>/views/new", views.new, name="view-new"),
    path("records/<slug:noun>/<uuid:record_id>/explain", lists.explain, name="explain"),
    path("records/<slug:noun>/bulk/<slug:verb>", bulk.start, name="bulk"),
    path("views/<uuid:view_id>/", views.edit, name="view"),
    path("views/<uuid:view_id>/delete", views.delete, name="view-delete"),
    path("bulk/", bulk.jobs, name="bulk-jobs"),
    path("bulk/<uuid:run_id>/", bulk.progress, name="bulk-run"),
    path("bulk/<uuid:run_id>/report", bulk.report, name="bulk-report"),
    path("bulk/<uuid:run_id>/cancel", bulk.cancel, name="bulk-cancel"),
    path("bulk/<uuid:run_id>/undo", bulk.undo, name="bulk-undo"),
]
