"""The facts on the left of a record page: shown, edited in place, and safe when two people edit at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput, NotFound, StaleVersion
from fairlead.kernel.text import whole_number
from fairlead.people import reads
from fairlead.people.web import channels, forms, kinds, showing
from fairlead.records.public import CustomField, Field, Record, controls, custom
from fairlead.shell.forms import ActionForm, posted
from fairlead.shell.record import Conflict, Fact, FactGroup
from fairlead.shell.responses import refresh_part

HIDDEN = {"name", "opt_in_status", "opt_out_date", "do_not_contact"}  # in the head, and in the consent panel
FOLDED = {"Firmographics", "System", "Dates", "How they came"}


def groups(
    request: FirmRequest, noun: str, record: Record, own: Sequence[CustomField] | None = None
) -> list[FactGroup]:
    """Return every fact of a record under its heading, System last; `own`: the firm's fields, when they are read."""
    found: dict[str, list[Fact]] = {}
    for field in fields(noun, own):
        drawn = fact(request, noun, field, record)
        if (drawn.shown or field.editable) and (field.name not in HIDDEN or noun == "company"):
            found.setdefault(field.group, []).append(drawn)
    ordered = sorted(found.items(), key=lambda one: one[0] == "System")
    return [FactGroup(g.lower().replace(" ", "-"), g, facts, folded=_folded(g, facts)) for g, facts in ordered]


def fields(noun: str, own: Sequence[CustomField] | None = None) -> list[Field]:
    """Return the noun's fields and the firm's own (`own`, when they are read), as the page lists them."""
    return [
        *kinds.noun_of(noun).fields, *(f.as_field() for f in (custom.custom_fields(noun) if own is None else own)),
    ]  # fmt: skip


def fact(request: FirmRequest, noun: str, field: Field, record: Record) -> Fact:
    """Return one field of a record as a fact; it can be edited when the member may."""
    key = field.name.replace(".", "-")
    may = field.editable and request.actor.can(f"{kinds.noun_of(noun).plural}.edit")
    url = kinds.part_url(request, noun, "fact", record_id=record.pk, key=key) if may else ""
    shown = _shown(request, noun, field, record)
    return Fact(key, field.label, shown, url, field.help)


def page(request: FirmRequest, noun: str, record_id: UUID, key: str) -> HttpResponse:
    """GET a fact's form (`?view=1` the fact as shown, `?theirs=1` who changed it) or POST its value, `If-Match`."""
    record = kinds.read(request, noun, record_id)
    field = next((f for f in fields(noun) if f.name.replace(".", "-") == key), None)
    if field is None or not field.editable:
        raise NotFound
    shown = fact(request, noun, field, record)
    form = _form(request, noun, field, record)
    if request.method == "POST":
        return _save(request, noun, field, record, form)
    request.actor.require(f"{kinds.noun_of(noun).plural}.edit")
    if "view" in request.GET:
        return render(request, "shell/record/fact.html", {"fact": shown})
    if "theirs" in request.GET:
        return render(request, "shell/record/theirs.html", {"fact": shown, **_changed(request, noun, field, record)})
    return render(request, "shell/record/fact_form.html", {"fact": shown, "form": form})


def _save(request: FirmRequest, noun: str, field: Field, record: Record, form: ActionForm) -> HttpResponse:
    values = channels.read(form) if isinstance(form, channels.ChannelForm) else forms.values(form.typed())
    try:
        saved = kinds.noun_of(noun).verbs.update(record.pk, values, by=request.actor, version=_version(request))
    except StaleVersion as stale:
        return _conflict(request, noun, field, record, values, stale)
    except InvalidInput as error:
        form.refuse(forms.refusal(error))
        context = {"fact": fact(request, noun, field, record), "form": form, "version": _version(request)}
        return render(request, "shell/record/fact_form.html", context, status=422)
    if request.headers.get("HX-Request") != "true":
        return redirect(kinds.record_url(request, noun, record.pk))
    fresh = kinds.read(request, noun, saved.pk)
    response = render(request, "shell/record/fact.html", {"fact": fact(request, noun, field, fresh)})
    response.headers["ETag"] = f'"{fresh.version}"'
    refresh_part(response, "record", "timeline")
    return response


def _conflict(
    request: FirmRequest, noun: str, field: Field, record: Record, values: Mapping[str, Any], stale: StaleVersion
) -> HttpResponse:
    theirs = fact(request, noun, field, record)
    posted = [(name, value) for name, many in request.POST.lists() for value in many if name != "csrfmiddlewaretoken"]
    yours = showing.show_value(field, values[field.name], request.firm.country) if field.name in values else ""
    conflict = Conflict(
        theirs, stale.current, theirs.shown, yours or ", ".join(v for _, v in posted if v), posted,
        **_changed(request, noun, field, record),
    )  # fmt: skip
    return render(request, "shell/record/conflict.html", {"conflict": conflict}, status=412)


def _changed(request: FirmRequest, noun: str, field: Field, record: Record) -> dict[str, Any]:
    """Return who last changed a field, or the record, and when."""
    change = reads.last_change(noun, record.pk, field=field.name)
    return {"by": change.actor_label if change else "", "at": change.occurred_at if change else None}


def _version(request: FirmRequest) -> int | None:
    return whole_number(request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"'))


def _form(request: FirmRequest, noun: str, field: Field, record: Record) -> ActionForm:
    data = posted(request)
    if noun == "contact" and field.name in channels.EDITORS:
        return channels.form(field.name, record, data)
    form = ActionForm(data, initial={_name(field): controls.initial(field, record)}, auto_id=f"fact-{record.pk}-%s")
    form.fields[_name(field)] = forms.editor(field, request, record)
    form.fields[_name(field)].help_text = ""
    return form


def _name(field: Field) -> str:
    return field.name.replace(".", "-")


def _shown(request: FirmRequest, noun: str, field: Field, record: Record) -> Any:
    if noun != "contact" or field.name not in channels.EDITORS:
        return showing.show(field, record, request)
    entries = channels.entries(field.name, record)
    lines = ((showing.show_value(field, e.value, request.firm.country), e.note) for e in entries)
    return format_html_join("", '<div>{} <span class="muted tiny">{}</span></div>', lines) if entries else ""


def _folded(group: str, facts: list[Fact]) -> bool:
    return group in FOLDED and not (group == "Dates" and any(f.shown for f in facts))
