"""What higher rooms may use of records."""

from fairlead.records import cleaning, custom, nouns
from fairlead.records.fields import Field, FieldType, Option
from fairlead.records.models import CustomField, Record
from fairlead.records.nouns import Noun, Verbs

__all__ = ["CustomField", "Field", "FieldType", "Noun", "Option", "Record", "Verbs", "cleaning", "custom", "nouns"]
