"""The bell, the centre of notices, and marking them as read."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import clock
from fairlead.kernel.errors import NotFound
from fairlead.notifications import access, kinds, reads
from fairlead.notifications.actions import reading
from fairlead.notifications.models import Notice
from fairlead.shell.bell import Bell
from fairlead.shell.responses import done, is_partial, refresh_part

POPOVER = 8


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room."""
    return reverse(f"notifications:{name}", kwargs={"firm": request.firm.slug, **kwargs})


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show the notices: `?unread=1&group=&after=`."""
    unread, group = request.GET.get("unread") == "1", request.GET.get("group", "")
    found = reads.newest(request.actor, unread=unread, group=group, after=_after(request), limit=reads.PAGE + 1)
    context = {
        "rows": _rows(request, found[: reads.PAGE]), "unread": unread, "group": group,
        "groups": [g for g in reads.groups(kinds.declared()) if g], "url": url(request, "centre"),
        "more": found[reads.PAGE - 1].pk if len(found) > reads.PAGE else "", "count": shown_count(request),
        "settings_url": url(request, "settings"), "all_read_url": url(request, "all-read"),
    }  # fmt: skip
    return render(request, "notifications/centre.html", context)


@require_GET
def newest(request: FirmRequest) -> HttpResponse:
    """Answer with the few newest, for the popover of the bell."""
    rows = _rows(request, reads.newest(request.actor, limit=POPOVER))
    context = {"rows": rows, "url": url(request, "centre"), "all_read_url": url(request, "all-read")}
    return render(request, "notifications/newest.html", context)


@require_GET
def count(request: FirmRequest) -> HttpResponse:
    """Answer with the number at the bell, bare."""
    return HttpResponse(shown_count(request), content_type="text/plain")


@require_POST
def read(request: FirmRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice as read, or with `unread=1` as unread."""
    access.notice(request.actor, notice_id)
    verb = reading.mark_unread if request.POST.get("unread") == "1" else reading.mark_read
    verb([notice_id], by=request.actor)
    if not is_partial(request):
        return redirect(url(request, "centre"))
    response = HttpResponse(status=204)
    refresh_part(response, "notices")
    return response


@require_POST
def all_read(request: FirmRequest) -> HttpResponse:
    """Mark all notices as read."""
    changed = reading.mark_all_read(by=request.actor)
    if not is_partial(request):
        return redirect(url(request, "centre"))
    return done(request, f"{changed} marked as read." if changed else "Nothing was unread.", refresh=("notices",))


def shown_count(request: FirmRequest) -> str:
    """Return the number of unread notices as the bell shows it, "" for none."""
    found = reads.unread_count(request.actor)
    return f"{reads.MANY}+" if found > reads.MANY else str(found or "")


def bell(request: HttpRequest) -> Bell | None:
    """Return the bell of a page within a firm, None elsewhere."""
    if getattr(request, "actor", None) is None or getattr(request, "firm", None) is None:
        return None
    inside: Any = request
    return Bell(shown_count(inside), url(inside, "newest"), url(inside, "count"))


def live_address(request: HttpRequest) -> str:
    """Return where a page listens: the address that is set, else this host at the port of the live process."""
    firm = getattr(request, "firm", None)
    if firm is None or not settings.LISTEN:
        return ""
    since = f"?since={clock.now().timestamp():.0f}"  # what happens while the page is on its way is told too
    if settings.LIVE_URL:
        return f"{settings.LIVE_URL}/live/{firm.slug}{since}"
    if not settings.LIVE_PORT:
        return ""
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    return f"{request.scheme}://{f'[{host}]' if ':' in host else host}:{settings.LIVE_PORT}/live/{firm.slug}{since}"


def _after(request: FirmRequest) -> UUID | None:
    try:
        return UUID(request.GET["after"]) if request.GET.get("after") else None
    except ValueError:
        raise NotFound from None


def _rows(request: FirmRequest, notices: list[Notice]) -> list[dict[str, Any]]:
    home = reverse("accounts:start", kwargs={"firm": request.firm.slug})
    return [
        {"notice": n, "kind": kinds.known(n.kind), "link": home + n.link if n.link else "",
         "read_url": url(request, "read", notice_id=n.pk)}
        for n in notices
    ]  # fmt: skip
