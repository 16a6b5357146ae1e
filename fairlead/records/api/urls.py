"""The addresses of the records room under /api/v1/."""

from django.urls import URLPattern

from fairlead.records.api.bulk_runs import BulkRuns
from fairlead.records.api.custom_fields import CustomFields
from fairlead.records.api.exports import Exports
from fairlead.records.api.imports import Imports
from fairlead.records.api.saved_views import Views
from fairlead.records.duplicates.api import Duplicates, Merges, Scans
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("views", Views),
    *routes("bulk-runs", BulkRuns),
    *routes("duplicates/scans", Scans),
    *routes("duplicates", Duplicates),
    *routes("merges", Merges),
    *routes("custom-fields", CustomFields),
    *routes("exports", Exports),
    *routes("imports", Imports),
]
