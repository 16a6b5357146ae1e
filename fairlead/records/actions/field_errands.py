"""What changes the values of a custom field in many records: a piece at a time, in the background when they are many.

Which records are still to pass is found in the field's index. Nobody changes the field itself meanwhile; who gives a
record the option that goes, or reads the field, finds it as it still is.
"""

from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.public import Errand, errands
from fairlead.events.public import record
from fairlead.kernel.errors import Conflict
from fairlead.records import access
from fairlead.records.custom.index import forget_field
from fairlead.records.custom.values import forget_left, forget_values, merge_option_values, replaced
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import Actor

MERGE, DELETE, PERMISSION = "field.merge_options", "field.delete", "fields.manage"
NAMES = (MERGE, DELETE)
PIECE = 1_000  # a record has a dozen indexes: about three hundred microseconds each


def running(field_ids: list[UUID]) -> QuerySet[Errand]:
    """Return what goes on about some fields."""
    return errands.running(*NAMES, about=field_ids)


def require_quiet(field: CustomField) -> None:
    """Raise `Conflict` while the values of the field are being changed in the background."""
    if errand := running([field.pk]).first():
        raise Conflict(f"“{errand.label}” goes on. Wait until it is done, or stop it.", code="running")


def holders(field: CustomField, option: str | None = None) -> QuerySet[FieldValue]:
    """Return the index of the field's values: of all, or of one option."""
    rows = FieldValue.rows().filter(field_id=field.pk)
    return rows if option is None else rows.filter(key=option)


def merge(field: CustomField, gone: str, kept: str, *, by: Actor) -> int:
    """Replace an option, or start to; returns in how many records it is done, 0 when that goes on."""
    total = holders(field, gone).count()
    if total > errands.AT_ONCE:
        names = {option["value"]: option["label"] for option in field.options}
        label = f"Replace {names[gone]} by {names[kept]} in {field.label}"
        errands.start(MERGE, field.pk, label=label, total=total, by=by, params={"gone": gone, "kept": kept})
        return 0
    _merge_all(field, gone, kept)
    _end_merge(field, gone, kept, total, by)
    return total


def merge_on(errand: Errand, by: Actor) -> int | None:
    """Replace the option in the next piece; at the end, take it off the field."""
    gone, kept = errand.params["gone"], errand.params["kept"]
    field = CustomField.rows().get(pk=errand.subject_id)
    if passed := merge_option_values(access.noun(field.noun), field, gone, kept, limit=PIECE):
        return passed
    field = CustomField.rows().select_for_update(of=("self",)).get(pk=field.pk)
    errand.done += _merge_all(field, gone, kept)
    _end_merge(field, gone, kept, errand.done, by)
    return None


def delete(field: CustomField, *, by: Actor) -> None:
    """Delete an archived field with its values, or start to."""
    total = holders(field).values("record_id").distinct().count()
    if total > errands.AT_ONCE:
        errands.start(DELETE, field.pk, label=f"Delete the field {field.label}", total=total, by=by)
    else:
        _end_delete(field, total, by)


def delete_on(errand: Errand, by: Actor) -> int | None:
    """Take the values out of the next piece of records; at the end, delete the field."""
    field = CustomField.rows().select_for_update(of=("self",)).get(pk=errand.subject_id)
    if passed := forget_values(access.noun(field.noun), field, limit=PIECE):
        return passed
    _end_delete(field, errand.done, by)
    return None


def _merge_all(field: CustomField, gone: str, kept: str) -> int:
    count = 0
    while passed := merge_option_values(access.noun(field.noun), field, gone, kept, limit=PIECE):
        count += passed
    return count


def _end_merge(field: CustomField, gone: str, kept: str, records: int, by: Actor) -> None:
    field.options = [option for option in field.options if option["value"] != gone]
    field.default = replaced(field.default, gone, kept)
    field.save()
    tell("custom_field.updated", field, by, merged=gone, into=kept, records=records)


def _end_delete(field: CustomField, records: int, by: Actor) -> None:
    forget_left(access.noun(field.noun), field)
    forget_field(field.pk)
    tell("custom_field.deleted", field, by, records=records)
    CustomField.rows().filter(pk=field.pk).delete()


def tell(event: str, field: CustomField, by: Actor, **data: object) -> None:
    """Write what happened to a field."""
    told = {"label": field.label, "noun": field.noun, "field": field.key, **data}
    record(event, by=by, subject=("custom_field", field.id), data=told)


KINDS = (errands.Kind(MERGE, PERMISSION, merge_on), errands.Kind(DELETE, PERMISSION, delete_on))
