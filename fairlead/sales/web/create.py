"""The dialog that makes a deal."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import access as people
from fairlead.people.public import forms as people_forms
from fairlead.records.public import custom
from fairlead.sales import access
from fairlead.sales.actions.deals import create_deal
from fairlead.sales.models import Deal, Stage
from fairlead.sales.web import controls
from fairlead.sales.web.place import asked_id, first_pipeline, url
from fairlead.shell import dialogs
from fairlead.shell.responses import done

FIRST = ("title", "value", "stage", "expected_close", "company", "contact", "owner", "priority", "source")


def page(request: FirmRequest) -> HttpResponse:
    """Ask for the first facts of a deal and make it: `?pipeline=&stage=&contact=&company=`."""
    request.actor.require("deals.edit")
    pipeline = _pipeline(request)
    form = dialogs.make(request, _fields(request), _initial(request, pipeline))
    _offer(form.fields["company"], _named(people.companies, request, "company"))
    _offer(form.fields["contact"], _named(people.contacts, request, "contact"))
    word = pipeline.item_label.lower() if pipeline else "deal"
    if request.method == "POST":
        typed = {name: value for name, value in form.typed().items() if value not in ("", None, [])}
        try:
            made = create_deal(people_forms.values(typed), by=request.actor)
        except InvalidInput as error:
            form.refuse(people_forms.refusal(error))
        else:
            return _made(request, made)
    return dialogs.dialog(request, form, title=f"New {word}", submit="Create", template="sales/new.html")


def _made(request: FirmRequest, deal: Deal) -> HttpResponse:
    text, here = f"{deal.name} created.", url(request, "deal", record_id=deal.pk)
    if "/deals/board/" in request.headers.get("HX-Current-URL", ""):
        return done(request, text, refresh=("board",))
    return done(request, text, to=here)


def _pipeline(request: FirmRequest) -> Any:
    wanted = asked_id(request, "pipeline")
    return access.pipeline(request.actor, wanted) if wanted else first_pipeline(request)


def _fields(request: FirmRequest) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for name in FIRST:
        found[name] = controls.stage(request, required=True) if name == "stage" else controls.of_deal(name, request)
    for field in custom.custom_fields("deal"):
        if field.is_required:
            found[field.name.replace(".", "-")] = controls.of_deal(field.name, request)
    return found


def _initial(request: FirmRequest, pipeline: Any) -> dict[str, str]:
    stage = request.GET.get("stage", "")
    if not stage and pipeline:
        first = (
            Stage.rows().filter(pipeline=pipeline, kind=Stage.Kind.OPEN, archived_at=None).order_by("position").first()
        )
        stage = str(first.pk) if first else ""
    owner = str(request.actor.membership_id or "")
    given = {name: request.GET.get(name, "") for name in ("company", "contact", "title")}
    return {"stage": stage, "owner": owner, **given}


def _named(rows: Any, request: FirmRequest, name: str) -> tuple[str, str] | None:
    raw = request.POST.get(name) or request.GET.get(name) or ""
    try:
        found = rows(request.actor).filter(pk=UUID(raw)).values_list("name", flat=True).first()
    except ValueError:
        return None
    return (raw, found) if found else None


def _offer(field: Any, choice: tuple[str, str] | None) -> None:
    if choice:
        field.choices = [("", "—"), choice]
