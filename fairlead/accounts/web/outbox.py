"""The outbox, for who runs the installation: mails that were kept because no mail server is set."""

from collections.abc import Callable

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from fairlead.accounts import problems
from fairlead.accounts.admission import PersonRequest
from fairlead.kernel import outbox, uploads
from fairlead.kernel.errors import FairleadError, NotFound

PAGE = 30
View = Callable[..., HttpResponse]


def operators_only(view: View) -> View:
    """Let only who runs the installation see it; for everybody else there is nothing here."""

    @login_required
    @require_GET
    def guarded(request: PersonRequest, **kwargs: object) -> HttpResponse:
        try:
            if not request.user.is_operator:
                raise NotFound
            return view(request, **kwargs)
        except FairleadError as error:
            return problems.page(request, error)

    return guarded


@operators_only
def index(request: HttpRequest) -> HttpResponse:
    """List the kept mails, the newest first."""
    found = outbox.newest(PAGE + 1, before=request.GET.get("before", ""))
    older = found[PAGE - 1].name if len(found) > PAGE else ""
    context = {"mails": found[:PAGE], "older": older, "smtp": settings.EMAIL_URL}
    return render(request, "accounts/outbox/index.html", context)


@csp_update({"frame-src": ["'self'"]})
@operators_only
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail: its text, its HTML where it cannot act, its files."""
    return render(request, "accounts/outbox/mail.html", {"mail": outbox.kept(name)})


# The mail's own page may only draw itself: no script, no form, nothing from outside (CSP 3, sandbox).
@csp_replace(
    {
        "default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"], "frame-ancestors": ["'self'"],
    }
)  # fmt: skip
@xframe_options_sameorigin
@operators_only
def body(request: HttpRequest, name: str) -> HttpResponse:
    """Return the HTML of a mail, to be drawn in a sandboxed frame."""
    return HttpResponse(f'<base target="_blank">{outbox.kept(name).html}')


@operators_only
def attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Download a file of a mail."""
    files = outbox.kept(name).attachments
    if number >= len(files):
        raise Http404
    file = files[number]
    shown = uploads.clean_name(file.name)
    headers = {"Content-Disposition": f'attachment; filename="{shown}"'}
    return HttpResponse(file.data, content_type="application/octet-stream", headers=headers)
