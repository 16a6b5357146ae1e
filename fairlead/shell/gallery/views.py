"""Every component and building block on a few pages, for axe, screenshots and whoever builds a page."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.kernel import clock
from fairlead.shell.forms import posted

from ..banners import Banner
from ..lists import Column, CriteriaError, ListPage, Option, render_list
from ..marks import COLORS
from ..record import Conflict, DrawnComposer, DrawnPanel, Fact, Kind, RecordPage, Tag, Timeline
from . import catalogue, sample


class SampleForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Name", help_text="As it stands on invoices.")
    email = forms.EmailField(label="Email")
    stage = forms.ChoiceField(label="Stage", choices=[("lead", "Lead"), ("client", "Client")])
    tags = forms.MultipleChoiceField(label="Tags", choices=[("vip", "VIP"), ("news", "Newsletter")], required=False)
    about = forms.CharField(label="About", widget=forms.Textarea, required=False)
    day = forms.DateField(label="First contact", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    channel = forms.ChoiceField(
        label="Channel", choices=[("mail", "Mail"), ("phone", "Phone")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(
        label="Agreed to the newsletter", help_text="Kept with date and source.", required=False
    )


def _frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"frame": sample.SampleFrame(request), **more}


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    bad = SampleForm({"name": "", "email": "not an address", "stage": "lead", "channel": "mail"})
    frame = sample.SampleFrame(request)
    frame.banners = [
        Banner("This is a demo firm with invented people.", "info", "Remove demo data", "/shell/gallery/"),
        Banner("This copy is muted: it sends nothing until somebody turns sending on.", "warning"),
    ]
    options = [{"value": color, "label": color.title(), "color": color} for color in COLORS]
    context = {"form": SampleForm(), "bad": bad, "colors": COLORS, "options": options, "job": sample.sample_job(300)}
    return render(request, "shell/gallery/components.html", {**context, "frame": frame})


def list_page(request: HttpRequest, state: str = "") -> HttpResponse:
    """Show the list page: with rows, empty, without a match, with a wrong filter."""
    chosen = request.GET.get("columns")
    keys = chosen.split(",") if chosen else [column.key for column in sample.COLUMNS if column.shown]
    columns = [Column(c.key, c.label, c.kind, c.sortable, c.key in keys) for c in sample.COLUMNS]
    at = [index for index, column in enumerate(columns) if column.shown and index < 9]
    rows = [type(row)(row.id, row.url, [row.cells[index] for index in at]) for row in sample.rows()]
    typed = request.GET.get("q", "")
    elsewhere = "/shell/gallery/dialog/"
    wrong = (CriteriaError("all.0", "Stage needs at least one value."),) if state == "wrong" else ()
    page = ListPage(
        title="Contacts", singular="contact", plural="contacts", icon="users", url=request.path, columns=columns,
        rows=() if state else [row for row in rows if typed.lower() in row.cells[0].text.lower()],
        sort=request.GET.get("sort", "name"), query=typed, views=sample.VIEWS,
        criteria=catalogue.read(request.GET.get("criteria", "")), save_view_url=elsewhere, columns_url=elsewhere,
        catalogue_url="/shell/gallery/catalogue.json", count_url="/shell/gallery/count.json", next_cursor="abc",
        bulk=() if state else sample.BULK, actions=sample.HEAD_ACTIONS, nothing_yet=state == "empty",
        empty_title="Your contacts live here",
        empty_text="Bring them in from the system you leave, or add the first one by hand.",
        empty_actions=sample.HEAD_ACTIONS, errors=wrong,
    )  # fmt: skip
    return render_list(request, page, context=_frame(request))


def record_page(request: HttpRequest) -> HttpResponse:
    """Show the record page."""
    composer = DrawnComposer("note", "Note", "note", catalogue.part(request, "shell/gallery/composer.html"))
    page = RecordPage(
        title="Ada Okafor",
        url=request.path,
        version=3,
        list_url="/shell/gallery/list/",
        list_label="Contacts",
        subtitle="Head of Operations, Harbour Analytics",
        groups=sample.facts(),
        badges=[Option("Client", "green")],
        tags=[Tag(t.label, t.color, "Wants to be called first.", "Bob Okafor", clock.now()) for t in sample.TAGS[:3]],
        tags_url="/shell/gallery/dialog/",
        completeness=64,
        actions=sample.HEAD_ACTIONS[1:],
        more=sample.HEAD_ACTIONS,
        timeline_url="/shell/gallery/timeline/",
        composers=[composer],
        panels=[
            DrawnPanel("company", "Company", "building", catalogue.part(request, "shell/gallery/panel.html")),
            DrawnPanel("lists", "Lists", "list", catalogue.part(request, "shell/gallery/panel.html")),
        ],
    )
    return render(request, "shell/record/page.html", _frame(request, page=page))


class FactForm(forms.Form):
    """One editable fact."""

    value = forms.CharField(label="Value")


def fact(request: HttpRequest, name: str) -> HttpResponse:
    """Edit a fact; "conflict" as the value shows what happens when somebody was faster."""
    shown = Fact(name, name.title(), request.POST.get("value", "Alice Ash"), request.path)
    form = FactForm(posted(request), initial={"value": "Alice Ash"}, prefix=None)
    form.fields["value"].label = name.title()
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["value"] == "conflict" and request.headers.get("If-Match") == '"3"':
            conflict = Conflict(
                shown, 4, "Carter & Vale", "conflict", [("value", "conflict")], by="Bob Beech", at=clock.now()
            )
            return render(request, "shell/record/conflict.html", {"conflict": conflict}, status=412)
        response = render(request, "shell/record/fact.html", {"fact": shown})
        response.headers["ETag"] = '"4"'
        return response
    template = "fact.html" if "view" in request.GET else "fact_form.html"
    status = 422 if request.method == "POST" else 200
    return render(request, f"shell/record/{template}", {"fact": shown, "form": form}, status=status)


def timeline(request: HttpRequest) -> HttpResponse:
    """Answer with the sample timeline."""
    entries = sample.entries(clock.now())
    kinds = [Kind("note", "Notes"), Kind("mail", "Mail"), Kind("change", "Changes")]
    stretch = Timeline(request.path, entries[1:], entries[:1], kinds, request.GET.get("kind", ""))
    return render(request, "shell/record/timeline.html", {"timeline": stretch})


def dialog(request: HttpRequest) -> HttpResponse:
    """Answer with a dialog, and 422 for whatever is posted."""
    form = SampleForm(posted(request))
    template = "dialog_form.html" if request.method == "POST" else "dialog.html"
    status = 422 if request.method == "POST" else 200
    return render(request, f"shell/gallery/{template}", {"form": form}, status=status)


def job(request: HttpRequest, done: int) -> HttpResponse:
    """Answer with a job that moves on."""
    return render(request, "shell/progress/job.html", {"job": sample.sample_job(done)})


def bare(request: HttpRequest) -> HttpResponse:
    """Show a page without the frame."""
    return render(request, "shell/gallery/bare.html", {"form": SampleForm()})


def data(request: HttpRequest, name: str) -> HttpResponse:
    """Answer what the builder, the palette and the editor ask."""
    if name == "count":
        return HttpResponse("1,204")
    return JsonResponse(catalogue.DATA[name](request.GET.get("q", "")), safe=False)
