"""The settings of one's own notifications: channels, quiet hours, digest."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.notifications import kinds, reads
from fairlead.notifications.actions import wishing
from fairlead.notifications.models import MailWhen, Rhythm
from fairlead.shell import seen
from fairlead.shell.responses import done


@require_http_methods(["GET", "POST"])
def page(request: FirmRequest) -> HttpResponse:
    """Show and change how the member is told."""
    errors: dict[str, list[str]] = {}
    chosen, rhythm = reads.chosen(request.actor), _shown(reads.rhythm(request.actor))
    stored = _named(chosen, rhythm)
    if request.method == "POST":
        chosen, rhythm = _typed(request, chosen)
        try:
            seen.expect(request.POST.get(seen.NAME, ""), stored, _named(chosen, rhythm), _in_words)
            _save(request)
        except InvalidInput as error:
            errors = error.fields
        else:
            return done(request, "Your notifications are set.", to=request.path)
    rows = [(c, _problems(c.kind.key, errors)) for c in chosen]
    groups = [(g, [row for row in rows if row[0].kind.group == g]) for g in reads.groups([c.kind for c in chosen])]
    context = {
        "groups": groups, "mail_choices": MailWhen.choices, "rhythm": rhythm, "errors": errors,
        "zone": request.user.time_zone.replace("_", " "), "seen": seen.mark(stored),
        "lost": not rhythm["digest_at"] and any(c.mail == MailWhen.DIGEST for c in chosen),
    }  # fmt: skip
    return render(request, "notifications/settings.html", context, status=422 if errors else 200)


def _problems(key: str, errors: dict[str, list[str]]) -> list[str]:
    return [text for name in (key, f"app-{key}", f"mail-{key}") for text in errors.get(name, ())]


def _named(chosen: list[reads.Chosen], rhythm: dict[str, Any]) -> dict[str, Any]:
    """Return everything that the form holds, by the name of its control."""
    app, mail = {f"app-{c.kind.key}": c.in_app for c in chosen}, {f"mail-{c.kind.key}": c.mail for c in chosen}
    return {**app, **mail, **rhythm}


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(MailWhen(value).label) if name.startswith("mail-") else str(value)


def _shown(rhythm: Rhythm) -> dict[str, Any]:
    times = {name: getattr(rhythm, name) for name in wishing.TIMES}
    shown: dict[str, Any] = {name: f"{at:%H:%M}" if at else "" for name, at in times.items()}
    return {**shown, "quiet_weekends": rhythm.quiet_weekends}


def _typed(request: FirmRequest, chosen: list[reads.Chosen]) -> tuple[list[reads.Chosen], dict[str, Any]]:
    """Return what was typed."""
    typed = request.POST
    kept = [reads.Chosen(c.kind, f"app-{c.kind.key}" in typed, typed.get(f"mail-{c.kind.key}", c.mail)) for c in chosen]
    rhythm: dict[str, Any] = {name: typed.get(name, "") for name in wishing.TIMES}
    return kept, {**rhythm, "quiet_weekends": "quiet_weekends" in typed}


@transaction.atomic
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
