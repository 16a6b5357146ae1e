"""The management page of snippets, and what text boxes ask when somebody types #."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest, Team, TeamMembership
from fairlead.activities import access, merging
from fairlead.activities.actions import snippets
from fairlead.activities.models import Snippet
from fairlead.activities.web import asked
from fairlead.activities.web.drawing import url
from fairlead.activities.web.wording import in_words
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.kernel.text import fold
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog
from fairlead.shell.responses import done

OFFERED = 12
WRITTEN = ("shortcut", "name", "category", "body", "scope", "team")


def page(request: FirmRequest) -> HttpResponse:
    """Show the snippets that the member may use: `?q=&category=&scope=`."""
    typed, category, scope = (request.GET.get(name, "") for name in ("q", "category", "scope"))
    everything = list(access.snippets(request.actor).select_related("team", "created_by__user"))
    found = [
        s for s in everything if _fits(s, fold(typed)) and category in ("", s.category) and scope in ("", _scope(s))
    ]
    found.sort(key=lambda s: (s.category.lower(), s.shortcut_norm))
    context = {
        "rows": [(s, _scope(s), snippets.may_change(s, request.actor)) for s in found], "asked": request.GET,
        "categories": sorted({s.category for s in everything if s.category}), "url": url(request, "snippets"),
        "may": request.actor.can("notes.edit"), "any": bool(everything),
        "may_furnish": request.actor.can("snippets.manage"),
    }  # fmt: skip
    return render(request, "activities/snippets/page.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Write a snippet."""
    request.actor.require("notes.edit")
    return _form(request, None)


def edit(request: FirmRequest, snippet_id: UUID) -> HttpResponse:
    """Change a snippet."""
    return _form(request, access.snippet(request.actor, snippet_id))


@require_POST
def delete(request: FirmRequest, snippet_id: UUID) -> HttpResponse:
    """Delete a snippet."""
    snippets.delete_snippet(snippet_id, by=request.actor)
    return done(request, "Snippet deleted.", to=url(request, "snippets"))


@require_POST
def usual(request: FirmRequest) -> HttpResponse:
    """Add the pre-built snippets that the firm does not have."""
    count = snippets.add_usual_snippets(by=request.actor)
    return done(request, f"{count} added." if count else "The firm has all of them.", to=url(request, "snippets"))


@require_GET
def choices(request: FirmRequest) -> JsonResponse:
    """Answer with the snippets whose shortcut or name fits `?q=`, the most used first."""
    typed = fold(request.GET.get("q", ""))
    found = [s for s in access.snippets(request.actor) if _fits(s, typed)]
    found.sort(key=lambda s: (not s.shortcut_norm.startswith(typed), -s.usage_count, s.shortcut_norm))
    lines = [{"id": str(s.pk), "shortcut": s.shortcut, "label": s.name, "text": s.text[:90]} for s in found[:OFFERED]]
    return JsonResponse(lines, safe=False)


@require_POST
def expand(request: FirmRequest, snippet_id: UUID) -> JsonResponse:
    """Answer with a snippet filled for the record `about` ("noun:id"), else for the page's, and count the use."""
    about = asked.places([request.POST.get("about", "") or asked.coming_from(request)])
    made = snippets.expand_snippet(snippet_id, by=request.actor, about=about[0] if about else None)
    return JsonResponse({"html": made.html, "text": made.text})


def address(request: HttpRequest) -> str:
    """Return where the text boxes of a page ask for snippets, "" outside of a firm."""
    inside: Any = request
    if getattr(request, "actor", None) is None or getattr(request, "firm", None) is None:
        return ""
    return url(inside, "snippets") if inside.actor.can("notes.view") else ""


def _form(request: FirmRequest, found: Snippet | None) -> HttpResponse:
    if found is not None and request.method == "POST":
        found = seen.locked(found)
    stored = _stored(found) if found else {}
    values: dict[str, Any] = stored or {"scope": "mine"}
    error: InvalidInput | None = None
    if request.method == "POST":
        values = request.POST.dict()
        wanted = values | {"team": read_id(values.get("team", ""))}
        known: dict[str, Any] = {n: wanted[n] for n in WRITTEN if n in wanted}
        try:
            seen.expect(values.get(seen.NAME, ""), stored, values, in_words)
            snippets.save_snippet(known, by=request.actor, snippet_id=found.pk if found else None)
        except InvalidInput as refused:
            error = refused
        else:
            return done(request, "Snippet saved.", to=url(request, "snippets"))
    mine = TeamMembership.rows().filter(membership_id=request.actor.membership_id or access.NOBODY).values("team")
    offered = Q(pk__in=mine) | Q(pk=found.team_id if found else None)
    teams = Team.rows() if request.actor.can("snippets.manage") else Team.rows().filter(offered)
    context: dict[str, Any] = {
        "values": values, "seen": seen.mark(stored), "errors": error.fields if error else {},
        "teams": teams.order_by("name"), "fields": merging.offered(), "may_share": request.actor.can("snippets.share"),
        "categories": sorted(set(access.snippets(request.actor).values_list("category", flat=True)) - {""}),
    }  # fmt: skip
    title = f"Snippet #{found.shortcut}" if found else "New snippet"
    return dialog(request, None, title=title, template="activities/snippets/form.html", **context)


def _fits(found: Snippet, typed: str) -> bool:
    return not typed or typed in found.shortcut_norm or typed in fold(found.name) or typed in fold(found.category)


def _scope(found: Snippet) -> str:
    return "mine" if found.owner_id else ("team" if found.team_id else "firm")


def _stored(found: Snippet) -> dict[str, Any]:
    same = {name: getattr(found, name) for name in ("shortcut", "name", "category", "body")}
    return same | {"scope": _scope(found), "team": str(found.team_id or "")}
