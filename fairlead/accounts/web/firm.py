"""The firm's start page and its settings."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts import access, seats
from fairlead.accounts.actions.firms import lock_firm, update_firm
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.web import forms
from fairlead.accounts.web.pages import submitted
from fairlead.kernel.errors import NotFound
from fairlead.shell.forms import posted
from fairlead.shell.frame import Frame
from fairlead.shell.navigation import href, items
from fairlead.shell.responses import done
from fairlead.tenancy.public import Firm


@require_GET
def start(request: FirmRequest) -> HttpResponseBase:
    """Lead to the page that the person chose to begin with, or else to the first that they may open."""
    lines = [line for section in Frame(request).nav for line in section.lines]
    if not lines:
        raise NotFound("Your role shows you no page of this firm. Ask an administrator for rights.")
    key = request.user.preferences.get("start_page", "")
    wanted = [href(item.url_name, request.firm.slug) for item in items if item.key == key]
    return redirect(next((line.url for line in lines if line.url in wanted), lines[0].url))


@require_GET
def settings_start(request: FirmRequest) -> HttpResponseBase:
    """Lead to the first settings page that the member may open."""
    lines = [line for section in Frame(request).settings for line in section.lines]
    if not lines:
        raise NotFound
    return redirect(lines[0].url)


@require_http_methods(["GET", "POST"])
def settings(request: FirmRequest) -> HttpResponse:
    """Show and change the firm's settings."""
    request.actor.require("firm.manage")
    firm = _stored(request)
    form = forms.FirmForm.of(firm, posted(request))

    def save(values: dict[str, object]) -> HttpResponse:
        taken = seats.of_firm(update_firm(values, by=request.actor))
        over = taken.limit is not None and taken.used > taken.limit
        more = f" More seats are taken ({taken.used}) than there are: nobody else can join." if over else ""
        return done(request, f"The settings are saved.{more}", to=request.path)

    if answer := submitted(request, form, save):
        return answer
    if form.errors and request.headers.get("HX-Request"):
        return render(request, "accounts/firm/form.html", {"form": form}, status=422)
    return _page(request, form, forms.VisibilityForm.of(firm))


@require_POST
def visibility(request: FirmRequest) -> HttpResponse:
    """Choose who sees whose records."""
    request.actor.require("firm.manage")
    firm = _stored(request)
    form = forms.VisibilityForm.of(firm, request.POST)

    def save(values: dict[str, object]) -> HttpResponse:
        update_firm(values, by=request.actor)
        return done(request, "The visibility of records is saved.", to="../firm/")

    return submitted(request, form, save) or _page(request, forms.FirmForm.of(firm), form)


def _page(request: FirmRequest, form: forms.FirmForm, visibility: forms.VisibilityForm) -> HttpResponse:
    own_rules = access.teams(request.actor).exclude(visibility="") if request.actor.can("members.view") else []
    context = {"form": form, "visibility": visibility, "seats": seats.of_firm(request.firm), "own_rules": own_rules}
    wrong = form.errors or visibility.errors
    return render(request, "accounts/firm/settings.html", context, status=422 if wrong else 200)


def _stored(request: FirmRequest) -> Firm:
    """Return the firm; who is about to save it has it locked, so that nobody changes what is judged."""
    return lock_firm(request.actor) if request.method == "POST" else request.firm
