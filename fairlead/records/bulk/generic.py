"""The verbs that every noun has: set a field, choose an owner, delete, restore."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.forms import Field as FormField

from fairlead.accounts.public import Membership
from fairlead.kernel.errors import FairleadError, Forbidden, InvalidInput
from fairlead.records import cleaning
from fairlead.records.bulk.verbs import Applied, Controls, Failure, Params, Verb
from fairlead.records.controls import control, field_choice
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.custom import clean_value
from fairlead.records.fields import Field, FieldType
from fairlead.records.models.custom_field import PREFIX
from fairlead.records.nouns import Noun
from fairlead.shell.forms import Unjudged
from fairlead.tenancy.public import Actor

UNCHOSEN = "…"  # the choice that a dialog begins with; "" takes the value away
CHANGED = "It was changed again since; it is left as it is."
GONE = "It is in the bin, gone, or no longer yours to see; it is left as it is."


def each(ids: Sequence[UUID], one: Callable[[UUID], Any | None]) -> Applied:
    """Apply `one` to each record in a savepoint of its own; it returns what undo needs, None when nothing changed."""
    previous: dict[str, Any] = {}
    failures: list[Failure] = []
    for record_id in ids:
        try:
            with transaction.atomic():
                before = one(record_id)
        except Forbidden:
            raise
        except FairleadError as error:
            failures.append(Failure(record_id, error.message))
        except IntegrityError:
            failures.append(Failure(record_id, "Another record got in the way. Try again."))
        else:
            if before is not None:
                previous[str(record_id)] = before
    return Applied(len(previous), previous, failures)


def settable(noun: Noun) -> list[Field]:
    """Return the fields that may be set for many records: no unique ones."""
    own = [f.as_field() for f in Vocabulary(noun).custom(noun) if not f.is_unique]
    kept = ("name", "title", "email", "phone", "external_id")
    found = [f for f in noun.fields if f.editable and f.name not in kept and f.type is not FieldType.MONEY]
    return found + own


def _values(name: str, value: Any) -> dict[str, Any]:
    """Return values as the nouns' verbs take them."""
    return {"custom": {name.removeprefix(PREFIX): value}} if name.startswith(PREFIX) else {name: value}


def _clean_set(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    field = next((f for f in settable(noun) if f.name == params.get("field")), None)
    if field is None:
        raise InvalidInput({"field": ["Choose a field that can be set for many records."]})
    raw = params.get("value")
    if raw == UNCHOSEN:
        raise InvalidInput({"value": [f"Choose what {field.label} becomes."]})
    try:
        custom = next((c for c in Vocabulary(noun).custom(noun) if c.name == field.name), None)
        value = clean_value(custom, raw) if custom else cleaning.clean(field, raw)
    except ValueError as error:
        raise InvalidInput({"value": [str(error)]}) from None
    return {"field": field.name, "value": _json(value), "label": field.label}


def _json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _set(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> Applied:
    name, value = params["field"], params["value"]
    if noun.set_field is not None:
        was = noun.set_field(dict.fromkeys(ids, value), name, by=by)
        return Applied(len(was), {str(pk): {"value": before} for pk, before in was.items()})
    before = _current(noun, ids, name, by)

    def one(record_id: UUID) -> Any | None:
        if record_id not in before or before[record_id] == value:
            return None
        noun.verbs.update(record_id, _values(name, value), by=by, version=None)
        return {"value": before[record_id]}

    return each(ids, one)


def _unset(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> Applied:
    name = params["field"]
    ids = [UUID(key) for key in previous]
    now = _current(noun, ids, name, by)
    same = {pk: cleaning.Stored(previous[str(pk)]["value"]) for pk in ids if now.get(pk, ...) == params["value"]}
    left = [Failure(pk, CHANGED if pk in now else GONE) for pk in ids if pk not in same]
    set_field = noun.set_field
    if set_field is not None:
        with suppress(FairleadError, IntegrityError), transaction.atomic():
            return Applied(len(set_field(same, name, by=by)), failures=left)

    def one(record_id: UUID) -> Any | None:
        if set_field is not None:
            return dict(set_field({record_id: same[record_id]}, name, by=by))
        noun.verbs.update(record_id, _values(name, same[record_id].value), by=by, version=None)
        return {}

    done = each(list(same), one)
    return replace(done, failures=[*left, *done.failures])


def _current(noun: Noun, ids: Sequence[UUID], name: str, by: Actor) -> dict[UUID, Any]:
    """Return the field's value of each visible record as JSON, locked in the order of their ids."""
    rows = noun.visible(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    if name.startswith(PREFIX):
        key = name.removeprefix(PREFIX)
        return {record.pk: record.custom.get(key) for record in rows.only("custom")}
    attribute = noun.field(name).attribute
    return {pk: _json(value) for pk, value in rows.values_list("pk", attribute)}


def _delete(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> Applied:
    seen = list(noun.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    changed = noun.verbs.delete(seen, by=by)
    return Applied(changed, {str(pk): None for pk in seen})


def _restore(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> Applied:
    ids = [UUID(key) for key in previous]
    try:
        with transaction.atomic():
            return Applied(noun.verbs.restore(ids, by=by))
    except InvalidInput:  # an address was given away meanwhile: find out whose
        return each(ids, lambda record_id: {} if noun.verbs.restore([record_id], by=by) else None)


def _choose_field(noun: Noun, by: Actor, params: Params) -> Controls:
    field = next((f for f in settable(noun) if f.name == params.get("field")), None)
    return {"field": field_choice(settable(noun), field), **({"value": _becomes(field)} if field else {})}


def _becomes(field: Field) -> FormField:
    """Return the form field of the new value; nothing is chosen before somebody chooses."""
    hint = "" if field.required else "Empty takes the value away."
    made = control(replace(field, label=f"{field.label} becomes", help=hint, required=False, all_shown=False))
    if isinstance(made, Unjudged):
        nothing = [] if field.required else [("", "Nobody" if field.type is FieldType.MEMBER else "Nothing")]
        listed: Any = made.choices
        made.choices = [(UNCHOSEN, "Choose …"), *nothing, *(choice for choice in listed if choice[0])]
        made.help_text = ""
    return made


def _clean_owner(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    cleaned = _clean_set(noun, {"field": "owner", "value": params.get("value")}, by)
    active = Membership.rows().filter(pk=cleaned["value"], deactivated_at=None)
    if cleaned["value"] and not active.exists():
        raise InvalidInput({"value": ["Nobody active in this firm has this id."]})
    return cleaned


def _owner_control(noun: Noun, by: Actor, params: Params) -> Controls:
    return {"value": _becomes(noun.field("owner"))}


def _owner_of(noun: Noun) -> str:
    return noun.field("owner").label.lower()


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence; "VAT id" keeps its capitals."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _count_words(verb: str) -> Callable[[Noun, Params], str]:
    return lambda noun, params: f"{verb} {noun.label_plural.lower()}"


VERBS = (
    Verb(
        "owner", "Set owner", "user-check", "edit", _set, lambda noun, params: f"Set the {_owner_of(noun)}",
        _clean_owner, _unset, _owner_control, order=30, takes={"value": "The id of a member, or null."},
        named=lambda noun: f"Set {_owner_of(noun)}",
    ),
    Verb(
        "set", "Set a field", "forms", "edit", _set, lambda noun, params: f"Set {_inside(params['label'])}",
        _clean_set, _unset, _choose_field, order=40,
        takes={"field": "The name of a field.", "value": "Its new value, or null."},
    ),
    Verb("delete", "Delete", "trash", "delete", _delete, _count_words("Delete"), undo=_restore, danger=True, order=900),
)  # fmt: skip
