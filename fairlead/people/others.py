"""A contact's addresses and numbers beside the primary ones, as two columns: an export without them would lose them."""

from functools import partial

from fairlead.records.public import Computed, Field, FieldType, fragments


def _beside(alias: str, *, table: str, shown: str) -> fragments.Sql:
    """Return what is shown of the contact's rows in `table` that are not primary, as an array, the oldest first."""
    return fragments.Sql(
        f"ARRAY(SELECT {shown} FROM {table} o WHERE o.firm_id = {alias}.firm_id "  # noqa: S608 - constants, an alias
        f"AND o.contact_id = {alias}.id AND NOT o.is_primary ORDER BY o.id)"
    )


def _field(name: str, label: str, *, table: str, shown: str, reads: str) -> Field:
    return Field(
        name, label, FieldType.MULTI_CHOICE, "About", editable=False, filterable=False, importable=False,
        computed=Computed(partial(_beside, table=table, shown=shown), frozenset({reads})),
    )  # fmt: skip


OTHERS = (
    _field("additional_emails", "Additional emails", table="people_contactemail", shown="o.address", reads="email"),
    _field(
        "additional_phones", "Additional phones",
        table="people_contactphone", shown="coalesce(nullif(o.e164, ''), o.number)", reads="phone",
    ),
)  # fmt: skip
