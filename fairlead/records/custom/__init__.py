"""Custom fields: loading, cleaning, and the order-preserving index of their values.

An action that writes a record does three things: `clean_custom` (and `refuse_duplicates`), store the result in
`record.custom`, and tell `index_values` what was before and what is now, of the fields in the archive too.
"""

from fairlead.records.custom.cleaning import Home, clean_custom, clean_value
from fairlead.records.custom.index import Change, index_values
from fairlead.records.custom.library import custom_fields, is_taken, refuse_duplicates

__all__ = [
    "Change",
    "Home",
    "clean_custom",
    "clean_value",
    "custom_fields",
    "index_values",
    "is_taken",
    "refuse_duplicates",
]
