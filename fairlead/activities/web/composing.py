"""The one composer above every timeline: note, call, email, meeting and task."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access, mentioning, reads
from fairlead.activities.access import About
from fairlead.activities.actions import activities, attachments
from fairlead.activities.models import Activity, Direction, Kind
from fairlead.activities.web import asked
from fairlead.activities.web.drawing import url
from fairlead.activities.web.task_forms import compose_task
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.ids import read_id
from fairlead.people.public import record_url
from fairlead.shell.responses import add_toast, is_partial, refresh_part

SAVED = {"note": "Note saved.", "call": "Call logged.", "email": "Email logged.", "meeting": "Meeting logged."}
PLACEHOLDERS = {
    Kind.NOTE: "Write a note. @ mentions somebody, # inserts a snippet.",
    Kind.CALL: "What was said? # inserts a snippet.",
    Kind.EMAIL: "What it said, in short or in full.",
    Kind.MEETING: "What was agreed? # inserts a snippet.",
}
LABELS = {
    "at": "When", "duration_minutes": "Minutes", "subject": "Subject", "location": "Place", "type": "Type",
    "outcome": "Outcome", "direction": "Direction",
}  # fmt: skip
TIMES = ("occurred_at", "started_at", "scheduled_at", "ended_at")  # the form has one field for whichever it is: "at"
OFFERED = 6  # people of a company to tick; the others are found by their name
PARTS = (
    "timeline", "notes", "calls", "panel-calls-contact", "panel-calls-company", "panel-calls-deal", "panel-figures",
    "panel-engagement",
)  # fmt: skip


def composer_of(kind: str, noun: str) -> Callable[[Any, Any], SafeString]:
    """Return what draws the form of one kind on a record's page: notes at once, the others when their tab is opened."""

    def draw(request: Any, record: Any) -> SafeString:
        about = f"{noun}:{record.pk}"
        if kind == Kind.NOTE:
            return compose(request, kind, [about])
        address = reverse("activities:composer", kwargs={"firm": request.firm.slug}) + f"?kind={kind}&about={about}"
        return render_to_string("activities/lazy.html", {"address": address})

    return draw


@require_GET
def composer(request: FirmRequest) -> HttpResponse:
    """Answer with an empty form: `?kind=&about=`, begun with `&template=` (notes)."""
    kind, about = request.GET.get("kind", "note"), request.GET.getlist("about")
    if kind == "task":
        return HttpResponse(compose_task(request, about))
    if kind not in Kind.values:
        raise NotFound
    template = access.templates(request.actor).filter(pk=read_id(request.GET.get("template", ""))).first()
    return HttpResponse(compose(request, kind, about, values={"body": template.body} if template else {}))


@require_POST
def log(request: FirmRequest) -> HttpResponse:
    """Log an activity (POST `kind`, `about`, `also`, the fields of the kind, `files`) from the composer."""
    kind = request.POST.get("kind", "note")
    about = asked.places([*request.POST.getlist("about"), *request.POST.getlist("also")])
    try:
        made = write(request, kind, about)
    except InvalidInput as error:
        typed = request.POST.dict()
        also = request.POST.getlist("also")
        html = compose(request, kind, request.POST.getlist("about"), values=typed, errors=error.fields, also=also)
        return HttpResponse(html, status=422)
    if not is_partial(request):
        return redirect(record_url(request, *about[0]))
    response = HttpResponse(compose(request, kind, request.POST.getlist("about")))
    add_toast(response, said_of(made))
    refresh_part(response, *PARTS)
    return response


def said_of(made: Activity) -> str:
    """Return what to tell who has logged or scheduled it."""
    return with_who_is_not_told(f"{made.get_kind_display()} scheduled." if made.is_planned else SAVED[made.kind], made)


def with_who_is_not_told(said: str, made: Activity) -> str:
    """Add to what is said who was named in vain, if anybody was."""
    names = mentioning.not_told(made)
    if not names:
        return said
    return f"{said} {' and '.join(names)} may not see it, and {'is' if len(names) == 1 else 'are'} not told."


@transaction.atomic
def write(request: FirmRequest, kind: str, about: list[About]) -> Activity:
    """Log what a form posts, with its files."""
    if kind not in Kind.values:
        raise NotFound
    made = activities.log_activity(kind, values_of(request), about, by=request.actor)
    for upload in request.FILES.getlist("files"):
        if upload.file is not None:
            attachments.attach(made.pk, upload.file, upload.name or "file", by=request.actor)
    return made


def values_of(request: FirmRequest) -> dict[str, Any]:
    """Return the values that a form posts, as the action takes them; what the form did not have is left out."""
    typed = request.POST
    values: dict[str, Any] = {n: typed[n] for n in ("body", "subject", "location", "direction") if n in typed}
    for role in ("type", "outcome"):
        if role in typed:
            values[role] = read_id(typed[role])
    if "duration_minutes" in typed:
        values["duration_minutes"] = asked.number(typed, "duration_minutes")
    moment = asked.moment(typed, "at")
    if moment is not None:
        values["scheduled_at" if typed.get("plan") else "occurred_at"] = moment
    elif typed.get("plan"):
        raise InvalidInput({"at": ["Say when it is to be."]})
    return values


def compose(
    request: FirmRequest,
    kind: str,
    about: list[str],
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, list[str]] | None = None,
    also: Sequence[str] = (),
) -> SafeString:
    """Return the form of a kind of activity, with what was typed and what is wrong with it.

    On a company's page it offers the people there; those among `also` are chosen.
    """
    people = _people(request, about)
    offered = {value for value, _ in people}
    context = {
        "people": [(value, name, value in also) for value, name in people],
        **asked.chosen(request, [value for value in also if value not in offered]),
        "kind": kind, "about": about, "values": values or {}, "action": url(request, "log"),
        "composer_url": url(request, "composer") + f"?kind={kind}", **fields_of(request, kind, errors),
    }  # fmt: skip
    if kind == Kind.NOTE:
        context["templates"] = access.templates(request.actor).order_by("name_norm").only("name")
    return render_to_string("activities/composer.html", context, request=request)


def _people(request: FirmRequest, about: list[str]) -> list[tuple[str, str]]:
    """Return ("contact:id", name) of the people of the company whose page it is, those of the last contact first."""
    found = asked.places(about)
    if [noun for noun, _ in found] != ["company"]:
        return []
    ids = reads.around(request.actor, found[0])[1 : OFFERED + 1]
    known = access.records(request.actor, [("contact", pk) for pk in ids])
    return [(f"contact:{pk}", str(known[pk][1])) for pk in ids if pk in known]


def fields_of(request: FirmRequest, kind: str, errors: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
    """Return what the fields of a kind offer: types, outcomes, where to look for people and records."""
    wrong = {"at" if n in TIMES else n: found for n, found in (errors or {}).items()}
    messages = [f"{LABELS[n]}: {text}" if n in LABELS else text for n, found in wrong.items() for text in found]
    offered = reads.options_by_role(request.actor, kind)
    return {
        "types": offered["type"], "outcomes": offered["outcome"],
        "directions": Direction.choices, "error": " ".join(messages), "errors": wrong,
        "mentions": url(request, "mentions"), "records_url": url(request, "record-choices"),
        "kind_label": str(Kind(kind).label), "placeholder": PLACEHOLDERS[Kind(kind)],
    }  # fmt: skip


def found_or_404(request: FirmRequest, activity_id: UUID) -> Activity:
    """Return an activity with its options; raise `NotFound`."""
    found = access.activities(request.actor).select_related("type", "outcome").filter(pk=activity_id).first()
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]
