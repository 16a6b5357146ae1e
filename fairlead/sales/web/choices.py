"""What pickers offer."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.people.public import access as people
from fairlead.sales import access
from fairlead.search.public import find

MOST = 20


@require_GET
def contacts(request: FirmRequest) -> JsonResponse:
    """Answer with contacts that fit `?q=`, the latest ones without."""
    rows = people.contacts(request.actor)
    query = request.GET.get("q", "").strip()
    if query:
        hits = find(query, by=request.actor, nouns=["contact"], limit=MOST)
        rows = rows.filter(pk__in=[hit.record_id for hit in hits])
    found = rows.order_by("-created_at").select_related("company")[:MOST]
    labels = [(c.pk, f"{c.name} ({c.company.name})" if c.company else c.name) for c in found]
    return JsonResponse([{"value": str(pk), "label": label} for pk, label in labels], safe=False)


@require_GET
def products(request: FirmRequest) -> JsonResponse:
    """Answer with the products that begin with `?q=`."""
    rows = access.products(request.actor).filter(name_norm__contains=request.GET.get("q", "").strip().lower())
    found = rows.order_by("name_norm")[:MOST]
    return JsonResponse([{"value": str(p.pk), "label": p.name} for p in found], safe=False)
