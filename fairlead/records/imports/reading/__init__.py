"""From a file in any encoding to rows of text cells with the lines they stand on."""

from fairlead.records.imports.reading.layout import ENCODINGS, Layout, UnreadableFile
from fairlead.records.imports.reading.rows import Row, RowProblem
from fairlead.records.imports.reading.source import Source, detect, sheet_names

__all__ = ["ENCODINGS", "Layout", "Row", "RowProblem", "Source", "UnreadableFile", "detect", "sheet_names"]
