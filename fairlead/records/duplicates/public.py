"""What rooms with nouns use of duplicates and merging."""

from fairlead.records.duplicates import actions, candidates, fields, finding, jobs, merging, scanning
from fairlead.records.duplicates.actions import merge_records, undo_merge
from fairlead.records.duplicates.fields import as_json
from fairlead.records.duplicates.finding import LIMIT, Finder, Key, Verdict, array
from fairlead.records.duplicates.merging import LinkedRows, Merger, Part
from fairlead.records.models import DuplicateCandidate, DuplicateScan

__all__ = [
    "LIMIT",
    "DuplicateCandidate",
    "DuplicateScan",
    "Finder",
    "Key",
    "LinkedRows",
    "Merger",
    "Part",
    "Verdict",
    "actions",
    "array",
    "as_json",
    "candidates",
    "fields",
    "finding",
    "jobs",
    "merge_records",
    "merging",
    "scanning",
    "undo_merge",
]
