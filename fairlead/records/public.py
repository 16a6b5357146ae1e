"""What higher rooms may use of records."""

from fairlead.records import bulk, cleaning, custom, nouns
from fairlead.records.criteria import memberships
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria, Explanation
from fairlead.records.criteria.plain import Answers, Happening
from fairlead.records.fields import Field, FieldType, Option
from fairlead.records.models import CustomField, Record
from fairlead.records.nouns import Noun, Verbs

__all__ = [
    "Answers",
    "Context",
    "Criteria",
    "CustomField",
    "Explanation",
    "Field",
    "FieldType",
    "Happening",
    "Noun",
    "Option",
    "Record",
    "Verbs",
    "bulk",
    "cleaning",
    "custom",
    "memberships",
    "nouns",
]
