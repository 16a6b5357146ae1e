"""Spans of what the program does (OpenTelemetry): they cost next to nothing and go nowhere until a process sends them.

No span carries personal data: paths without tokens, SQL without its parameters, kinds of errors without their
words, ids of firms and members.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import Span, SpanKind, StatusCode

tracer = trace.get_tracer("fairlead")
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@contextmanager
def span(
    name: str,
    attributes: Mapping[str, str | int] | None = None,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    headers: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """Open a span; `headers` may name its parent (W3C Trace Context). What kind of exception passes is noted."""
    with tracer.start_as_current_span(
        name,
        context=extract(headers) if headers is not None else None,
        kind=kind,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as opened:
        try:
            yield opened
        except BaseException as error:
            # What it says may quote somebody's data (PostgreSQL names the values of a key): that is the log's to keep.
            opened.set_attribute("error.type", type(error).__qualname__)
            opened.set_status(StatusCode.ERROR)
            raise


def statement(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement in a span of its own, inside of others only: Django's `execute_wrapper`."""
    if not trace.get_current_span().is_recording():
        return execute(sql, params, many, context)
    verb = str(sql).split(None, 1)[0].upper() if str(sql).strip() else "SQL"
    with span(verb, {"db.system.name": "postgresql", "db.query.text": str(sql)}, kind=SpanKind.CLIENT):
        return execute(sql, params, many, context)


def trace_id() -> str | None:
    """Return the running trace's id, 32 hexadecimal digits; None where nothing is traced."""
    running = trace.get_current_span()
    return format(running.get_span_context().trace_id, "032x") if running.is_recording() else None
