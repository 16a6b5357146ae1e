"""The index of custom values: what makes 300 fields a firm filterable and sortable without a column of their own."""

from typing import Any, ClassVar

from django.db import models

from fairlead.tenancy.public import FirmModel


class FieldValue(FirmModel):
    """One row for each custom value (each choice of a multiple choice); derived from `Record.custom`.

    `key` encodes a value of any type as text whose byte order is the order of the values, so that one primary
    key serves equality, ranges and sorting with comparisons that row-level security lets use an index. No other
    index and no foreign keys: an import writes five of these rows a record.
    """

    derived: ClassVar[bool] = True
    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]
    pk: Any = models.CompositePrimaryKey("firm_id", "field_id", "key", "record_id")

    field_id = models.UUIDField()
    key = models.TextField(db_collation="C")
    record_id = models.UUIDField()

    class Meta:
        """The primary key is the only index."""

        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.field_id}: {self.key}"
