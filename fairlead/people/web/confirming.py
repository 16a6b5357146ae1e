"""The page behind the link that confirms a subscription: outside of the firm's pages, for whoever holds the link.

A GET changes nothing: scanners of mail open every link.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from fairlead.accounts.public import firm_by_slug
from fairlead.kernel.errors import FairleadError, NotFound
from fairlead.people import confirming
from fairlead.people.actions import lists
from fairlead.people.confirming import Link
from fairlead.tenancy.public import firm_context, require_firm, system_actor

SOURCE = "confirmation link"


def page(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask whether to subscribe; a POST confirms, or asks for a new link (POST `again`) when this one is too old."""
    try:
        firm = firm_by_slug(slug)
        with firm_context(firm.id):
            link = confirming.find(token)
            state = _act(request, link) if request.method == "POST" else _state(link)
            context = {"firm": firm, "list": link.subscription.list, "state": state}
            return render(request, "people/confirm.html", context, status=410 if state == "old" else 200)
    except NotFound:
        return render(request, "people/confirm.html", {"state": "gone"}, status=404)
    except FairleadError as error:
        return render(request, "shell/error.html", {"status": error.status, "message": error.message}, status=409)


def _state(link: Link) -> str:
    if link.subscription.status == confirming.Status.SUBSCRIBED:
        return "confirmed"
    return "old" if link.is_old else "asked"


def _act(request: HttpRequest, link: Link) -> str:
    found, state = link.subscription, _state(link)
    by = system_actor(require_firm(), found.contact.name)
    if state == "asked":
        lists.confirm(found.list_id, [found.contact_id], by=by, source=SOURCE)
        return "confirmed"
    if state == "old" and request.POST.get("again"):
        lists.ask_to_confirm(found.list_id, [found.contact_id], by=by, source=SOURCE)
        return "sent"
    return state


urlpatterns = [path("p/<slug:slug>/confirm/<str:token>/", page, name="confirm-subscription")]
