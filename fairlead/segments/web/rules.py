"""The pages of tag rules and personas."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people.public import Tag
from fairlead.segments import access
from fairlead.segments.actions import personas, rules
from fairlead.segments.actions import ready_made as ready
from fairlead.segments.models import PersonaAssignment, Segment, TagRuleApplication
from fairlead.segments.web.place import people_url, url
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, UnjudgedMany
from fairlead.shell.marks import COLORS
from fairlead.shell.responses import done

RULE_VERBS: dict[str, tuple[Any, str]] = {
    "pause": (rules.pause_rule, "The rule is paused."),
    "resume": (rules.resume_rule, "The rule works again."),
    "delete": (rules.delete_rule, "The rule is deleted; the tags it put stay."),
}
PERSONA_VERBS: dict[str, tuple[Any, str]] = {
    "archive": (personas.archive_persona, "The persona is archived."),
    "unarchive": (personas.unarchive_persona, "The persona is back."),
}
OWN = "Criteria of its own"


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """List the tag rules, with whom each has tagged."""
    found = list(access.rules(request.actor).order_by("name_norm"))
    tags = {str(t.pk): t for t in Tag.rows().filter(pk__in=[pk for r in found for pk in (*r.add, *r.remove)])}
    standing = (
        TagRuleApplication.rows().filter(ended_at=None).values("rule_id").annotate(n=Count("contact", distinct=True))
    )
    counts = {row["rule_id"]: row["n"] for row in standing}
    rows = [
        (r, [tags[pk] for pk in r.add if pk in tags], [tags[pk] for pk in r.remove if pk in tags], counts.get(r.pk, 0))
        for r in found
    ]
    may = request.actor.can("tag_rules.manage")
    names = {name for name, *_ in ready.RULES}
    context = {"rows": rows, "may": may, "url": url(request, "rules"), "offer": names - {r.name for r in found}}
    return render(request, "segments/rules.html", context)


def edit_rule(request: FirmRequest, rule_id: UUID | None = None) -> HttpResponse:
    """Create or change a rule in a dialog."""
    request.actor.require("tag_rules.manage")
    found = access.rule(request.actor, rule_id) if rule_id else None
    form = _rule_form(request, found)
    if request.method == "POST":
        try:
            values = {n: v for n, v in form.typed().items() if n != "segment" or v}
            values["add"], values["remove"] = (request.POST.getlist(n) for n in ("add", "remove"))
            if found is None:
                rules.create_rule(values, by=request.actor)
            else:
                rules.update_rule(found.pk, values, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Rule saved. It is being applied.", to=url(request, "rules"))
    return dialogs.dialog(request, form, title=f"Rule {found.name}" if found else "New tag rule")


@require_POST
def turn_rule(request: FirmRequest, rule_id: UUID, verb: str) -> HttpResponse:
    """Pause, resume or delete a rule."""
    if verb not in RULE_VERBS:
        raise NotFound
    act, text = RULE_VERBS[verb]
    act(rule_id, by=request.actor)
    return done(request, text, to=url(request, "rules"))


@require_POST
def ready_made(request: FirmRequest) -> HttpResponse:
    """Make the rules for engagement."""
    made = ready.create_ready_made(by=request.actor)
    return done(request, f"{len(made)} rules made. They are being applied.", to=url(request, "rules"))


@require_GET
def personas_page(request: FirmRequest) -> HttpResponse:
    """Show the personas, archived ones with `?archived=1`."""
    archived = request.GET.get("archived") == "1"
    found = access.personas(request.actor).filter(archived_at__isnull=not archived).order_by("name_norm")
    standing = PersonaAssignment.rows().exclude(source=PersonaAssignment.Source.REFUSED).values("persona_id")
    by_rule = Q(source=PersonaAssignment.Source.RULE)
    counts = {row["persona_id"]: row for row in standing.annotate(n=Count("id"), ruled=Count("id", filter=by_rule))}
    rows = [(p, counts.get(p.pk, {"n": 0, "ruled": 0}), people_url(request, "persona", p.pk)) for p in found]
    context = {"rows": rows, "archived": archived, "url": url(request, "personas"),
               "may": request.actor.can("personas.manage")}  # fmt: skip
    return render(request, "segments/personas.html", context)


def edit_persona(request: FirmRequest, persona_id: UUID | None = None) -> HttpResponse:
    """Create or change a persona in a dialog."""
    request.actor.require("personas.manage")
    found = access.persona(request.actor, persona_id) if persona_id else None
    form = _persona_form(request, found)
    if request.method == "POST":
        try:
            values = {n: v or "" for n, v in form.typed().items()}
            if found is not None and found.segment is not None and found.segment.purpose != Segment.Purpose.SEGMENT:
                values = {n: v for n, v in values.items() if n != "segment" or v}
            if found is None:
                personas.create_persona(values, by=request.actor)
            else:
                personas.update_persona(found.pk, values, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Persona saved.", to=url(request, "personas"))
    return dialogs.dialog(request, form, title=f"Persona {found.name}" if found else "New persona")


@require_POST
def turn_persona(request: FirmRequest, persona_id: UUID, verb: str) -> HttpResponse:
    """Archive a persona, or take it out."""
    if verb not in PERSONA_VERBS:
        raise NotFound
    act, text = PERSONA_VERBS[verb]
    act(persona_id, by=request.actor)
    return done(request, text, to=url(request, "personas"))


def _segments(request: FirmRequest, found: Any, none: str) -> Any:
    rows = access.segments(request.actor).exclude(status=Segment.Status.ARCHIVED).order_by("name_norm")
    own = found is not None and found.segment is not None and found.segment.purpose != Segment.Purpose.SEGMENT
    choices = [("", OWN if own else none), *((str(pk), name) for pk, name in rows.values_list("pk", "name"))]
    return forms.ChoiceField(choices=choices, required=False, widget=forms.Select(attrs={"data-search": "1"}))


def _rule_form(request: FirmRequest, found: Any) -> ActionForm:
    names = {str(t.pk): t.name for t in Tag.rows().filter(pk__in=[*found.add, *found.remove])} if found else {}
    initial: dict[str, Any] = {"undo_on_leaving": True}
    if found:
        initial = {n: getattr(found, n) for n in ("name", "description", "undo_on_leaving")}
        initial |= {n: [names[pk] for pk in getattr(found, n) if pk in names] for n in ("add", "remove")}
        initial["segment"] = str(found.segment_id) if found.segment.purpose == Segment.Purpose.SEGMENT else ""
    form = ActionForm(request.POST if request.method == "POST" else None, initial=initial)
    source = reverse("people:tag-choices", kwargs={"firm": request.firm.slug})
    create = request.actor.can("tags.manage")
    form.fields["name"] = forms.CharField(label="Name", required=False)
    form.fields["segment"] = _segments(request, found, "Choose a segment")
    form.fields["segment"].label = "Who is in"
    form.fields["add"] = UnjudgedMany(source=source, create=create, placeholder="Find or make a tag", label="Gets")
    form.fields["remove"] = UnjudgedMany(source=source, create=False, placeholder="Find a tag", label="Loses")
    form.fields["undo_on_leaving"] = forms.BooleanField(
        label="Take the tags off again when somebody leaves", required=False
    )
    form.fields["description"] = forms.CharField(label="Description", required=False)
    return form


def _persona_form(request: FirmRequest, found: Any) -> ActionForm:
    names = ("name", "description", "goals", "challenges", "color")
    initial = {n: getattr(found, n) for n in names} if found else {"color": "violet"}
    if found and found.segment is not None and found.segment.purpose == Segment.Purpose.SEGMENT:
        initial["segment"] = str(found.segment_id)
    form = ActionForm(request.POST if request.method == "POST" else None, initial=initial)
    area = forms.Textarea(attrs={"rows": 2})
    form.fields["name"] = forms.CharField(label="Name", required=False)
    form.fields["description"] = forms.CharField(label="Who they are", required=False, widget=area)
    form.fields["goals"] = forms.CharField(label="What they want", required=False, widget=area)
    form.fields["challenges"] = forms.CharField(label="What stands in their way", required=False, widget=area)
    form.fields["segment"] = _segments(request, found, "Nobody: assigned by hand only")
    form.fields["segment"].label = "Assigned by itself to"
    form.fields["color"] = forms.ChoiceField(label="Colour", choices=[(c, c.capitalize()) for c in COLORS])
    return form
