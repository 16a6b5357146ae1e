"""What higher rooms may use of imports."""

from fairlead.records.imports import convert, formats
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import Batch, CustomValue, Parse, Problem
from fairlead.records.imports.files import import_file
from fairlead.records.imports.plug import (
    Context,
    Extra,
    Importer,
    Moved,
    Plan,
    register,
    register_extra,
    targets_of,
)
from fairlead.records.imports.suggest import Guess, normal

__all__ = [
    "Batch",
    "Column",
    "Context",
    "CustomValue",
    "Extra",
    "Guess",
    "Importer",
    "Moved",
    "Parse",
    "Plan",
    "Problem",
    "Target",
    "convert",
    "formats",
    "import_file",
    "normal",
    "register",
    "register_extra",
    "targets_of",
]
