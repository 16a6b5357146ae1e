"""Comments on activities and tasks."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest, photo_url
from fairlead.activities import access, reads, richtext
from fairlead.activities.actions import comments
from fairlead.activities.web.drawing import url
from fairlead.kernel.errors import InvalidInput
from fairlead.shell.dialogs import dialog
from fairlead.shell.responses import add_toast, is_partial, refresh_part


def of_activity(request: FirmRequest, activity_id: UUID) -> HttpResponse:
    """Show the comments on an activity; POST `body` adds one."""
    access.activity(request.actor, activity_id)
    return _talk(request, {"activity_id": activity_id}, url(request, "activity-comments", activity_id=activity_id))


def of_task(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Show the comments on a task; POST `body` adds one."""
    access.task(request.actor, record_id)
    return _talk(request, {"task_id": record_id}, url(request, "task-comments", record_id=record_id))


@require_POST
def delete(request: FirmRequest, comment_id: UUID) -> HttpResponse:
    """Delete a comment."""
    comments.delete_comment(comment_id, by=request.actor)
    response = HttpResponse(status=200)
    add_toast(response, "Comment deleted.")
    refresh_part(response, "timeline", "tasks")
    return response


def _talk(request: FirmRequest, about: dict[str, Any], action: str) -> HttpResponse:
    error = ""
    if request.method == "POST":
        body = request.POST.get("body", "")
        try:
            if "task_id" in about:
                comments.comment_on_task(about["task_id"], body, by=request.actor)
            else:
                comments.comment_on_activity(about["activity_id"], body, by=request.actor)
        except InvalidInput as refused:
            error = refused.fields.get("body", [refused.message])[0]
        if not is_partial(request) and not error:
            return redirect(request.path)
    context: dict[str, Any] = {
        "rows": rows(request, about), "action": action, "error": error, "mentions": url(request, "mentions"),
        "may": request.actor.can("notes.edit"),
    }  # fmt: skip
    if request.method == "POST" or request.GET.get("part"):
        response = render(request, "activities/comments.html", context, status=422 if error else 200)
        if request.method == "POST" and not error:
            refresh_part(response, "timeline", "tasks")
        return response
    return dialog(request, None, title="Comments", template="activities/comments.html", **context)


def rows(request: FirmRequest, about: dict[str, Any]) -> list[dict[str, Any]]:
    """Return comments with what a page shows of them."""
    return [
        {"comment": c, "body": richtext.shown(c.body), "photo": photo_url(c.author, request.firm) if c.author else "",
         "delete_url": url(request, "comment-delete", comment_id=c.pk) if _may(request, c) else ""}
        for c in reads.comments_of(**about)
    ]  # fmt: skip


def _may(request: FirmRequest, comment: Any) -> bool:
    mine: bool = comment.author_id == request.actor.membership_id and request.actor.can("notes.edit")
    return mine or request.actor.can("notes.manage")
