"""What higher rooms may use of records."""

from fairlead.records import bulk, cleaning, custom, next_tasks, nouns
from fairlead.records.criteria import memberships, trees
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria, Explanation
from fairlead.records.criteria.plain import Answers, Happening
from fairlead.records.custom.keys import keys as value_keys
from fairlead.records.fields import Field, FieldType, FirmOptions, Option
from fairlead.records.models import CustomField, FieldValue, ImportChange, ImportRun, Merge, Record
from fairlead.records.nouns import Noun, Verbs
from fairlead.records.web.criteria_dialog import criteria_dialog

__all__ = [
    "Answers",
    "Context",
    "Criteria",
    "CustomField",
    "Explanation",
    "Field",
    "FieldType",
    "FieldValue",
    "FirmOptions",
    "Happening",
    "ImportChange",
    "ImportRun",
    "Merge",
    "Noun",
    "Option",
    "Record",
    "Verbs",
    "bulk",
    "cleaning",
    "criteria_dialog",
    "custom",
    "memberships",
    "next_tasks",
    "nouns",
    "trees",
    "value_keys",
]
