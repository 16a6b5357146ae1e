"""Sending spans to whoever collects them: any receiver of OTLP over HTTP (OpenTelemetry Protocol 1), New Relic's too.

The standard variables of OpenTelemetry say where and how: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS,
OTEL_TRACES_SAMPLER and its argument, OTEL_SERVICE_NAME. Without an endpoint nothing is traced.
"""

import os
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.signals import connection_created

from fairlead.kernel import tracing

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
MISSING = "Traces are asked for (OTEL_EXPORTER_OTLP_ENDPOINT), but not installed: pip install 'fairlead[tracing]'."


def start() -> None:
    """Trace this process when an endpoint is set; raise `ImproperlyConfigured` when what sends is not installed."""
    if not any(map(os.environ.get, ENDPOINTS)) or os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return
    from opentelemetry import trace

    trace.set_tracer_provider(provider())
    trace_statements()


def provider() -> "TracerProvider":
    """Return a provider that sends what it is given in batches, from a thread of its own."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ImproperlyConfigured(MISSING) from error
    named = {"service.name": os.environ.get("OTEL_SERVICE_NAME", "fairlead"), "service.version": version("fairlead")}
    made = TracerProvider(resource=Resource.create(named))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return made


def trace_statements() -> None:
    """Give every statement of every connection, open or not, a span."""
    connection_created.connect(_wrap, dispatch_uid="fairlead.tracing")
    for connection in connections.all(initialized_only=True):
        _wrap(connection=connection)


def _wrap(*, connection: Any, **_: Any) -> None:
    if tracing.statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(tracing.statement)
