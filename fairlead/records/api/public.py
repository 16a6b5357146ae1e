"""What the API of a room with nouns is made of: resources, shapes, batches, files."""

from fairlead.records.api import files, shapes
from fairlead.records.api.batches import MAX_ITEMS
from fairlead.records.api.declaring import FILTER, ONE
from fairlead.records.api.files import FileImport
from fairlead.records.api.imports import ImportOutput
from fairlead.records.api.noun_resource import NounResource
from fairlead.records.api.reading import Reading, Record
from fairlead.records.duplicates.api import MergeOutput, RecordMergeInput

__all__ = [
    "FILTER",
    "MAX_ITEMS",
    "ONE",
    "FileImport",
    "ImportOutput",
    "MergeOutput",
    "NounResource",
    "Reading",
    "Record",
    "RecordMergeInput",
    "files",
    "shapes",
]
