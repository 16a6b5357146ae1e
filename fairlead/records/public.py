"""What higher rooms may use of records."""

from fairlead.records import cleaning, nouns
from fairlead.records.models import Record
from fairlead.records.nouns import Field, FieldType, Noun, Option, Verbs

__all__ = ["Field", "FieldType", "Noun", "Option", "Record", "Verbs", "cleaning", "nouns"]
