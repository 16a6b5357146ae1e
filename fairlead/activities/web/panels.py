"""Panels of this room on record pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairlead.activities import reads, task_reads
from fairlead.activities.models import Kind
from fairlead.activities.web.activities import rows_of
from fairlead.activities.web.drawing import task_urls, url
from fairlead.kernel import clock

FEW = 5


def tasks_of(noun: str) -> Callable[[Any, Any], SafeString]:
    """Return what draws the open tasks of a record, those due first, and how many are done."""

    def draw(request: Any, record: Any) -> SafeString:
        about = (noun, record.pk)
        rows = task_reads.open_tasks(request.actor, about=about)
        lines = task_reads.shown(request.actor, rows[: FEW + 5])
        if noun == "company":  # whose task it is stands with it; that it is about the page's own record does not
            lines = [replace(x, records=[r for r in x.records if r[1].pk != record.pk]) for x in lines]
        context = {
            "lines": lines, "more": rows.count() - len(lines), "part": f"panel-open-tasks-{noun}",
            "bare": noun != "company",
            "new_url": url(request, "task-new") + f"?about={noun}:{record.pk}", **task_urls(request),
        }  # fmt: skip
        return render_to_string("activities/tasks/panel.html", context, request=request)

    return draw


def calls_of(noun: str) -> Callable[[Any, Any], SafeString]:
    """Return what draws the calls with a record: those to come, the last ones, and the way to all of them."""

    def draw(request: Any, record: Any) -> SafeString:
        about = (noun, record.pk)
        last = reads.recent(request.actor, kinds=(Kind.CALL,), about=about, limit=FEW)
        value = f"{noun}:{record.pk}"
        context = {
            "planned": reads.upcoming(request.actor, kinds=(Kind.CALL,), about=about, limit=FEW), "last": last,
            "now": clock.now(), "all_url": url(request, "calls") + f"?record={value}", "part": f"panel-calls-{noun}",
            "new_url": url(request, "quick-note") + f"?kind=call&about={value}", "may": request.actor.can("notes.edit"),
            "home": url(request, "activities"), "named": noun == "company",
        }  # fmt: skip
        return render_to_string("activities/calls/panel.html", context, request=request)

    return draw


def my_notes(request: Any, record: Any) -> SafeString:
    """Draw the notes that the member wrote last, wherever."""
    found = reads.recent(request.actor, kinds=(Kind.NOTE,), mine=True, limit=6)
    context = {"rows": rows_of(request, found), "url": url(request, "activities")}
    return render_to_string("activities/recent.html", context, request=request)
