"""What higher rooms may use of records."""

from fairlead.records import bulk, cleaning, controls, custom, next_tasks, nouns
from fairlead.records.criteria import amounts, following, fragments, happenings, keepers, memberships, trees
from fairlead.records.criteria.binding import Computation
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria, Explanation
from fairlead.records.criteria.naming import at_conditions, criteria_field
from fairlead.records.criteria.parsing import read_tree
from fairlead.records.criteria.sentences import sentence
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.custom.keys import keys as value_keys
from fairlead.records.fields import Computed, Field, FieldType, FirmOptions, Option
from fairlead.records.models import CustomField, FieldValue, ImportChange, ImportRun, Merge, Record
from fairlead.records.nouns import Noun, Verbs
from fairlead.records.plain_words import PLAIN_WORDS
from fairlead.records.web.criteria_dialog import criteria_dialog

__all__ = [
    "PLAIN_WORDS",
    "Computation",
    "Computed",
    "Context",
    "Criteria",
    "CustomField",
    "Explanation",
    "Field",
    "FieldType",
    "FieldValue",
    "FirmOptions",
    "ImportChange",
    "ImportRun",
    "Merge",
    "Noun",
    "Option",
    "Record",
    "Verbs",
    "Vocabulary",
    "amounts",
    "at_conditions",
    "bulk",
    "cleaning",
    "controls",
    "criteria_dialog",
    "criteria_field",
    "custom",
    "following",
    "fragments",
    "happenings",
    "keepers",
    "memberships",
    "next_tasks",
    "nouns",
    "read_tree",
    "sentence",
    "trees",
    "value_keys",
]
