"""Subscription lists and the suppression list."""

import contextlib
from uuid import UUID

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, prefix_end
from fairlead.people import access, reads
from fairlead.people.actions import consent, lists
from fairlead.people.models import Suppression
from fairlead.people.web import kinds
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, Needed
from fairlead.shell.responses import done

PAGE, CHOICES = 50, 20


def page(request: FirmRequest) -> HttpResponse:
    """Show the firm's lists, archived ones with `?archived=1`."""
    archived = request.GET.get("archived") == "1"
    rows = access.lists(request.actor).filter(archived_at__isnull=not archived).order_by("-is_primary", "name_norm")
    sizes = reads.list_sizes(request.actor, [found.id for found in rows])
    everybody = access.contacts(request.actor).count() if any(r.is_primary for r in rows) else 0
    counted = [(r, everybody if r.is_primary else sizes.get(r.id, 0)) for r in rows]
    context = {
        "rows": counted, "archived": archived, "may": request.actor.can("lists.manage"),
        "url": kinds.url(request, "lists"), "contacts_url": kinds.list_url(request, "contact"),
    }  # fmt: skip
    return render(request, "people/lists.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Create a list."""
    request.actor.require("lists.manage")
    form = _form(request, {"confirm_days": "14"})
    if request.method == "POST":
        try:
            made = lists.create_list(**form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"List {made.name} created.", to=kinds.url(request, "lists"))
    return dialogs.dialog(request, form, title="New list", submit="Create")


def edit(request: FirmRequest, list_id: UUID) -> HttpResponse:
    """Rename or describe a list."""
    request.actor.require("lists.manage")
    found = access.contact_list(request.actor, list_id)
    form = _form(request, {field: str(getattr(found, field)) for field in ("name", "description", *lists.CONFIRMING)})
    if request.method == "POST":
        try:
            lists.update_list(list_id, **form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "List saved.", to=kinds.url(request, "lists"))
    return dialogs.dialog(request, form, title=f"List {found.name}")


@require_POST
def archive(request: FirmRequest, list_id: UUID) -> HttpResponse:
    """Put a list away (POST), with Undo."""
    found = lists.archive_list(list_id, by=request.actor)
    undo = kinds.url(request, "list-unarchive", list_id=list_id)
    return done(request, f"{found.name} is archived.", to=kinds.url(request, "lists"), undo_url=undo)


@require_POST
def unarchive(request: FirmRequest, list_id: UUID) -> HttpResponse:
    """Take a list out of the archive (POST)."""
    found = lists.unarchive_list(list_id, by=request.actor)
    return done(request, f"{found.name} is back.", to=kinds.url(request, "lists"))


def company_choices(request: FirmRequest) -> JsonResponse:
    """Answer with companies whose name begins with `?q=`, or with those of `?ids=`, for company pickers."""
    typed = fold(request.GET.get("q", ""))
    rows = access.companies(request.actor).order_by("sort_key", "id")
    if named := request.GET.get("ids"):
        rows = rows.filter(pk__in=_ids(named))
    elif typed:
        rows = rows.filter(sort_key__gte=typed, sort_key__lt=prefix_end(typed))
    found = rows.values_list("pk", "name")[:CHOICES]
    return JsonResponse([{"value": str(pk), "label": name} for pk, name in found], safe=False)


def _ids(text: str) -> list[UUID]:
    """Return the ids of a comma-separated list; what is none is left out."""
    found = []
    for word in text.split(",")[:CHOICES]:
        with contextlib.suppress(ValueError):
            found.append(UUID(word))
    return found


def suppressions(request: FirmRequest) -> HttpResponse:
    """Show the addresses that nothing is sent to: `?q=&page=`."""
    query = request.GET.get("q", "").strip().lower()
    rows = access.suppressions(request.actor).order_by("-created_at", "id")
    if query:
        rows = rows.filter(address_norm__contains=query)
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "query": query, "channels": consent.CHANNELS, "url": kinds.url(request, "suppressions")}
    return render(request, "people/suppressions.html", context)


def suppress(request: FirmRequest) -> HttpResponse:
    """Block an address."""
    request.actor.require("consent.manage")
    controls = {
        "channel": django_forms.ChoiceField(label="Channel", choices=list(consent.CHANNELS.items())),
        "address": Needed(label="Address or number"),
        "reason": django_forms.ChoiceField(label="Reason", choices=Suppression.Reason.choices),
        "detail": django_forms.CharField(label="Details", required=False),
    }
    form = dialogs.make(request, controls, {"reason": Suppression.Reason.MANUAL})
    if request.method == "POST":
        typed = {name: value or "" for name, value in form.typed().items()}
        try:
            consent.suppress(**typed, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Address blocked.", to=kinds.url(request, "suppressions"))
    return dialogs.dialog(request, form, title="Block an address", submit="Block")


@require_POST
def release(request: FirmRequest, suppression_id: UUID) -> HttpResponse:
    """Allow an address again (POST)."""
    consent.release(suppression_id, by=request.actor)
    return done(request, "Address allowed again.", to=kinds.url(request, "suppressions"))


def _form(request: FirmRequest, initial: dict[str, str]) -> ActionForm:
    text = django_forms.Textarea(attrs={"rows": 4})
    controls = {
        "name": Needed(label="Name"),
        "description": django_forms.CharField(label="Description", required=False),
        "confirm_subject": django_forms.CharField(
            label="Subject of the mail that asks to confirm", required=False, help_text="Fairlead's words when empty."
        ),
        "confirm_text": django_forms.CharField(label="What that mail says", required=False, widget=text,
                                               help_text="Before the link, after a greeting by name."),
        "confirm_days": django_forms.CharField(label="Days that its link works", required=False),
    }  # fmt: skip
    return dialogs.make(request, controls, initial)
