"""What every kind of record shares, and the firm's own fields."""

from fairlead.records.models.bulk_run import BulkChunk, BulkRun
from fairlead.records.models.custom_field import CustomField, Kind
from fairlead.records.models.field_value import FieldValue
from fairlead.records.models.record import Record
from fairlead.records.models.saved_view import ListPreference, SavedView

__all__ = ["BulkChunk", "BulkRun", "CustomField", "FieldValue", "Kind", "ListPreference", "Record", "SavedView"]
