"""Figures for Prometheus. Rooms may add collectors to the default registry; these are the installation's own."""

import secrets
from collections.abc import Iterable
from ipaddress import ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from fairlead.kernel import health

REQUESTS = Counter("fairlead_http_requests_total", "Requests answered.", ["method", "view", "status"])
SECONDS = Histogram(
    "fairlead_http_request_seconds",
    "Seconds to answer a request.",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)
_QUEUE = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"
_STATUSES = ("todo", "doing", "failed")


class InstallationCollector(Collector):
    """Asks for health and queue at the moment of the scrape."""

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Name nothing in advance: registering must not ask the database."""
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the gauges."""
        states = GaugeMetricFamily(
            "fairlead_check_ok", "1 when the health check finds nothing wrong.", labels=["check"]
        )
        for finding in health.examine():
            states.add_metric([finding.name], float(finding.status == "ok"))
        yield states
        jobs = GaugeMetricFamily("fairlead_jobs", "Background jobs by status.", labels=["status"])
        with connection.cursor() as cursor:
            cursor.execute(_QUEUE)
            counts = dict(cursor.fetchall())
        for status in _STATUSES:
            jobs.add_metric([status], float(counts.get(status, 0)))
        yield jobs


def may_read(request: HttpRequest) -> bool:
    """Tell whether the caller brings FAIRLEAD_METRICS_TOKEN, or, when none is set, sits on this machine."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    # Behind a proxy every caller looks local: then only the token counts.
    if settings.BEHIND_PROXY or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
