"""The card on contacts and deals: who got it, by which rule and why; and the dialog that assigns it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairlead.accounts.public import FirmRequest, photo_url
from fairlead.assignment import access, reads
from fairlead.assignment.actions import assigning
from fairlead.assignment.web import controls
from fairlead.assignment.web.place import url
from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import kinds
from fairlead.records.public import nouns
from fairlead.shell import dialogs
from fairlead.shell.panels import Panel, panels
from fairlead.shell.responses import done

RULES, TEAM, PERSON = "rules", "team", "person"
WAYS = ((RULES, "By the rules"), (TEAM, "To a team, in turn"), (PERSON, "To a person"))


def register() -> None:
    """Register the cards."""
    for noun in ("contact", "deal"):
        panels.register(Panel(f"owner-{noun}", noun, "Owner", "route", _drawn(noun), order=8))


def _drawn(noun: str) -> Any:
    def draw(request: Any, record: Any) -> SafeString:
        found = access.assignments_of(noun, record.pk).first()
        context = {
            "record": record, "photo": photo_url(record.owner, request.firm) if record.owner else "",
            "owners": reads.owners(noun, record.pk),
            "assignment": found if found and found.member_id == record.owner_id else None,
            "waits": record.owner_id is None and reads.waiting(noun, record.pk),
            "may": request.actor.can(nouns.get(noun).permission("edit")),
            "may_try": request.actor.can("assignment.view"),
            "assign_url": url(request, f"{noun}-assign", record_id=record.pk),
            "try_url": f"{url(request, 'try')}?noun={noun}&record={record.pk}",
        }  # fmt: skip
        return render_to_string("assignment/panels/owner.html", context, request=request)

    return draw


def assign(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Assign one record: by the rules, to a team, or to a person."""
    request.actor.require(nouns.get(noun).permission("edit"))
    record = kinds.read(request, noun, record_id)
    form = dialogs.make(request, _fields(), {"way": RULES})
    if request.method == "POST":
        try:
            text = _act(noun, record_id, form.typed(), request)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, text, to=kinds.record_url(request, noun, record_id))
    return dialogs.dialog(request, form, title=f"Assign {record}", submit="Assign")


def _fields() -> dict[str, forms.Field]:
    return {
        "way": forms.ChoiceField(label="How", choices=WAYS, required=False),
        "team": controls.team(when=f"way={TEAM}"),
        "person": controls.person(when=f"way={PERSON}"),
    }  # fmt: skip


def _act(noun: str, record_id: UUID, typed: dict[str, Any], request: FirmRequest) -> str:
    """Do what was chosen; return what to tell."""
    by, way = request.actor, typed["way"]
    if way == PERSON:
        set_field = nouns.get(noun).set_field
        assert set_field is not None
        if not typed["person"]:
            raise InvalidInput({"person": ["Choose a person."]})
        set_field({record_id: typed["person"]}, "owner", by=by)
        return "Assigned."
    if way == TEAM:
        if not typed["team"]:
            raise InvalidInput({"team": ["Choose a team."]})
        outcome = assigning.assign_to_team(noun, [record_id], UUID(typed["team"]), by=by)
        nobody = "Nobody in this team is free."
    else:
        outcome = assigning.assign_by_rules(noun, [record_id], by=by)
        nobody = "No rule fits, or nobody is free. Try the rules out to see why."
    if not outcome.given:
        raise InvalidInput({"way": [nobody]})
    decision = outcome.decisions[0]
    return f"{decision.name} got it ({decision.reason})."
