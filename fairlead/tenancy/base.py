"""The base of every firm table and its manager, which fails closed."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.fields.related_lookups import RelatedExact
from django.db.models.sql.where import AND

from fairlead.kernel.ids import uuid7
from fairlead.tenancy.context import require_firm
from fairlead.tenancy.models import Firm


class FirmQuerySet(models.QuerySet[Any]):
    """A query set that is already limited to the firm in context."""


class FirmManager(models.Manager[Any]):
    """Filters by the firm in context and raises `NoFirm` without one; PostgreSQL's policies refuse as well."""

    def get_queryset(self) -> FirmQuerySet:
        """Return the rows of the firm in context.

        The condition is what `filter(firm_id=…)` ends in, put in place directly: every query of every page begins
        here, and resolving the same name each time cost more than PostgreSQL did.
        """
        rows = FirmQuerySet(self.model, using=self._db)
        column = self.model._meta.get_field("firm").get_col(rows.query.get_initial_alias())
        rows.query.where.add(RelatedExact(column, require_firm()), AND)
        return rows


class FirmModel(models.Model):
    """A row of one firm, with a UUIDv7 key and timestamps.

    Policies, grants and the composite (firm_id, x_id) foreign keys are put in place after every migrate by
    `tenancy.policies`, so no room can forget them.
    """

    id = models.UUIDField(
        primary_key=True, default=uuid7, editable=False,
        help_text="UUID, version 7 (RFC 9562) where Python makes it: such ids grow with time.",
    )  # fmt: skip
    firm = models.ForeignKey(
        Firm,
        on_delete=models.CASCADE,
        default=require_firm,
        editable=False,
        related_name="+",
        db_constraint=False,
        db_index=False,
        help_text="The firm that the row belongs to; row-level security shows it to no other.",
    )
    created_at = models.DateTimeField(auto_now_add=True, help_text="When the row was inserted.")
    # save() sets it; an update of many rows at once must name it.
    updated_at = models.DateTimeField(auto_now=True, help_text="When the row was last written.")

    objects: ClassVar[FirmManager] = FirmManager()

    class Meta:
        """Every access path goes through the failing-closed manager."""

        abstract = True
        base_manager_name = "objects"

    @classmethod
    def rows(cls) -> models.QuerySet[Self]:
        """Return the typed rows of the firm in context."""
        return cls.objects.get_queryset()


class FirmForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key to another firm table; the database constraint is composite and carries the firm."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("related_name", "+")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave out what `__init__` always sets."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs
