"""The pages of tag rules."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import counted
from fairlead.people.public import Tag
from fairlead.segments import access
from fairlead.segments.actions import ready_made as ready
from fairlead.segments.actions import rules
from fairlead.segments.models import Segment, TagRuleApplication
from fairlead.segments.web.place import segment_choice, url
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, Needed, UnjudgedMany
from fairlead.shell.responses import done

RULE_VERBS: dict[str, tuple[Any, str]] = {
    "pause": (rules.pause_rule, "The rule is paused."),
    "resume": (rules.resume_rule, "The rule works again."),
    "delete": (rules.delete_rule, "The rule is deleted; the tags it put stay."),
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
    return done(
        request,
        f"{counted(len(made), 'rule')} made. What they tag is tagged in the background.",
        to=url(request, "rules"),
    )


def _rule_form(request: FirmRequest, found: Any) -> ActionForm:
    names = {str(t.pk): t.name for t in Tag.rows().filter(pk__in=[*found.add, *found.remove])} if found else {}
    initial: dict[str, Any] = {"undo_on_leaving": True}
    if found:
        initial = {n: getattr(found, n) for n in ("name", "description", "undo_on_leaving")}
        initial |= {n: [names[pk] for pk in getattr(found, n) if pk in names] for n in ("add", "remove")}
        initial["segment"] = str(found.segment_id) if found.segment.purpose == Segment.Purpose.SEGMENT else ""
    form = dialogs.make(request, {}, initial)
    source = reverse("people:tag-choices", kwargs={"firm": request.firm.slug})
    create = request.actor.can("tags.manage")
    form.fields["name"] = Needed(label="Name")
    own = found is not None and found.segment.purpose != Segment.Purpose.SEGMENT
    form.fields["segment"] = segment_choice(request, "Who is in", OWN if own else "Choose a segment")
    form.fields["add"] = UnjudgedMany(source=source, create=create, placeholder="Find or make a tag", label="Gets")
    form.fields["remove"] = UnjudgedMany(source=source, create=False, placeholder="Find a tag", label="Loses")
    form.fields["undo_on_leaving"] = forms.BooleanField(
        label="Take the tags off again when somebody leaves", required=False
    )
    form.fields["description"] = forms.CharField(label="Description", required=False)
    return form
