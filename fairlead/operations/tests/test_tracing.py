"""Traces, as a collector of OTLP over HTTP receives them."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connections
from django.db.backends.signals import connection_created
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from fairlead.accounts.public import User
from fairlead.accounts.tests.cast import Person
from fairlead.jobs.registry import Job
from fairlead.jobs.run import Run, execute
from fairlead.kernel import tracing as kernel
from fairlead.operations import logs, tracing
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class Collector:
    """The receiving end of OTLP/HTTP: POST /v1/traces with a protobuf body."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.services: set[str] = set()
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.path == "/v1/traces", self.path
                collector.take(ExportTraceServiceRequest.FromString(body))
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Stay silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def take(self, sent: ExportTraceServiceRequest) -> None:
        for resource in sent.resource_spans:
            self.services |= {a.value.string_value for a in resource.resource.attributes if a.key == "service.name"}
            for scope in resource.scope_spans:
                self.spans += scope.spans

    def named(self, name: str) -> list[Any]:
        return [s for s in self.spans if s.name == name]


def attributes(span: Any) -> dict[str, Any]:
    return {a.key: a.value.string_value or a.value.int_value for a in span.attributes}


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A process that is traced, and who collects it. `flush()` sends what waits."""
    found = Collector()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.address)
    provider = tracing.provider()
    monkeypatch.setattr(kernel, "tracer", provider.get_tracer("fairlead"))
    tracing.trace_statements()
    found.flush = provider.force_flush  # type: ignore[attr-defined]
    yield found
    connection_created.disconnect(dispatch_uid="fairlead.tracing")
    for connection in connections.all(initialized_only=True):
        connection.execute_wrappers[:] = [w for w in connection.execute_wrappers if w is not kernel.statement]
    provider.shutdown()
    found.server.shutdown()
    found.server.server_close()


def test_a_request_is_a_span_with_its_statements_below_it(collector: Any, alice: Person, charlie: Person) -> None:
    assert alice.client().get(alice.url("contacts/") + "?q=secret-words").status_code == 200
    collector.flush()
    [request] = collector.named("GET /f/<slug:firm>/contacts/")
    told = attributes(request)
    assert told["http.route"] == "/f/<slug:firm>/contacts/"
    assert (told["http.response.status_code"], told["fairlead.firm_id"]) == (200, str(alice.firm.id))
    statements = [s for s in collector.named("SELECT") if s.trace_id == request.trace_id]
    assert statements
    assert all(attributes(s)["db.system.name"] == "postgresql" for s in statements)
    assert collector.services == {"fairlead"}
    sent = str(collector.spans)
    assert "secret-words" not in sent
    assert str(charlie.firm.id) not in sent


def test_it_is_part_of_the_callers_trace(collector: Any, alice: Person) -> None:
    trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    alice.client().get(alice.url("contacts/"), headers={"traceparent": f"00-{trace}-{parent}-01"})
    collector.flush()
    [request] = collector.named("GET /f/<slug:firm>/contacts/")
    assert (request.trace_id.hex(), request.parent_span_id.hex()) == (trace, parent)


def test_a_token_in_the_path_is_left_out(collector: Any, client: Any) -> None:
    client.get("/join/somewhere/very-secret-token/")
    collector.flush()
    assert "very-secret-token" not in str(collector.spans)


def test_a_failed_job_tells_what_kind_of_error_and_none_of_its_words(collector: Any, alice: Person) -> None:
    def fail(*, firm_id: Any) -> None:
        raise RuntimeError("The printer is on fire.")

    job: Any = Job("tests.fail", fail, queue="default", retries=1)
    with pytest.raises(RuntimeError):
        execute(job, Run(1, "tests.fail", alice.firm.id, None, 1), {})
    collector.flush()
    [span] = collector.named("job tests.fail")
    assert attributes(span)["fairlead.firm_id"] == str(alice.firm.id)
    assert span.status.code == 2, "an error"
    assert attributes(span)["error.type"] == "RuntimeError"
    assert "printer" not in str(collector.spans)


def test_what_the_database_refuses_is_told_without_the_values(collector: Any, alice: Person) -> None:
    with pytest.raises(IntegrityError, match="ada@alder"), firm_context(alice.firm.id), kernel.span("work"):
        for _ in range(2):
            User.objects.create(email="ada@alder.example")
    collector.flush()
    [span] = collector.named("work")
    assert (attributes(span)["error.type"], span.status.code) == ("IntegrityError", 2)
    assert "ada@alder" not in str(collector.spans)


def test_a_line_of_the_log_names_its_trace(collector: Any) -> None:
    line = logs.dict_config()["formatters"]["line"]
    formatter = line["()"](foreign_pre_chain=line["foreign_pre_chain"], processors=line["processors"])
    record = logging.LogRecord("fairlead", logging.INFO, "", 0, "words", None, None)
    with kernel.span("work") as opened:
        told = json.loads(formatter.format(record))
    assert told["trace_id"] == format(opened.get_span_context().trace_id, "032x")
    assert "trace_id" not in json.loads(formatter.format(record))


def test_without_an_endpoint_nothing_is_traced(monkeypatch: pytest.MonkeyPatch, alice: Person) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    tracing.start()
    assert kernel.trace_id() is None
    assert all(kernel.statement not in c.execute_wrappers for c in connections.all(initialized_only=True))


def test_asked_for_but_not_installed_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(ImproperlyConfigured, match="fairlead\\[tracing\\]"):
        tracing.start()
