"""One's own login: profile, photo, sessions. Not part of any firm."""

from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts import problems, security
from fairlead.accounts.actions import profile as actions
from fairlead.accounts.actions import sessions as session_actions
from fairlead.accounts.admission import PersonRequest
from fairlead.accounts.devices import device
from fairlead.accounts.web import forms
from fairlead.accounts.web.pages import submitted
from fairlead.kernel import uploads
from fairlead.kernel.errors import FairleadError, InvalidInput
from fairlead.kernel.text import counted
from fairlead.shell import seen
from fairlead.shell.forms import posted
from fairlead.shell.navigation import href, settings_items
from fairlead.shell.responses import done

PHOTO_ERROR = "photo_error"  # the key in the session under which a refusal waits for the next page
OWN = "You"  # the heading under which rooms register what a person sets for themselves in a firm


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def profile(request: PersonRequest) -> HttpResponse:
    """Show and change the person's name, zone and language."""
    user = seen.locked(request.user) if request.method == "POST" else request.user
    form = forms.ProfileForm.of(user, posted(request))

    def save(values: dict[str, object]) -> HttpResponse:
        actions.update_profile(user, values, request=request)
        return done(request, "Your profile is saved.", to=request.path)

    return submitted(request, form, save) or _profile(request, form, wrong=bool(form.errors))


def _profile(request: PersonRequest, form: forms.ProfileForm, *, wrong: bool = False) -> HttpResponse:
    """Draw the profile, with the way to what the person sets in each firm: signature, notifications."""
    own = [item for item in settings_items if item.section == OWN]
    firms = [
        (firm, [(item, href(item.url_name, firm.slug)) for item in own]) for firm in security.firms_of(request.user)
    ]
    context = {"form": form, "photo_error": request.session.pop(PHOTO_ERROR, ""), "firms": firms}
    return render(request, "accounts/own/profile.html", context, status=422 if wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def photo(request: PersonRequest) -> HttpResponseBase:
    """Serve the person's own photo; a POST replaces it, or takes it away when it brings none."""
    try:
        if request.method == "GET":
            return uploads.serve(
                request.user.photo_path, name="photo.webp", content_type="image/webp", inline=True, max_age=86400
            )
        actions.set_photo(request.user, request.FILES.get("photo"), request=request)
    except InvalidInput as error:  # told on the page that comes next: to load it again sends nothing
        request.session[PHOTO_ERROR] = error.message.partition(": ")[2]
    except FairleadError as error:
        return problems.page(request, error)
    return redirect("profile")


@login_required
@require_GET
def sessions(request: PersonRequest) -> HttpResponse:
    """List the places where the person is logged in."""
    found = UserSession.objects.purge_and_list(request.user)
    key = request.session.session_key
    rows = sorted(found, key=lambda s: (s.session_key != key, -s.created_at.timestamp()))
    context = {"sessions": [(session, device(session.user_agent)) for session in rows], "current": key}
    return render(request, "accounts/own/sessions.html", context)


@login_required
@require_POST
def end_session(request: PersonRequest, session_id: int) -> HttpResponse:
    """Log one place out."""
    try:
        ended = session_actions.end_one(request.user, session_id)
    except FairleadError as error:
        return problems.page(request, error)
    security.record_login_event("session.ended", request.user, request, {"address": ended.ip})
    return done(request, f"{device(ended.user_agent)} is logged out.", to=reverse("usersessions_list"))


@login_required
@require_POST
def end_other_sessions(request: PersonRequest) -> HttpResponse:
    """Log every other place out."""
    ended = session_actions.end_all(request.user, but=request.session.session_key)
    if ended:
        security.record_login_event("session.ended", request.user, request, {"address": counted(ended, "other place")})
    said = f"{counted(ended, 'other session')} ended." if ended else "This is your only session."
    return done(request, said, to=reverse("usersessions_list"))
