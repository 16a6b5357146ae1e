"""Structured logs: one line per event, JSON for machines or text for people, with firm and request on each."""

import os
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from fairlead.kernel.tracing import trace_id


def dict_config() -> dict[str, Any]:
    """Return Django's LOGGING and configure structlog to match.

    FAIRLEAD_LOG is `json` or `text`; by default people at a terminal get text and everybody else JSON.
    FAIRLEAD_LOG_LEVEL is a level of the standard library, by default INFO.
    """
    chosen = os.environ.get("FAIRLEAD_LOG") or ("text" if sys.stderr.isatty() else "json")
    shared = _shared()
    _configure_structlog(shared)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(chosen)],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": os.environ.get("FAIRLEAD_LOG_LEVEL", "INFO").upper()},
        "loggers": {
            "django.server": {"level": "ERROR"},
            "django.request": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
        },
    }


def _shared() -> list[Processor]:
    """Return what every line goes through, ours and those of libraries."""
    return [
        structlog.contextvars.merge_contextvars,
        add_firm,
        add_trace,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        without_request,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _configure_structlog(shared: list[Processor]) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _rendering(chosen: str) -> list[Processor]:
    if chosen == "text":
        return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def without_request(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Take out of a line what Django names in it: the request with its query, and tokens that stand in its path."""
    from fairlead.operations.middleware import loggable_path  # the settings that use this file come before the apps

    request = event.pop("request", None)
    if path := getattr(request, "path", ""):
        event["event"] = str(event.get("event", "")).replace(path, loggable_path(request))
    return event


def add_firm(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Name the firm the running code works for, if any."""
    from fairlead.tenancy.context import current_firm  # the settings that use this file come before the apps

    firm = current_firm()
    if firm is not None:
        event.setdefault("firm_id", str(firm))
    return event


def add_trace(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Name the running trace, so that a line leads to its spans and back."""
    if found := trace_id():
        event.setdefault("trace_id", found)
    return event
