"""The settings of one's own notifications: channels, quiet hours, digest."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fairlead.accounts.public import FirmRequest, User
from fairlead.kernel.errors import InvalidInput
from fairlead.notifications import kinds, reads
from fairlead.notifications.actions import wishing
from fairlead.notifications.models import MailWhen
from fairlead.shell.responses import done


@require_http_methods(["GET", "POST"])
def page(request: FirmRequest) -> HttpResponse:
    """Show and change how the member is told."""
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            _save(request)
        except InvalidInput as error:
            errors = error.fields
        else:
            return done(request, "Your notifications are set.", to=request.path)
    chosen = reads.chosen(request.actor)
    groups = [(g, [c for c in chosen if c.kind.group == g]) for g in reads.groups([c.kind for c in chosen])]
    user = cast(User, request.user)
    context = {
        "groups": groups, "mail_choices": MailWhen.choices, "rhythm": reads.rhythm(request.actor), "errors": errors,
        "zone": user.time_zone.replace("_", " "),
    }  # fmt: skip
    return render(request, "notifications/settings.html", context, status=422 if errors else 200)


def _save(request: FirmRequest) -> None:
    typed = request.POST
    rhythm: dict[str, Any] = {name: typed.get(name) or None for name in ("quiet_from", "quiet_until")}
    rhythm["quiet_weekends"] = "quiet_weekends" in typed
    rhythm["digest_at"] = typed.get("digest_at") or None
    wishing.set_rhythm(rhythm, by=request.actor)
    wanted = {
        k.key: {"in_app": f"app-{k.key}" in typed, "mail": typed.get(f"mail-{k.key}", k.mail)} for k in kinds.declared()
    }
    wishing.set_preferences(wanted, by=request.actor)
