"""Tags: the page that manages them, and the dialog that puts them on a record."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from fairlead.accounts.public import FirmRequest, errands
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import counted, fold
from fairlead.people import access, leaving, reads
from fairlead.people.actions import tag_ends, tagging, tags
from fairlead.people.models import Tag
from fairlead.people.web import kinds
from fairlead.shell import dialogs, record, seen
from fairlead.shell.forms import ActionForm, Needed, posted
from fairlead.shell.marks import COLORS
from fairlead.shell.responses import done

PAGE, CHOICES = 100, 20
ORDERS = {"name": "name_norm", "-name": "-name_norm", "count": "usage_count", "-count": "-usage_count"}


def page(request: FirmRequest) -> HttpResponse:
    """List the firm's tags: `?q=&category=&sort=&page=`."""
    query, category = request.GET.get("q", ""), request.GET.get("category", "")
    sort = request.GET.get("sort", "name")
    rows = access.tags(request.actor).order_by(ORDERS.get(sort, "name_norm"), "id")
    if query:
        rows = rows.filter(name_norm__contains=fold(query))
    if category in Tag.Category.values:
        rows = rows.filter(category=category)
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    going = {e.subject_id: errands.as_job(e, request.firm) for e in leaving.errands_of(tag.pk for tag in found)}
    context = {
        "page": found, "lines": [(tag, going.get(tag.pk)) for tag in found], "query": query,
        "category": category, "sort": sort, "categories": Tag.Category.choices,
        "sees_some": request.actor.visible_owners is not None,
        "may": request.actor.can("tags.manage"), "contacts_url": kinds.list_url(request, "contact"),
        "url": kinds.url(request, "tags"),
    }  # fmt: skip
    return render(request, "people/tags.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Create a tag."""
    request.actor.require("tags.manage")
    form = _form(request, {"color": "slate", "category": "general"})
    if request.method == "POST":
        try:
            made = tags.create_tag(**form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"Tag {made.name} created.", to=kinds.url(request, "tags"))
    return dialogs.dialog(request, form, title="New tag", submit="Create")


def edit(request: FirmRequest, tag_id: UUID) -> HttpResponse:
    """Change a tag."""
    request.actor.require("tags.manage")
    tag = access.tag(request.actor, tag_id)
    form = _form(request, {n: getattr(tag, n) for n in tags.FIELDS})
    if request.method == "POST":
        try:
            tags.update_tag(tag_id, form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Tag saved.", to=kinds.url(request, "tags"))
    return dialogs.dialog(request, form, title=f"Tag {tag.name}")


def merge(request: FirmRequest, tag_id: UUID) -> HttpResponse:
    """Merge a tag into another one."""
    request.actor.require("tags.manage")
    tag = access.tag(request.actor, tag_id)
    form = ActionForm(posted(request))
    others = access.tags(request.actor).exclude(pk__in=[tag_id, *leaving.leaving()]).order_by("name_norm")
    form.fields["into"] = django_forms.ModelChoiceField(
        others, label="Into", empty_label="Choose a tag", widget=django_forms.Select(attrs={"data-search": "1"}),
        help_text=f"{tag.name} disappears; what carried it carries the other tag. This cannot be undone.",
        error_messages={"required": "Choose a tag."},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        kept = tag_ends.merge_tags([tag_id], form.cleaned_data["into"].pk, by=request.actor)
        said = f"{tag.name} is merged into {kept.name}."
        if leaving.errand_of(tag_id):
            said = f"{tag.name} is being merged into {kept.name}, record by record."
        return done(request, said, to=kinds.url(request, "tags"))
    return dialogs.dialog(request, form, title=f"Merge {tag.name}", submit="Merge")


def delete(request: FirmRequest, tag_id: UUID) -> HttpResponse:
    """Ask, then delete a tag."""
    request.actor.require("tags.manage")
    tag = access.tag(request.actor, tag_id)
    if request.method == "POST":
        count = tag_ends.delete_tag(tag_id, by=request.actor)
        said = f"Tag {tag.name} deleted from {counted(count, 'record')}."
        if leaving.errand_of(tag_id):
            said = f"Tag {tag.name} is being deleted, record by record."
        return done(request, said, to=kinds.url(request, "tags"))
    text = (
        f"It is taken off the {counted(tag.usage_count, 'record')} it stands on. Views, segments and rules that ask "
        "for it find nobody by it any more: merge it into another tag to keep them. This cannot be undone."
    )
    title = f"Delete the tag {tag.name}?"
    return dialogs.dialog(request, ActionForm(), title=title, submit="Delete", danger="yes", text=text)


def choices(request: FirmRequest) -> JsonResponse:
    """Answer with tags whose name holds `?q=`, for tag pickers."""
    rows = access.tags(request.actor).exclude(pk__in=list(leaving.leaving()))
    rows = rows.filter(name_norm__contains=fold(request.GET.get("q", "")))
    found = rows.order_by("-usage_count", "name_norm")[:CHOICES]
    return JsonResponse([{"value": t.name, "label": t.name, "color": t.color} for t in found], safe=False)


def of_record(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Choose the tags of a record (POST `tags`, repeated names; new names become tags)."""
    found = kinds.read(request, noun, record_id)
    request.actor.require(f"{kinds.noun_of(noun).plural}.edit")
    if request.method == "POST":
        found = seen.locked(found)
    current, error = reads.tags_of(record_id), ""
    stored = {"tags": [t.name for t in current]}
    chosen = {t.name_norm: t.name for t in current}
    if request.method == "POST":
        chosen = {fold(n): n for n in request.POST.getlist("tags") if n.strip()}
        gone = [t.id for t in current if t.name_norm not in chosen]
        try:
            seen.expect(request.POST.get(seen.NAME, ""), stored, {"tags": list(chosen.values())})
            tagging.untag_records(noun, [record_id], tag_ids=gone, by=request.actor)
            tagging.tag_records(noun, [record_id], names=list(chosen.values()), by=request.actor)
        except InvalidInput as refused:
            error = " ".join(text for texts in refused.fields.values() for text in texts)
        else:
            return done(request, "Tags saved.", to=kinds.record_url(request, noun, record_id))
    colors = reads.tag_colors(chosen)
    context: dict[str, Any] = {
        "chosen": [(name, colors.get(norm, "")) for norm, name in chosen.items()], "seen": seen.mark(stored),
        "source": kinds.url(request, "tag-choices"), "may_create": request.actor.can("tags.manage"), "error": error,
    }  # fmt: skip
    return dialogs.dialog(request, None, title=f"Tags of {found.name}", template="people/record_tags.html", **context)


def marks(request: FirmRequest, noun: str, record_id: UUID) -> list[record.Tag]:
    """Return the tags of a record as its page shows them: with who set each and when."""
    return [
        record.Tag(on.tag.name, on.tag.color, on.tag.description, on.who, on.when, _all_with(request, noun, on.tag))
        for on in reads.tags_on(record_id)
    ]


def _all_with(request: FirmRequest, noun: str, tag: Tag) -> str:
    tree = {"tag": {"op": "has_any", "value": [str(tag.pk)]}}
    return kinds.list_url(request, noun, tree)


def _form(request: FirmRequest, initial: dict[str, str]) -> ActionForm:
    controls = {
        "name": Needed(label="Name"),
        "category": django_forms.ChoiceField(label="Category", choices=Tag.Category.choices),
        "color": django_forms.ChoiceField(label="Colour", choices=[(c, c.capitalize()) for c in COLORS]),
        "description": django_forms.CharField(label="Description", required=False),
    }
    return dialogs.make(request, controls, initial)
