"""What every kind of record shares."""

from fairlead.records.models.record import Record

__all__ = ["Record"]
