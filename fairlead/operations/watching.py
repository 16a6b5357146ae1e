"""Watching the installation: what a health check finds wrong is written down, and the operators get a mail.

Runs every minute in the worker. A dead worker or machine cannot tell of itself: for that, let something outside ask
`/health` (docs/operations.md).
"""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from fairlead.accounts.public import User
from fairlead.jobs.public import job
from fairlead.kernel import health
from fairlead.kernel.clock import now
from fairlead.kernel.health import Finding
from fairlead.kernel.letters import Unanswered
from fairlead.operations.models import Incident

log = structlog.get_logger("fairlead.operations")
# How long something may be wrong before somebody is called: a restart of PostgreSQL calls nobody.
PATIENCE = {"failing": timedelta(minutes=2), "degraded": timedelta(minutes=15)}


@job("operations.watch", platform=True, retries=0)
def watch() -> None:
    """Examine, take note, tell. A mail that could not be sent is tried again the next minute."""
    write_down(health.examine())
    tell()


@transaction.atomic
def write_down(findings: Sequence[Finding]) -> None:
    """Open an incident for each new problem, bring open ones up to date, close those that are over."""
    open_ones = {i.check_name: i for i in Incident.objects.select_for_update().filter(ended_at=None)}
    for finding in findings:
        incident = open_ones.pop(finding.name, None)
        if finding.status == "ok":
            if incident:
                _end(incident)
        elif incident is None:
            Incident.objects.create(
                check_name=finding.name, status=finding.status, problem=finding.problem, remedy=finding.remedy
            )
        else:
            incident.problem, incident.remedy = finding.problem, finding.remedy
            incident.status = "failing" if "failing" in (incident.status, finding.status) else "degraded"
            incident.save(update_fields=["problem", "remedy", "status"])
    for gone in open_ones.values():  # a check that this version no longer has
        _end(gone)


def _end(incident: Incident) -> None:
    incident.ended_at = now()
    incident.save(update_fields=["ended_at"])


def tell() -> None:
    """Mail the operators what has lasted too long, and what they were told of and is over, outside of any transaction.

    Raises what the mail server's client raises; nothing counts as told then, unless it may have left all the same.
    """
    every = Incident.objects.all()
    due = [i for i in every.filter(told_at=None, ended_at=None) if i.began_at <= now() - PATIENCE[i.status]]
    over = list(every.filter(told_at__isnull=False, ended_at__isnull=False, end_told_at=None))
    if not due and not over:
        return
    try:
        _mail(due, over)
    except Unanswered:
        log.warning("mail to the operators unanswered")
    every.filter(pk__in=[i.pk for i in due]).update(told_at=now())
    every.filter(pk__in=[i.pk for i in over]).update(end_told_at=now())


def _mail(due: Sequence[Incident], over: Sequence[Incident]) -> None:
    to = list(User.objects.filter(is_operator=True, is_active=True).values_list("email", flat=True))
    if not to:
        return
    subject = f"{due[0].check_name} is {due[0].status}" if due else f"{over[0].check_name} is well again"
    more = len(due or over) - 1
    text = render_to_string(
        "operations/mail/incidents.txt", {"due": due, "over": over, "home": settings.BASE_URL, "now": now()}
    )
    headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nobody's vacation notice answers it
    EmailMessage(f"Fairlead: {subject}{f', and {more} more' if more else ''}", text, to=to, headers=headers).send()
