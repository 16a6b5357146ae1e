"""What every kind of record shares, and the firm's own fields."""

from fairlead.records.models.custom_field import CustomField, Kind
from fairlead.records.models.field_value import FieldValue
from fairlead.records.models.record import Record

__all__ = ["CustomField", "FieldValue", "Kind", "Record"]
