"""The audit page and its export."""

from dataclasses import fields

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts import access, audit
from fairlead.accounts.admission import FirmRequest
from fairlead.events.public import registered
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput

FILTERS = frozenset(f.name for f in fields(audit.AuditFilter))


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """Show who did what, when and from where."""
    request.actor.require("audit.view")
    given = {k: str(v) for k, v in request.GET.items() if k in FILTERS | {"after", "before"}}
    wanted, errors, found = audit.AuditFilter(), {}, None
    try:
        wanted = audit.read_filter(given)
        cursors = {"after": given.get("after", ""), "before": given.get("before", "")}
        found = audit.page(wanted, by=request.actor, firm=request.firm, **cursors)
    except InvalidInput as error:
        errors = {name: messages[0] for name, messages in error.fields.items()}
    context = {
        "wanted": wanted, "page": found, "errors": errors, "given": given,
        "members": access.members(request.actor).order_by("user__first_name", "user__last_name"),
        "types": sorted(registered(), key=lambda t: t.label), "nouns": audit.nouns(),
        "may_export": request.actor.can("audit.export"), "cursor_error": errors.get("after", ""),
    }  # fmt: skip
    return render(request, "accounts/audit.html", context, status=422 if errors else 200)


@require_POST
def export(request: FirmRequest) -> HttpResponseBase:
    """Send the matching events as CSV. A POST, because the export itself is written into the log."""
    wanted = audit.read_filter({k: str(v) for k, v in request.POST.items()})
    lines = audit.export(wanted, by=request.actor, firm=request.firm)
    name = f"audit-{request.firm.slug}-{clock.now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
