"""What every kind of record shares, the firm's own fields, imports."""

from fairlead.records.models.bulk_run import BulkChunk, BulkRun
from fairlead.records.models.custom_field import CustomField, Kind
from fairlead.records.models.duplicate import DuplicateCandidate, DuplicateKey, DuplicateScan
from fairlead.records.models.export_run import ExportRun
from fairlead.records.models.field_value import FieldValue
from fairlead.records.models.import_run import ImportChange, ImportChunk, ImportRowError, ImportRun
from fairlead.records.models.merge import Merge
from fairlead.records.models.record import Record
from fairlead.records.models.saved_view import ListPreference, SavedView

__all__ = [
    "BulkChunk",
    "BulkRun",
    "CustomField",
    "DuplicateCandidate",
    "DuplicateKey",
    "DuplicateScan",
    "ExportRun",
    "FieldValue",
    "ImportChange",
    "ImportChunk",
    "ImportRowError",
    "ImportRun",
    "Kind",
    "ListPreference",
    "Merge",
    "Record",
    "SavedView",
]
