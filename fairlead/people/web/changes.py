"""Dialogs and buttons of a record page that call one verb each: convert, consent, channels, lists, bin, picture."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import uploads
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people.actions import consent, contacts, lists, pictures
from fairlead.people.models import Contact
from fairlead.people.web import forms, kinds
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm
from fairlead.shell.panels import panels_for
from fairlead.shell.responses import done, is_partial

PICTURE_AGE = 7 * 24 * 3600


def convert(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Make a lead or prospect a client."""
    record = _contact(request, record_id)
    request.actor.require("contacts.edit")
    noun = kinds.noun_of("contact")
    controls = {name: forms.editor(noun.field(name), request, record) for name in ("client_type", "owner")}
    initial = {"client_type": record.client_type, "owner": str(record.owner_id or "")}
    form = dialogs.make(request, controls, initial)
    if request.method == "POST":
        try:
            typed = form.typed()
            owner = UUID(typed["owner"]) if typed["owner"] else None
            contacts.convert_contact(record_id, client_type=typed["client_type"], owner_id=owner, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"{record.name} is a client now.", to=kinds.record_url(request, "contact", record_id))
    return dialogs.dialog(request, form, title=f"Make {record.name} a client", submit="Convert")


def record_consent(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Record an opt-out, or an opt-in of somebody who had opted out."""
    record = _contact(request, record_id)
    request.actor.require("consent.manage")
    reason = django_forms.CharField(
        label="How do you know?", required=False, help_text="Kept with the date: asked on the phone, by letter …"
    )
    form = dialogs.make(request, {"reason": reason}, {})
    out = not record.do_not_contact
    if request.method == "POST":
        verb = consent.opt_out if out else consent.opt_in
        verb([record_id], reason=form.typed()["reason"], by=request.actor)
        text = "Opt-out recorded." if out else "Opt-in recorded."
        return done(request, text, to=kinds.record_url(request, "contact", record_id))
    title = f"{record.name} wants no messages" if out else f"{record.name} agreed to messages"
    return dialogs.dialog(request, form, title=title, submit="Record the opt-out" if out else "Record the opt-in")


def channels(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Set which channels are welcome."""
    record = _contact(request, record_id)
    request.actor.require("consent.manage")
    words = {None: "", True: "yes", False: "no"}
    said = [("", "Not said"), ("yes", "Welcome"), ("no", "Not welcome")]
    controls = {
        name: django_forms.ChoiceField(label=label, required=False, choices=said)
        for name, label in consent.CHANNELS.items()
    }
    form = dialogs.make(request, controls, {name: words[record.channels.get(name)] for name in controls})
    if request.method == "POST":
        values = {"": None, "yes": True, "no": False}
        try:
            consent.set_channels(record_id, {n: values.get(v) for n, v in form.typed().items()}, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Preferences saved.", to=kinds.record_url(request, "contact", record_id))
    return dialogs.dialog(request, form, title="Channel preferences")


def subscriptions(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Subscribe a contact to a list, take it off or ask it to confirm (POST `list`, `subscribe`: yes, no, ask)."""
    record = _contact(request, record_id)
    if request.method == "POST":
        try:
            list_id = UUID(request.POST.get("list", ""))
        except ValueError:
            raise NotFound from None
        verbs = {"yes": lists.subscribe, "ask": lists.ask_to_confirm}
        verbs.get(request.POST.get("subscribe", ""), lists.unsubscribe)(list_id, [record_id], by=request.actor)
    if not is_partial(request):
        return redirect(kinds.record_url(request, "contact", record_id))
    panel = next(p for p in panels_for("contact", request.actor.can) if p.key == "lists")
    return HttpResponse(panel.render(request, record))


def delete(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Ask, then put a record into the bin, with Undo."""
    record: Any = kinds.read(request, noun, record_id)
    kind = kinds.noun_of(noun)
    request.actor.require(f"{kind.plural}.delete")
    if request.method == "POST":
        kind.verbs.delete([record_id], by=request.actor)
        undo = kinds.part_url(request, noun, "restore", record_id=record_id)
        return done(request, f"{record.name} is in the bin.", to=kinds.list_url(request, noun), undo_url=undo)
    text = "It can be taken out again. The address becomes free for others." if noun == "contact" else ""
    title = f"Move {record.name} to the bin?"
    return dialogs.dialog(request, ActionForm(), title=title, submit="Move to the bin", danger="yes", text=text)


@require_POST
def restore(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Take a record out of the bin (POST)."""
    kind = kinds.noun_of(noun)
    if not kind.verbs.restore([record_id], by=request.actor):
        raise NotFound
    return done(request, f"{kind.label} restored.", to=kinds.record_url(request, noun, record_id))


def picture(request: FirmRequest, record_id: UUID) -> HttpResponseBase:
    """Answer with a contact's picture."""
    record = _contact(request, record_id)
    if not record.picture:
        raise NotFound
    return uploads.serve(
        str(record.picture.name), name="picture.webp", content_type="image/webp", inline=True, max_age=PICTURE_AGE
    )


def picture_form(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Ask for a picture and store it, or take it away (POST `remove`)."""
    record = _contact(request, record_id)
    request.actor.require("contacts.edit")
    form = dialogs.make(request, {}, {})
    if request.method == "POST":
        upload = request.FILES.get("picture")
        try:
            if request.POST.get("remove"):
                pictures.remove_picture(record_id, by=request.actor)
            elif upload is None or upload.file is None:
                raise InvalidInput({"": ["Choose a picture."]})
            else:
                pictures.set_picture(record_id, upload.file, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Picture saved.", to=kinds.record_url(request, "contact", record_id))
    return dialogs.dialog(request, form, title="Picture", template="people/picture.html", record=record)


def _contact(request: FirmRequest, record_id: UUID) -> Contact:
    found = kinds.read(request, "contact", record_id)
    if not isinstance(found, Contact):
        raise NotFound
    return found
