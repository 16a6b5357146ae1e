"""How complete a contact's profile is: one SQL expression, for pages, lists, filters, segments and reports alike."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fairlead.people.models import Contact
from fairlead.records.public import Computation, Computed, CustomField, Field, FieldType, custom, fragments

# What makes a profile complete; each counts the same, and so does each of the firm's own fields that is shown.
PROFILE = (
    "first_name", "last_name", "email", "phone", "job_title", "company", "street", "city", "country", "time_zone",
    "language", "lifecycle", "owner", "source", "birthday",
)  # fmt: skip
EMPTY = ["", "[]"]


def _percent(alias: str, fields: Sequence[CustomField] | None = None) -> fragments.Sql:
    """Return the filled part of the profile in percent, rounded half up; `fields` are the firm's own, when read."""
    known = custom.custom_fields("contact") if fields is None else fields
    own = [field.key for field in known if field.kind != "hidden"]
    parts = [_filled(alias, name) for name in PROFILE]
    parts += [f"coalesce(({alias}.custom->>%s) <> ALL(%s), false)" for _ in own]
    filled = " + ".join(f"({part})::int" for part in parts)
    params = tuple(value for key in own for value in (key, EMPTY))
    # In whole numbers: a division of numerics costs as much again as reading the fields of a million contacts.
    return fragments.Sql(f"((200 * ({filled}) + {len(parts)}) / {2 * len(parts)})", params)


def _filled(alias: str, name: str) -> str:
    column: Any = Contact._meta.get_field(name)
    stored = f"{alias}.{fragments.quote(column.column)}"
    return f"{stored} IS NOT NULL" if column.null else f"{stored} <> ''"


COMPLETENESS = Field(
    "completeness", "Profile complete (%)", FieldType.NUMBER, "About", editable=False, importable=False,
    help="Percent of the standard fields and the firm's own that are filled.",
    computed=Computed(_percent, frozenset({*PROFILE, "custom"})),
)  # fmt: skip


def completeness(own: Sequence[CustomField]) -> Computation:
    """Return the expression for a query of contacts by somebody who has read the firm's own fields already."""
    computed = Computed(partial(_percent, fields=own), frozenset())
    return Computation(replace(COMPLETENESS, computed=computed))
