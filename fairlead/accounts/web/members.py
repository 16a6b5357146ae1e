"""Members, invitations and seats."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts import access, errands, handover, reads, seats
from fairlead.accounts.actions import departed, departures, factors, invitations, members, teams
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.models import Membership
from fairlead.accounts.web import forms
from fairlead.accounts.web.pages import submitted
from fairlead.kernel import dates, uploads
from fairlead.kernel.text import counted, squeeze
from fairlead.shell.dialogs import dialog
from fairlead.shell.forms import posted
from fairlead.shell.progress import Job
from fairlead.shell.responses import done
from fairlead.tenancy.public import Role


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the people of the firm, the open invitations and the seats."""
    actor, query = request.actor, squeeze(request.GET.get("q", ""))
    context = {
        "members": reads.members(actor, request.firm, query=query, is_idle=request.GET.get("idle", "") == "1"),
        "former": _former(request),
        "invitations": reads.open_invitations(actor) if actor.can("members.manage") else [],
        "seats": seats.of_firm(request.firm),
        "q": query,
        "idle": request.GET.get("idle", "") == "1",
        "idle_days": seats.IDLE_DAYS,
        "may_review": actor.can("audit.view"),
        "may_manage": actor.can("members.manage"),
        "may_transfer": actor.can("firm.transfer"),
    }
    return render(request, "accounts/members/index.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: FirmRequest) -> HttpResponse:
    """Invite somebody."""
    request.actor.require("members.manage")
    roles = _roles(request)
    form = forms.InviteForm(posted(request), roles=roles, initial={"role": "role:member"})

    def send(values: dict[str, str]) -> HttpResponse:
        chosen = forms.chosen_role(values["role"])
        made = invitations.invite_member({"email": values["email"], **chosen}, by=request.actor)
        return done(request, f"The invitation to {made.email} is on its way.", to=_index(request))

    if answer := submitted(request, form, send, {"custom_role": "role"}):
        return answer
    text = "They get a mail with a link that works for 7 days."
    return dialog(request, form, title="Invite somebody", submit="Send the invitation", text=text)


@require_http_methods(["GET", "POST"])
def member(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Change a member's title, role and teams."""
    request.actor.require("members.manage")
    found = _stored(request, member_id)
    initial = {"title": found.title, "role": forms.role_value(found), "teams": reads.team_ids(found)}
    open_teams = list(access.teams(request.actor))
    form = forms.MemberForm(posted(request), initial=initial, roles=_roles(request), teams=open_teams, watched=True)

    def save(values: dict[str, object]) -> HttpResponse:
        chosen = forms.chosen_role(str(values["role"])) if "role" in form.changed_data else {}
        members.update_member(member_id, {"title": values["title"], **chosen}, by=request.actor)
        if "teams" in form.changed_data:
            teams.set_teams_of(member_id, [UUID(t) for t in form.cleaned_data["teams"]], by=request.actor)
        return done(request, f"{found.user.name} is changed.", to=_index(request))

    if answer := submitted(request, form, save, {"custom_role": "role"}):
        return answer
    return dialog(request, form, title=found.user.name, submit="Save", text=found.user.email)


@require_http_methods(["GET", "POST"])
def deactivate(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Deactivate a member and name a successor."""
    request.actor.require("members.manage")
    leaver = _stored(request, member_id)
    others = [m for m in reads.active(request.actor) if m.pk != leaver.pk]
    planned = {"successor": str(leaver.successor_id or ""), "last_day": leaver.last_day}
    form = forms.LeaverForm(posted(request), members=others, initial=planned, watched=True)

    def deactivate(values: dict[str, Any]) -> HttpResponse:
        successor, last_day = UUID(values["successor"]), values["last_day"]
        if last_day:
            leaving = departures.plan_departure(member_id, last_day=last_day, successor_id=successor, by=request.actor)
            who, heir = leaving.member.user.name, leaving.successor.user.name
            said = f"{who} works until {dates.day(last_day)}, then {heir} takes over."
            return done(request, said, to=_index(request))
        left = members.deactivate_member(member_id, successor_id=successor, by=request.actor)
        return done(request, f"{left.member.user.name} is deactivated. {_takes_over(left)}", to=_index(request))

    if answer := submitted(request, form, deactivate):
        return answer
    text = (
        f"{leaver.user.name} is logged out everywhere at once, their API keys stop working, and what they own"
        " (contacts, companies, open deals, tasks, planned calls, shared views and snippets, turns in assignment rules)"
        " passes to a colleague. What they wrote, and what was only theirs, stays under their name."
    )
    return dialog(request, form, title=f"Deactivate {leaver.user.name}", submit="Deactivate", text=text, danger=True)


@require_http_methods(["GET", "POST"])
def hand_over(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Hand over what a former member still owns."""
    request.actor.require("members.manage")
    leaver = _stored(request, member_id)
    others = [m for m in reads.active(request.actor) if m.pk != leaver.pk]
    form = forms.HeirForm(posted(request), members=others)

    def hand_over(values: dict[str, Any]) -> HttpResponse:
        passed = members.hand_over_rest(member_id, successor_id=UUID(values["successor"]), by=request.actor)
        return done(request, _takes_over(passed), to=_index(request))

    if answer := submitted(request, form, hand_over):
        return answer
    text = "Contacts, companies, open deals, tasks and planned calls that still stand under their name pass on."
    title = f"Hand over what {leaver.user.name} owns"
    return dialog(request, form, title=title, submit="Hand over", text=text)


@require_POST
def stay(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Take a member's last day back."""
    staying = departures.cancel_departure(member_id, by=request.actor)
    return done(request, f"{staying.user.name} stays.", to=_index(request))


@require_POST
def reactivate(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Let a former member in again."""
    back = members.reactivate_member(member_id, by=request.actor)
    return done(request, f"{back.user.name} is active again.", to=_index(request))


@require_POST
def second_factors(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Reset the second factors of a member who has lost them."""
    reset = factors.reset_second_factors(member_id, by=request.actor)
    said = f"{reset.user.name} logs in with the password alone until a new second factor is set up."
    return done(request, said, to=_index(request))


@require_POST
def ownership(request: FirmRequest, member_id: UUID) -> HttpResponse:
    """Pass the ownership on."""
    heir = members.transfer_ownership(member_id, by=request.actor)
    return done(request, f"{heir.user.name} owns the firm now; you are an admin.", to=_index(request))


@require_POST
def resend(request: FirmRequest, invitation_id: UUID) -> HttpResponse:
    """Send an invitation again."""
    again = invitations.resend_invitation(invitation_id, by=request.actor)
    return done(request, f"The invitation to {again.email} is on its way again.", to=_index(request))


@require_POST
def revoke(request: FirmRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    gone = invitations.revoke_invitation(invitation_id, by=request.actor)
    return done(request, f"The invitation to {gone.email} is taken back.", to=_index(request))


@require_GET
def photo(request: FirmRequest, member_id: UUID) -> HttpResponseBase:
    """Serve a colleague's photo."""
    user = access.member(request.actor, member_id).user
    return uploads.serve(user.photo_path, name="photo.webp", content_type="image/webp", inline=True, max_age=86400)


def _former(request: FirmRequest) -> list[tuple[reads.MemberLine, Job | None]]:
    """Return who has left, each with how far the hand-over of what they owned is, unless that is done."""
    lines = reads.members(request.actor, request.firm, is_active=False)
    asked = request.actor.can(departed.PERMISSION)
    going = departed.unfinished([line.member for line in lines]) if asked else {}
    jobs = {pk: errands.as_job(errand, request.firm) for pk, errand in going.items()}
    return [(line, jobs.get(line.member.pk)) for line in lines]


def _takes_over(left: members.Deactivation) -> str:
    moved, heir = handover.said(left.handed_over), left.successor.user.name
    if left.errand is None:
        return f"{heir} takes over {moved or 'nothing, because nothing was theirs'}."
    moved = f" {moved} now," if moved else ""
    return f"{heir} takes over{moved} {counted(left.errand.total, 'record')} in the background."


def _stored(request: FirmRequest, member_id: UUID) -> Membership:
    """Return a member; nobody else changes one, which locks the firm, while a change is judged and saved."""
    if request.method == "POST":
        lock_firm(request.actor)
    return access.member(request.actor, member_id)


def _roles(request: FirmRequest) -> forms.Choices:
    return forms.role_choices(list(access.roles(request.actor)), owner=request.actor.role == Role.OWNER.key)


def _index(request: FirmRequest) -> str:
    return reverse("accounts:members", kwargs={"firm": request.firm.slug})
