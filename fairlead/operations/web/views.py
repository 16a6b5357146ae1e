"""`/health` for load balancers and people, `/metrics` for Prometheus. Outside every firm."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from fairlead.kernel import health
from fairlead.operations.metrics import may_read
from fairlead.operations.report import report


@never_cache
@require_safe
def healthy(request: HttpRequest) -> JsonResponse:
    """Answer 200 when nothing fails, else 503, with every check by name.

    Strangers see names and states; paths, versions and remedies are for whoever may read the metrics.
    """
    found = report(health.examine(), in_full=may_read(request))
    return JsonResponse(found, status=503 if found["status"] == "failing" else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in the text format of Prometheus; 404 to those who may not read it."""
    if not may_read(request):
        return HttpResponse(status=404)
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
