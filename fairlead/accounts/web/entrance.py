"""The way in: the start page, signing up, invitations, one-time links."""

from typing import cast

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import complete_signup, get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from fairlead.accounts import grants, problems, security
from fairlead.accounts.actions import firms, invitations, loginlinks, signup
from fairlead.accounts.adapters import AccountAdapter
from fairlead.accounts.admission import PersonRequest
from fairlead.accounts.models import Invitation, User
from fairlead.accounts.web import forms
from fairlead.kernel.errors import FairleadError, InvalidInput
from fairlead.shell import errors
from fairlead.shell.caller import client_ip
from fairlead.shell.forms import posted
from fairlead.tenancy.public import Firm, firm_context


@require_GET
@login_required
def home(request: PersonRequest) -> HttpResponse:
    """Lead to the person's firm, or let them choose among several."""
    found = security.firms_of(request.user)
    if len(found) == 1:
        return redirect("accounts:start", firm=found[0].slug)
    return render(request, "accounts/firms.html", {"firms": found, "open": _may_found(request)})


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Found a firm with a new login."""
    if request.user.is_authenticated:
        return redirect("home")
    if not _may_found(request):
        return render(request, "account/signup_closed.html", status=403)
    form = forms.SignupForm(posted(request))
    to = get_next_redirect_url(request) or ""
    context = {"form": form, "next": to}
    if request.method == "GET":
        return render(request, "accounts/signup.html", context)
    if limited := ratelimit.consume_or_429(request, action="signup"):
        return cast(HttpResponse, limited)
    if form.is_valid():
        given = form.cleaned_data
        person = {n: given[n] for n in ("first_name", "last_name", "email", "password")}
        firm = {n: given[n] for n in ("name", "slug", "country")}
        try:
            member = signup.sign_up(person, firm, ip=client_ip(request))
            return _welcome(request, member.user, to)
        except InvalidInput as error:
            forms.add_errors(form, error)
    return render(request, "accounts/signup.html", context, status=422)


@require_GET
def slug(request: HttpRequest) -> HttpResponse:
    """Answer the address field with what suits the name, unless the person wrote one themselves.

    Where nobody may found a firm nobody needs one: what is suggested tells which addresses are taken.
    """
    if not _may_found(request):
        return HttpResponse(status=403)
    written, name = request.GET.get("slug", ""), request.GET.get("name", "")
    suggested = firms.suggest_slug(name) if name.strip() and not written else written
    form = forms.NewFirmForm(initial={"slug": suggested})
    return render(request, "accounts/slug_field.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def new_firm(request: PersonRequest) -> HttpResponse:
    """Found one more firm."""
    if not _may_found(request):
        return render(request, "account/signup_closed.html", status=403)
    form = forms.NewFirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            member = firms.create_firm(form.cleaned_data, owner=request.user, ip=client_ip(request))
            return redirect("accounts:start", firm=member.firm.slug)
        except InvalidInput as error:
            forms.add_errors(form, error)
    return render(request, "accounts/new_firm.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    """Show an invitation; a POST accepts it, with the login at hand or a new one."""
    try:
        firm = invitations.inviting_firm(slug)
        with firm_context(firm.id):
            invitation = invitations.open_invitation(token)
    except FairleadError as error:
        if request.method == "GET" and _is_in(request, slug):  # a link in an old mail leads to where it has led before
            return redirect("accounts:start", firm=slug)
        return _dead_link(request, error)
    if request.user.is_authenticated:
        return _join_with_login(request, request.user, firm, invitation, token)
    if User.objects.filter(email=invitation.email.lower()).exists():
        to = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        return render(request, "accounts/join.html", _told(firm, invitation) | {"login_url": to})
    return _join_as_newcomer(request, firm, invitation, token)


def _is_in(request: HttpRequest, slug: str) -> bool:
    return request.user.is_authenticated and slug in {firm.slug for firm in security.firms_of(request.user)}


def _join_with_login(request: HttpRequest, user: User, firm: Firm, invitation: Invitation, token: str) -> HttpResponse:
    fits = invitations.owns_address(user, invitation.email)
    if request.method == "GET" or not fits:
        context = _told(firm, invitation) | {"fits": fits, "user_email": user.email}
        return render(request, "accounts/join.html", context, status=200 if request.method == "GET" else 403)
    try:
        with firm_context(firm.id):
            invitations.accept_invitation(token, user, firm=firm, ip=client_ip(request))
    except FairleadError as error:
        return problems.page(request, error)
    return redirect("accounts:start", firm=firm.slug)


def _join_as_newcomer(request: HttpRequest, firm: Firm, invitation: Invitation, token: str) -> HttpResponseBase:
    form = forms.PersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if limited := ratelimit.consume_or_429(request, action="signup"):
            return cast(HttpResponse, limited)
        try:
            with firm_context(firm.id):
                user = signup.create_login({**form.cleaned_data, "email": invitation.email}, is_verified=True)
                invitations.accept_invitation(token, user, firm=firm, ip=client_ip(request))
                signup.settle(user, firm)
            return _welcome(request, user, reverse("home"))
        except InvalidInput as error:
            forms.add_errors(form, error)
        except FairleadError as error:
            return problems.page(request, error)
    context = _told(firm, invitation) | {"form": form}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def login_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the button of a one-time link; pressing it logs in. Scanners that follow links change nothing."""
    try:
        if request.method == "GET":
            return render(request, "accounts/login_link.html", {"link": loginlinks.find_login_link(token)})
        user = loginlinks.use_login_link(token)
    except FairleadError as error:
        return _dead_link(request, error)
    record_authentication(request, user, method="link")
    return perform_login(request, user, email_verification=EmailVerificationMethod.NONE)  # type: ignore[no-any-return]


def _dead_link(request: HttpRequest, error: FairleadError) -> HttpResponse:
    way_on = (
        ("To the start", reverse("home")) if request.user.is_authenticated else ("Log in", reverse("account_login"))
    )
    return errors.dead_link(request, error.message, way_on, error.status)


def _welcome(request: HttpRequest, user: User, to: str) -> HttpResponseBase:
    """Log the new login in; a mail asks to confirm the address unless an invitation proved it."""
    return complete_signup(request, user, None, to or reverse("home"))  # type: ignore[no-any-return]


def _told(firm: Firm, invitation: Invitation) -> dict[str, object]:
    inviter = invitation.invited_by.user.name if invitation.invited_by else firm.name
    role = grants.role_label(invitation.role, invitation.custom_role)
    return {"firm": firm, "invitation": invitation, "inviter": inviter, "role": role}


def _may_found(request: HttpRequest) -> bool:
    return AccountAdapter(request).is_open_for_signup(request)
