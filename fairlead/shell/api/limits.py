"""Rate limits by token bucket, for the key, its user and its firm (draft-ietf-httpapi-ratelimit-headers).

The buckets live in the memory of each web process: counting costs no query, and with N processes a caller may get
up to N times the limit. They guard the machine against runaway scripts; they are no billing meter.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from fairlead.shell.caller import client_ip, network_of

WINDOW = 60.0
MAX_BUCKETS = 20_000


@dataclass(slots=True)
class Bucket:
    """What is left of a quota, and when that was true (monotonic seconds)."""

    left: float
    at: float


@dataclass(frozen=True, slots=True)
class State:
    """The state of one policy after a request: `reset` is the seconds until the quota is whole again."""

    policy: str
    quota: int
    left: int
    reset: int


_lock = threading.Lock()
_buckets: dict[tuple[str, Any], Bucket] = {}


def count(request: Request) -> None:
    """Take one token from every bucket of the caller; raise `Throttled` when one is empty.

    A refused request takes none: a script gone wild uses up its own quota, not that of its user and firm as well.
    """
    if getattr(request, "rate_states", None) is not None:
        return
    now = time.monotonic()
    with _lock:
        buckets = [(policy, quota, _bucket((policy, who), quota, now)) for policy, who, quota in _policies(request)]
        wait = max(((1 - bucket.left) * WINDOW / quota for _, quota, bucket in buckets if bucket.left < 1), default=0)
        for _, _, bucket in buckets:
            bucket.left -= 0 if wait else 1
        states = [_state(policy, quota, bucket) for policy, quota, bucket in buckets]
    request.rate_states = states  # type: ignore[attr-defined]
    if wait:
        raise Throttled(wait=wait, code="rate_limited")


def headers(request: Request) -> dict[str, str]:
    """Return RateLimit-Policy (all quotas) and RateLimit (the one that is nearest to its end)."""
    states: list[State] = getattr(request, "rate_states", None) or []
    if not states:
        return {}
    nearest = min(states, key=lambda s: s.left / s.quota)
    return {
        "RateLimit-Policy": ", ".join(f'"{s.policy}";q={s.quota};w={int(WINDOW)}' for s in states),
        "RateLimit": f'"{nearest.policy}";r={nearest.left};t={nearest.reset}',
    }


def _state(policy: str, quota: int, bucket: Bucket) -> State:
    return State(policy, quota, int(bucket.left), round((quota - bucket.left) * WINDOW / quota))


def clear() -> None:
    """Forget all buckets (tests)."""
    with _lock:
        _buckets.clear()


def _policies(request: Request) -> Iterator[tuple[str, Any, int]]:
    quotas = settings.API_LIMITS
    actor = getattr(request._request, "actor", None)
    if actor is None:
        callers = [("address", network_of(client_ip(request._request)))]
    else:
        callers = [("key", actor.key_id), ("user", actor.user_id), ("firm", actor.firm_id)]
    for policy, who in callers:
        if who is not None and quotas.get(policy):
            yield policy, who, quotas[policy]


def _bucket(key: tuple[str, Any], quota: int, now: float) -> Bucket:
    bucket = _buckets.get(key)
    if bucket is None:
        if len(_buckets) >= MAX_BUCKETS:
            _forget(now)
        bucket = _buckets[key] = Bucket(quota, now)
    bucket.left = min(quota, bucket.left + (now - bucket.at) * quota / WINDOW)
    bucket.at = now
    return bucket


def _forget(now: float) -> None:
    """Drop what has not been used for a window: those buckets are full again."""
    for key in [k for k, b in _buckets.items() if now - b.at > WINDOW]:
        del _buckets[key]
