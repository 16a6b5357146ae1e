"""Background work as the frame shows it: in the dialog that started it and in the widget of the top bar."""

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .registry import Registry

State = Literal["queued", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class Job:
    """One piece of background work. Counts are records; `total` is None while it is unknown.

    `poll_url` answers with `shell/progress/job.html` for the same job; `undo_url` and `cancel_url` take a POST;
    `download_url` is the file that came of it.
    """

    id: str
    label: str
    state: State
    poll_url: str
    done: int = 0
    total: int | None = None
    message: str = ""
    report_url: str = ""
    download_url: str = ""
    undo_url: str = ""
    cancel_url: str = ""

    @property
    def is_active(self) -> bool:
        """Whether it is still waiting or working."""
        return self.state in ("queued", "running")


@dataclass(frozen=True)
class JobSource:
    """The page part that lists the viewer's jobs with `shell/progress/jobs.html`. The first in order is used."""

    key: str
    url_name: str
    order: int = 100
    permission: str = ""


sources: Registry[JobSource] = Registry()


def follow_in_dialog(request: HttpRequest, job: Job) -> HttpResponse:
    """Answer the form of a dialog that started a job: the dialog shows how far it is."""
    response = render(request, "shell/progress/dialog.html", {"job": job})
    response["HX-Retarget"] = "#dialog-content"
    response["HX-Reswap"] = "innerHTML"
    return response
