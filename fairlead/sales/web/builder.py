"""The pipeline builder: pipelines, and the stages of one."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest, Team, errands
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.text import counted
from fairlead.sales import access, leaving, requirements
from fairlead.sales.actions import pipelines, stage_ends, stages
from fairlead.sales.actions.values import as_id
from fairlead.sales.blueprints import blueprints
from fairlead.sales.models import Deal, Kind, Outcome, Pipeline, PipelineTeam, Stage
from fairlead.sales.web import controls
from fairlead.sales.web.place import url
from fairlead.shell import dialogs
from fairlead.shell.forms import Needed
from fairlead.shell.marks import COLORS
from fairlead.shell.progress import Job
from fairlead.shell.responses import done
from fairlead.tenancy.public import Role

ROLES = [(role.key, f"{role.label} and above") for role in Role]


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the pipelines: `?archived=1` those out of use, `?kind=` those of a kind."""
    archived, kind = bool(request.GET.get("archived")), request.GET.get("kind", "")
    found = list(access.pipelines(request.actor, archived=archived).prefetch_related("stages"))
    rows = [
        (p, [s for s in p.stages.all() if s.archived_at is None and s.kind == Stage.Kind.OPEN],
         Deal.rows().filter(pipeline=p, outcome=Outcome.OPEN, deleted_at=None).count())
        for p in found if kind in ("", p.kind)
    ]  # fmt: skip
    context = {
        "rows": rows, "jobs": _going_on(request, [p.pk for p in found]).values(), "archived": archived,
        "url": url(request, "pipelines"), "blueprints": blueprints(),
        "kind": kind, "kinds": [(k, label) for k, label in Kind.choices if k in {kind, *(p.kind for p in found)}],
        "new_url": url(request, "pipeline-new"), "may": request.actor.can("pipelines.manage"),
    }  # fmt: skip
    return render(request, "sales/pipelines.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Make a pipeline from a ready one: `?template=`."""
    request.actor.require("pipelines.manage")
    choices = [(b.key, f"{b.name}: {b.about}") for b in blueprints()]
    fields: dict[str, forms.Field] = {
        "template": forms.ChoiceField(label="Begin with", choices=choices, required=False),
        "name": forms.CharField(label="Name", required=False, help_text="Empty: as the ready one is called."),
    }
    form = dialogs.make(request, fields, {"template": request.GET.get("template", "sales")})
    if request.method == "POST":
        typed = form.typed()
        try:
            made = pipelines.create_pipeline(typed["template"] or "", name=typed["name"] or "", by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, f"{made.name} is ready.", to=url(request, "pipeline", pipeline_id=made.pk))
    return dialogs.dialog(request, form, title="New pipeline", submit="Create")


@require_GET
def page(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Show a pipeline's stages, to be dragged, changed and added to."""
    pipeline = access.pipeline(request.actor, pipeline_id)
    found = access.stages(request.actor, pipeline_id)
    labels = requirements.offered()
    rows = [(s, [labels.get(n, n) for n in s.required_fields]) for s in found]
    teams = PipelineTeam.rows().filter(pipeline=pipeline).values_list("team__name", flat=True)
    jobs = _going_on(request, [pipeline_id, *(s.pk for s in found)])
    context = {
        "pipeline": pipeline, "jobs": jobs.values(), "leaving": jobs.keys(),
        "open": [r for r in rows if r[0].kind == Stage.Kind.OPEN],
        "ends": [r for r in rows if r[0].kind != Stage.Kind.OPEN],
        "url": url(request, "pipeline", pipeline_id=pipeline_id),
        "list_url": url(request, "pipelines"), "board_url": url(request, "board-of", pipeline_id=pipeline_id),
        "may": request.actor.can("pipelines.manage"), "roles": dict(ROLES), "teams": ", ".join(teams),
    }  # fmt: skip
    return render(request, "sales/builder.html", context)


def _going_on(request: FirmRequest, ids: list[UUID]) -> dict[UUID, Job]:
    """Return how far the deals of those that are being deleted or archived have moved out."""
    return {e.subject_id: errands.as_job(e, request.firm) for e in leaving.errands_of(ids)}


def edit(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Change a pipeline's name, words and who sees it."""
    request.actor.require("pipelines.manage")
    pipeline = access.pipeline(request.actor, pipeline_id)
    teams = [str(pk) for pk in PipelineTeam.rows().filter(pipeline=pipeline).values_list("team", flat=True)]
    values = {n: getattr(pipeline, n) for n in ("name", "kind", *pipelines.LABELS, *pipelines.ROLES)}
    form = dialogs.make(request, _pipeline_fields(), {**values, "teams": teams})
    if request.method == "POST":
        try:
            pipelines.update_pipeline(pipeline_id, form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Pipeline saved.", to=url(request, "pipeline", pipeline_id=pipeline_id))
    return dialogs.dialog(request, form, title=f"Pipeline {pipeline.name}")


def _pipeline_fields() -> dict[str, forms.Field]:
    teams = [(str(pk), name) for pk, name in Team.rows().order_by("name").values_list("pk", "name")]
    found: dict[str, forms.Field] = {
        "name": Needed(label="Name"),
        "kind": forms.ChoiceField(label="What it is for", choices=Kind.choices, required=False),
        "item_label": forms.CharField(
            label="What goes through it", required=False, help_text="Deal, candidate, order …"
        ),
        "won_label": forms.CharField(label="Good end", required=False, help_text="Won, hired, delivered …"),
        "lost_label": forms.CharField(label="Other end", required=False, help_text="Lost, not hired, cancelled …"),
        "visible_from": forms.ChoiceField(label="Who sees it", choices=ROLES, required=False),
        "editable_from": forms.ChoiceField(label="Who changes its deals", choices=ROLES, required=False),
    }
    if teams:
        about = "None chosen: every team. Administrators see every pipeline."
        found["teams"] = forms.MultipleChoiceField(
            label="Only these teams", choices=teams, required=False, help_text=about
        )
    return found


def archive(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Ask where open deals go, then take a pipeline out of use."""
    request.actor.require("pipelines.manage")
    pipeline = access.pipeline(request.actor, pipeline_id)
    count = Deal.rows().filter(pipeline=pipeline, outcome=Outcome.OPEN, deleted_at=None).count()
    form = dialogs.make(request, {"move_to": controls.stage(request)} if count else {}, {})
    if request.method == "POST":
        try:
            stage_ends.archive_pipeline(
                pipeline_id, move_to=as_id(form.typed().get("move_to"), "move_to"), by=request.actor
            )
        except (InvalidInput, Conflict) as error:
            form.refuse(error if isinstance(error, InvalidInput) else InvalidInput(error.message))
        else:
            going = leaving.errands_of([pipeline_id]).exists()
            said = "is being archived, deal by deal." if going else "is archived."
            return done(request, f"{pipeline.name} {said}", to=url(request, "pipelines"))
    text = "Its history stays in the analytics."
    if count:
        text = f"{counted(count, 'open deal')} will be in the stage you choose."
    return dialogs.dialog(request, form, title=f"Archive {pipeline.name}?", submit="Archive", text=text, danger="yes")


@require_POST
def restore(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Take an archived pipeline into use again."""
    made = pipelines.restore_pipeline(pipeline_id, by=request.actor)
    return done(request, f"{made.name} is in use again.", to=url(request, "pipeline", pipeline_id=pipeline_id))


@require_POST
def order(request: FirmRequest, pipeline_id: UUID) -> HttpResponse:
    """Put the stages into the order of POST `stage` (repeated)."""
    ids = [pk for raw in request.POST.getlist("stage") if (pk := as_id(raw, "stage"))]
    stages.order_stages(pipeline_id, ids, by=request.actor)
    return HttpResponse(status=204)


def stage_form(request: FirmRequest, pipeline_id: UUID, stage_id: UUID | None = None) -> HttpResponse:
    """Add or change a stage."""
    request.actor.require("pipelines.manage")
    pipeline: Pipeline = access.pipeline(request.actor, pipeline_id)
    stage = access.stage(request.actor, stage_id) if stage_id else None
    form = dialogs.make(request, _stage_fields(stage), _stage_values(stage))
    if request.method == "POST":
        try:
            if stage:
                stages.update_stage(stage.pk, form.typed(), by=request.actor)
            else:
                stages.add_stage(pipeline_id, form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Stage saved.", to=url(request, "pipeline", pipeline_id=pipeline_id))
    return dialogs.dialog(request, form, title=stage.name if stage else f"New stage of {pipeline.name}")


def _stage_fields(stage: Stage | None) -> dict[str, forms.Field]:
    number = forms.NumberInput(attrs={"step": "1"})
    found: dict[str, forms.Field] = {
        "name": Needed(label="Name"),
        "color": forms.ChoiceField(label="Colour", choices=[(c, c.capitalize()) for c in COLORS], required=False),
    }
    if stage is None or stage.kind == Stage.Kind.OPEN:
        found |= {
            "probability": forms.CharField(label="Probability in percent", required=False, widget=number),
            "forecast": forms.ChoiceField(label="In the forecast", choices=Stage.Forecast.choices, required=False),
            "rotting_days": forms.CharField(label="Stays too long after days", required=False, widget=number),
            "shift_close_days": forms.CharField(
                label="Entering moves the close date by days",
                required=False,
                widget=number,
                help_text="May be negative.",
            ),
        }
    found["required_fields"] = forms.MultipleChoiceField(
        label="A deal needs, to enter", choices=list(requirements.offered().items()), required=False
    )
    return found


def _stage_values(stage: Stage | None) -> dict[str, Any]:
    names = ("name", "color", "probability", "forecast", "rotting_days", "shift_close_days", "required_fields")
    return {n: getattr(stage, n) for n in names} if stage else {"probability": 50, "color": "blue"}


def stage_delete(request: FirmRequest, pipeline_id: UUID, stage_id: UUID) -> HttpResponse:
    """Ask where its deals go, then delete a stage."""
    request.actor.require("pipelines.manage")
    stage = access.stage(request.actor, stage_id)
    count = Deal.rows().filter(stage=stage, outcome=Outcome.OPEN, deleted_at=None).count()
    form = dialogs.make(request, {"move_to": controls.stage(request, but=stage_id)} if count else {}, {})
    if request.method == "POST":
        try:
            stage_ends.delete_stage(stage_id, move_to=as_id(form.typed().get("move_to"), "move_to"), by=request.actor)
        except (InvalidInput, Conflict) as error:
            form.refuse(error if isinstance(error, InvalidInput) else InvalidInput(error.message))
        else:
            said = "is being deleted, deal by deal." if leaving.errands_of([stage_id]).exists() else "is deleted."
            return done(request, f"{stage.name} {said}", to=url(request, "pipeline", pipeline_id=pipeline_id))
    text = f"{counted(count, 'open deal')} will be in the stage you choose." if count else "No open deal is in it."
    return dialogs.dialog(request, form, title=f"Delete {stage.name}?", submit="Delete", text=text, danger="yes")
