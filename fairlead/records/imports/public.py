"""What higher rooms may use of imports."""

from fairlead.records.imports import formats
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.files import import_file
from fairlead.records.imports.plug import Extra, Importer, register, register_extra

__all__ = ["Column", "Extra", "Importer", "Target", "formats", "import_file", "register", "register_extra"]
