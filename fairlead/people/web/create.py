"""Creating contacts and companies, with a hint when somebody with this address is known already."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.people import access
from fairlead.people.web import forms, kinds
from fairlead.records.duplicates.public import candidates
from fairlead.records.public import custom
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, posted
from fairlead.shell.responses import done

FIRST = {
    "contact": (
        "first_name", "last_name", "email", "phone", "company", "job_title", "lifecycle", "score", "owner", "source",
    ),
    "company": ("name", "domain", "phone", "email", "city", "country", "industry", "size_band", "owner"),
}  # fmt: skip
CHECKED = {
    "contact": ("first_name", "last_name", "email", "phone", "company"),
    "company": ("name", "domain", "phone", "city"),
}


def page(request: FirmRequest, noun: str) -> HttpResponse:
    """Ask for the first facts of a record and create it; the rest is edited on its page."""
    kind = kinds.noun_of(noun)
    request.actor.require(f"{kind.plural}.edit")
    form = _form(request, noun)
    if request.method == "POST":
        typed = {name: value for name, value in form.typed().items() if value not in ("", None, [])}
        try:
            made = kind.verbs.create(forms.values(typed), by=request.actor)
        except InvalidInput as error:
            form.refuse(forms.refusal(error))
        else:
            return done(request, f"{kind.label} created.", to=kinds.record_url(request, noun, made.pk))
    title = f"New {kind.label.lower()}"
    return dialogs.dialog(request, form, title=title, submit="Create", template="people/new.html")


@require_GET
def duplicates(request: FirmRequest, noun: str) -> HttpResponse:
    """Answer with the hint that such a record may exist, or with nothing."""
    request.actor.require(kinds.noun_of(noun).permission("view"))
    typed = {name: value for name, value in request.GET.items() if value}
    if not typed.keys() & set(CHECKED[noun]):
        return render(request, "people/duplicate.html", {"found": []})
    suspects = candidates.suspects(kinds.noun_of(noun), typed, by=request.actor)
    found = [(s, kinds.record_url(request, noun, s.record.pk)) for s in suspects]
    return render(request, "people/duplicate.html", {"found": found})


def _form(request: FirmRequest, noun: str) -> ActionForm:
    kind = kinds.noun_of(noun)
    data = posted(request)
    form = ActionForm(data, initial=_initial(request), auto_id="new-%s")
    for name in FIRST[noun]:
        form.fields[name] = forms.editor(kind.field(name), request)
        if name in CHECKED[noun]:
            form.fields[name].widget.attrs |= {
                "hx-get": kinds.url(request, f"{noun}-duplicates"), "hx-trigger": "change",
                "hx-include": "closest form", "hx-target": "#duplicate", "hx-swap": "innerHTML",
            }  # fmt: skip
    company = _company_choice(request)
    if "company" in form.fields and company:
        form.fields["company"].choices = [("", "—"), company]  # type: ignore[attr-defined]
    for field in custom.custom_fields(noun):
        if field.is_required:
            form.fields[field.name.replace(".", "-")] = forms.editor(field.as_field(), request)
    return form


def _initial(request: FirmRequest) -> dict[str, str]:
    owner = str(request.actor.membership_id or "")
    return {"lifecycle": "lead", "owner": owner, "company": request.GET.get("company", "")}


def _company_choice(request: FirmRequest) -> tuple[str, str] | None:
    given = request.POST.get("company") or request.GET.get("company")
    try:
        company_id = UUID(given or "")
    except ValueError:
        return None
    if not request.actor.can("companies.view"):
        return None
    name = access.companies(request.actor).filter(pk=company_id).values_list("name", flat=True).first()
    return (str(company_id), name) if name else None
