"""Settings of one's own: signature, calendar feed; and the feed itself."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from fairlead.accounts.public import FirmRequest, Membership, actor_for
from fairlead.activities import richtext, signing, task_reads
from fairlead.activities.access import NOBODY
from fairlead.activities.actions import personal
from fairlead.activities.models import CalendarFeed, Signature
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog
from fairlead.shell.responses import done
from fairlead.tenancy.public import Firm, firm_context

MOST = 1_000


@require_http_methods(["GET", "POST"])
def signature(request: FirmRequest) -> HttpResponse:
    """Show and change the member's signature."""
    found = Signature.rows().filter(member_id=request.actor.membership_id).first()
    member = Membership.rows().select_related("user", "firm").get(pk=request.actor.membership_id or NOBODY)
    errors: dict[str, list[str]] = {}
    values = _facts(member) | (found.values if found else {}) | {"meeting_link": found.meeting_link if found else ""}
    stored = _stored(values, found)
    typed = {n: text for n, text in request.POST.items() if n not in ("csrfmiddlewaretoken", seen.NAME)}
    if request.method == "POST":
        try:
            seen.expect(request.POST.get(seen.NAME, ""), stored, typed, _in_words)
            personal.save_signature(typed, by=request.actor)
        except InvalidInput as error:
            errors = error.fields
        else:
            return done(request, "Your signature is saved.", to=request.path)
    now = stored | typed  # what was refused is still there
    context = {
        "values": values | typed, "html": now["html"], "design": now["design"], "seen": seen.mark(stored),
        "shown": richtext.shown(found.html) if found else "", "errors": errors, "link_text": signing.LINK_TEXT,
        "designs": [{"value": v, "label": text} for v, text in signing.DESIGNS.items()],
    }  # fmt: skip
    return render(request, "activities/own/signature.html", context, status=422 if errors else 200)


def _stored(values: dict[str, Any], found: Signature | None) -> dict[str, Any]:
    kept = {name: values.get(name, "") for name in (*signing.FACTS, "meeting_link")}
    return kept | {"html": found.html if found else "", "design": found.design if found else "classic"}


def _in_words(name: str, value: Any) -> str:
    return richtext.plain(value) if name == "html" else str(signing.DESIGNS.get(value, value))


def _facts(member: Membership) -> dict[str, str]:
    return {"name": member.user.name, "title": member.title, "company": member.firm.name, "email": member.user.email}


@require_http_methods(["GET", "POST"])
def feed_settings(request: FirmRequest) -> HttpResponse:
    """Show whether the member has a calendar address; POST makes a new one, shown once, or revokes it (`revoke`)."""
    request.actor.require("tasks.view")
    if request.method == "POST" and request.POST.get("revoke"):
        personal.revoke_feed(by=request.actor)
        return done(request, "The address no longer works.")
    context: dict[str, Any] = {"feed": _feed(request), "address": ""}
    if request.method == "POST":
        address = personal.address_of(request.firm.id, personal.make_feed(by=request.actor))
        mine = f"/f/{request.firm.slug}/tasks/mine/"  # where the dialog is opened, and goes on when it is closed
        context = {"feed": _feed(request), "address": address, "to": mine}
        inner = {"title": "Your tasks in your calendar", "inner": "activities/own/feed.html", "action": request.path}
        response = render(request, "shell/dialog/dialog.html", {**context, **inner})
        response["Cache-Control"] = "no-store"
        return response
    return dialog(request, None, title="Your tasks in your calendar", template="activities/own/feed.html", **context)


def _feed(request: FirmRequest) -> CalendarFeed | None:
    return CalendarFeed.rows().filter(member_id=request.actor.membership_id, revoked_at=None).first()


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar of a secret address (RFC 5545): the member's open tasks. No log-in but the secret."""
    firm_text, _, secret = token.partition("-")
    try:
        firm = Firm.objects.filter(pk=UUID(hex=firm_text)).first()
    except ValueError:
        firm = None
    if firm is None or not secret:
        return HttpResponse(status=404)
    with firm_context(firm.id):
        body = _calendar(firm, secret)
    if body is None:
        return HttpResponse(status=404)
    headers = {"Cache-Control": "private, max-age=300", "Content-Disposition": 'inline; filename="tasks.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(firm: Firm, secret: str) -> bytes | None:
    from fairlead.activities import calendar  # its library is large, and no other page needs it

    found = CalendarFeed.rows().filter(secret_hash=personal.hash_of(secret), revoked_at=None)
    kept = found.select_related("member__user", "member__custom_role").first()
    if kept is None or not kept.member.is_active:
        return None
    actor = actor_for(kept.member, firm)
    if not actor.can("tasks.view"):
        return None
    rows = task_reads.open_tasks(actor, member=kept.member_id).filter(due_on__isnull=False)[:MOST]
    tasks = task_reads.shown(actor, rows)
    found.update(last_read_at=clock.now())
    home = f"{settings.BASE_URL}/f/{firm.slug}/"
    return calendar.written(f"Tasks of {kept.member.user.first_name or kept.member.user.name}", tasks, home)
