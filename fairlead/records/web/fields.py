"""The library of custom fields, among the settings."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest, errands
from fairlead.kernel import money
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.money import plain_decimal
from fairlead.kernel.text import counted
from fairlead.records import access, nouns
from fairlead.records.actions import custom_fields as actions
from fairlead.records.actions import field_errands
from fairlead.records.custom.cleaning import DIGITS
from fairlead.records.custom.library import custom_fields
from fairlead.records.fields import FieldType
from fairlead.records.models import CustomField, Kind
from fairlead.records.nouns import Noun
from fairlead.records.web import place
from fairlead.shell import dialogs
from fairlead.shell.responses import done

RULES = {
    "min": (FieldType.NUMBER, FieldType.MONEY),
    "max": (FieldType.NUMBER, FieldType.MONEY),
    "min_length": (FieldType.TEXT, FieldType.LONG_TEXT),
    "max_length": (FieldType.TEXT, FieldType.LONG_TEXT),
    "pattern": (FieldType.TEXT,),
}
KEY_HELP = "For the API and merge fields. Made from the label when empty; it never changes."
LABELS = {
    "min": "At least", "max": "At most", "min_length": "At least so many characters",
    "max_length": "At most so many characters", "pattern": "Pattern (regular expression)",
}  # fmt: skip


@require_GET
def index(request: FirmRequest, noun: str = "contact") -> HttpResponse:
    """List the custom fields of a noun by group, archived ones below."""
    kind = access.noun(noun)
    request.actor.require(kind.permission("view"))
    fields = custom_fields(kind.name, archived=True)
    used = actions.usage_of(fields)
    going = {e.subject_id: errands.as_job(e, request.firm) for e in field_errands.running([f.pk for f in fields])}
    lines: list[dict[str, Any]] = [
        {"field": f, "kind": Kind(f.kind).label, "used": used.get(f.pk, 0), "job": going.get(f.pk)} for f in fields
    ]
    context = {
        "noun": kind, "living": [x for x in lines if x["field"].archived_at is None],
        "archived": [x for x in lines if x["field"].archived_at is not None],
        "nouns": [
            (n, place.url(request, "fields-of", noun=n.plural))
            for n in nouns.registered()
            if request.actor.can(n.permission("view"))
        ],
        "may": request.actor.can("fields.manage"), "new_url": place.url(request, "field-new", noun=kind.plural),
    }  # fmt: skip
    return render(request, "records/fields.html", context)


@require_http_methods(["GET", "POST"])
def new(request: FirmRequest, noun: str) -> HttpResponse:
    """Add a field: first its kind, then what belongs to that kind."""
    request.actor.require("fields.manage")
    kind = access.noun(noun)
    chosen = request.POST.get("kind") or request.GET.get("kind") or ""
    if chosen not in Kind.values:
        text = f"What will be asked for {kind.label_plural.lower()}?"
        return dialogs.dialog(
            request, None, title="New field", text=text, template="records/field_kinds.html", kinds=Kind.choices
        )
    bare = CustomField(kind=chosen, noun=kind.name)
    form = dialogs.make(request, _controls(bare, new=True), {"kind": chosen, "group": "Custom fields"})
    if request.method == "POST":
        try:
            made = actions.create_field(kind, _values(bare, form.typed(), new=True), by=request.actor)
        except InvalidInput as error:
            form.refuse(_placed(error))
        else:
            return done(request, f"Field {made.label} added.", to=_address(request, kind))
    return dialogs.dialog(request, form, title=f"New field: {Kind(chosen).label}", submit="Add")


@require_http_methods(["GET", "POST"])
def edit(request: FirmRequest, field_id: UUID) -> HttpResponse:
    """Change a field."""
    request.actor.require("fields.manage")
    field = access.custom_field(request.actor, field_id)
    form = dialogs.make(request, _controls(field, new=False), _initial(field))
    if request.method == "POST":
        try:
            actions.update_field(field_id, _values(field, form.typed(), new=False), by=request.actor)
        except InvalidInput as error:
            form.refuse(_placed(error))
        else:
            return done(request, "Field saved.", to=_address(request, access.noun(field.noun)))
    return dialogs.dialog(request, form, title=f"Field {field.label}", text=f"In the API: custom.{field.key}")


@require_POST
def archive(request: FirmRequest, field_id: UUID) -> HttpResponse:
    """Put a field away."""
    field = actions.archive_field(field_id, by=request.actor)
    undo = place.url(request, "field-restore", field_id=field.pk)
    return done(
        request, f"{field.label} is archived.", to=_address(request, access.noun(field.noun)), undo_url=undo
    )  # fmt: skip


@require_POST
def restore(request: FirmRequest, field_id: UUID) -> HttpResponse:
    """Take a field out of the archive."""
    field = actions.restore_field(field_id, by=request.actor)
    return done(request, f"{field.label} is back.", to=_address(request, access.noun(field.noun)))


@require_http_methods(["GET", "POST"])
def merge(request: FirmRequest, field_id: UUID) -> HttpResponse:
    """Merge one option into another."""
    request.actor.require("fields.manage")
    field = access.custom_field(request.actor, field_id)
    options = [(o.value, o.label) for o in field.every_choice]
    controls = {
        "gone": forms.ChoiceField(choices=options, label="Replace"),
        "kept": forms.ChoiceField(choices=options, label="By"),
    }
    form = dialogs.make(request, controls, {})
    if request.method == "POST":
        typed = form.typed()
        try:
            count = actions.merge_options(field_id, typed["gone"] or "", typed["kept"] or "", by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            said = f"{counted(count, 'record')} changed."
            if field_errands.running([field_id]).exists():
                said = f"Options of {field.label} are being merged, record by record."
            return done(request, said, to=_address(request, access.noun(field.noun)))
    return dialogs.dialog(request, form, title=f"Merge options of {field.label}", submit="Merge")


@require_http_methods(["GET", "POST"])
def delete(request: FirmRequest, field_id: UUID) -> HttpResponse:
    """Ask, then delete an archived field with its values."""
    request.actor.require("fields.manage")
    field = access.custom_field(request.actor, field_id)
    form = dialogs.make(request, {"confirm": forms.CharField(label=f"Type {field.key}", required=False)}, {})
    if request.method == "POST":
        try:
            actions.delete_field(field_id, by=request.actor, confirm=form.typed()["confirm"] or "")
        except InvalidInput as error:
            form.refuse(error)
        else:
            going = field_errands.running([field_id]).exists()
            said = f"{field.label} is being deleted, record by record." if going else f"{field.label} is deleted."
            return done(request, said, to=_address(request, access.noun(field.noun)))
    text = f"Values of it in {counted(actions.usage(field), 'record')} are lost for good."
    return dialogs.dialog(request, form, title=f"Delete {field.label}", text=text, submit="Delete", danger="yes")


def _controls(field: CustomField, *, new: bool) -> dict[str, forms.Field]:
    choices = field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE)
    found: dict[str, forms.Field] = {"label": forms.CharField(label="Label", required=False)}
    if new:
        found["kind"] = forms.CharField(widget=forms.HiddenInput())
        found["key"] = forms.CharField(label="Key", required=False, help_text=KEY_HELP)
    if choices:
        area = forms.Textarea(attrs={"rows": 6})
        about = "One on each line. “value = Label” keeps a value; “# Label” archives an option."
        found["options"] = forms.CharField(widget=area, label="Options", required=False, help_text=about)
    found["group"] = forms.CharField(label="Group", required=False)
    found["help"] = forms.CharField(label="Help text", required=False)
    found["default"] = forms.CharField(label="Default", required=False)
    for rule, types in RULES.items():
        if field.type in types:
            found[rule] = forms.CharField(label=LABELS[rule], required=False)
    found["is_required"] = forms.BooleanField(label="Required", required=False)
    if not choices and field.type not in (FieldType.BOOLEAN, FieldType.LONG_TEXT):
        found["is_unique"] = forms.BooleanField(label="No two records may have the same value", required=False)
    return found


def _values(field: CustomField, typed: dict[str, Any], *, new: bool) -> dict[str, Any]:
    given = {n: typed.get(n) or "" for n in ("label", "group", "help", *(("key",) if new else ()))}
    values: dict[str, Any] = {**given, **({"kind": field.kind} if new else {})}
    values |= {n: typed[n] for n in ("is_required", "is_unique") if n in typed}
    if "options" in typed:
        values["options"] = _read_options(typed["options"] or "", {o["value"]: o for o in field.options})
    rules = {**field.rules, **{n: _rule(n, typed[n]) for n in RULES if n in typed}}
    values["rules"] = {n: v for n, v in rules.items() if v not in (None, "")}
    values["default"] = typed.get("default") or None
    return values


def _rule(name: str, text: Any) -> Any:
    if name == "pattern" or not text:
        return text
    try:
        number = plain_decimal(text)
    except ValueError:
        return text  # the action says what is wrong
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        return text
    return int(number) if number == int(number) else float(number)


def _read_options(text: str, before: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        archived = line.startswith("#")
        value, equals, label = line.lstrip("# ").partition("=")
        option = {"value": value.strip() if equals else "", "label": (label if equals else value).strip()}
        found.append({**before.get(option["value"], {}), **option, "archived": archived})
    return found


def _initial(field: CustomField) -> dict[str, Any]:
    lines = [f"{'# ' if o.get('archived') else ''}{o['value']} = {o['label']}" for o in field.options]
    default = ", ".join(field.default) if isinstance(field.default, list) else field.default
    if isinstance(default, dict):
        default = money.shown(default["amount"], default["currency"])
    common = {n: getattr(field, n) for n in ("label", "group", "help", "is_required", "is_unique")}
    return {**common, "options": "\n".join(lines), "default": default, **field.rules}


def _placed(error: InvalidInput) -> InvalidInput:
    """Show what is wrong with the rules at the first of them that the sentence names."""
    fields = dict(error.fields)
    for message in fields.pop("rules", []):
        name = next((rule for rule in sorted(RULES, key=len, reverse=True) if rule in message), "pattern")
        fields.setdefault(name, []).append(message)
    return InvalidInput(fields)


def _address(request: FirmRequest, noun: Noun) -> str:
    return place.url(request, "fields-of", noun=noun.plural)
