"""The index of custom values: what makes 300 fields a firm filterable and sortable without a column of their own."""

from typing import Any, ClassVar

from django.db import models

from fairlead.tenancy.public import FirmModel


class FieldValue(FirmModel):
    """One row for each custom value (each choice of a multiple choice); derived from `Record.custom`.

    Comparing text is what row-level security lets use an index, so values of every type are kept as text.
    """

    derived: ClassVar[bool] = True
    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]
    pk: Any = models.CompositePrimaryKey(
        "firm_id", "field_id", "key", "record_id",
        help_text="The only index: it serves equality, ranges and sorting within a field.",
    )  # fmt: skip

    field_id = models.UUIDField(
        help_text="The custom field; no foreign key, an import writes five of these rows a record."
    )
    key = models.TextField(
        db_collation="C", help_text="The value of any type as text whose byte order is the order of the values."
    )
    record_id = models.UUIDField(help_text="The record that holds the value.")

    class Meta:
        """The primary key is the only index."""

        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.field_id}: {self.key}"
