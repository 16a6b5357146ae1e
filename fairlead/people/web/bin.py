"""The bin of contacts and companies: restore, or delete for good."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import counted
from fairlead.people.web import kinds
from fairlead.shell import dialogs
from fairlead.shell.responses import add_toast, done

PAGE = 50


def page(request: FirmRequest, noun: str) -> HttpResponse:
    """Show what is in the bin, last thrown away first."""
    kind = kinds.noun_of(noun)
    rows = kinds.binned(request, noun).select_related("deleted_by__user").order_by("-deleted_at", "id")
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind, "page": found, "url": kinds.part_url(request, noun, "bin"), "noun": noun,
        "list_url": kinds.list_url(request, noun), "may_purge": request.actor.can(f"{kind.plural}.purge"),
    }  # fmt: skip
    return render(request, "people/bin.html", context)


@require_POST
def restore(request: FirmRequest, noun: str) -> HttpResponse:
    """Take the chosen records out (POST `id`, repeated)."""
    kind = kinds.noun_of(noun)
    ids = _chosen(request)
    try:
        count = kind.verbs.restore(ids, by=request.actor)
    except InvalidInput as error:
        response = HttpResponse(status=204)
        add_toast(response, error.message, kind="error")
        return response
    what = counted(count, kind.label.lower(), kind.label_plural.lower())
    return done(request, f"{what} restored.", to=kinds.part_url(request, noun, "bin"))


def purge(request: FirmRequest, noun: str) -> HttpResponse:
    """Ask, then delete a record for good (POST `id`)."""
    kind = kinds.noun_of(noun)
    request.actor.require(f"{kind.plural}.purge")
    if request.method == "POST":
        count = kind.verbs.purge(_chosen(request), by=request.actor)
        what = counted(count, kind.label.lower(), kind.label_plural.lower())
        return done(request, f"{what} deleted for good.", to=kinds.part_url(request, noun, "bin"))
    ids = request.GET.getlist("id")
    text = "With notes that stand on nothing else, and all that is theirs alone. This cannot be undone."
    title = "Delete for good?" if len(ids) == 1 else f"Delete {len(ids)} for good?"
    return dialogs.dialog(
        request, None, title=title, template="people/purge.html", text=text, ids=ids,
        action=kinds.part_url(request, noun, "purge"),
    )  # fmt: skip


def _chosen(request: FirmRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("id")]
    except ValueError:
        raise NotFound from None
