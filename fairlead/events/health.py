"""The log's health checks."""

from datetime import timedelta
from typing import Any

from fairlead.events import consumers, reads
from fairlead.kernel import clock, health
from fairlead.kernel.health import Facts, Unwell

LATE = 120.0  # seconds


def register() -> None:
    """Register the checks."""
    health.register("log_consumers", check_consumers)
    health.register("log_partitions", check_partitions)


def check_consumers() -> Facts:
    """Every consumer reads an event within two minutes."""
    known = {c.name for c in consumers.registered()}
    lags = [lag for lag in reads.lag() if lag.consumer in known]
    facts = {lag.consumer: {"events": lag.events, "seconds": round(lag.seconds, 1)} for lag in lags}
    late = [lag.consumer for lag in lags if lag.seconds > LATE]
    if late:
        raise Unwell(
            f"Behind by more than {LATE:.0f} s: {', '.join(late)}.",
            remedy="See that a worker runs, and look for a long-running transaction (pg_stat_activity): "
            "events are read when every older transaction has ended.",
            degraded=True,
            consumers=facts,
        )
    return {"consumers": facts}


def check_partitions() -> Facts:
    """This month and the next have their tables, and no event had to go into the spare one."""
    found = reads.partitions()
    soon = (clock.now(), clock.now().replace(day=1) + timedelta(days=32))
    missing = [f"{m:%Y-%m}" for m in soon if f"{m:%Y_%m}" not in found.months]
    facts: dict[str, Any] = {
        "months": len(found.months),
        "last": found.months[-1] if found.months else None,
        "strays": found.strays,
    }
    if missing or found.strays:
        problem = f"No partition for {', '.join(missing)}." if missing else "Events lie in the default partition."
        raise Unwell(problem, remedy="The job events.make_partitions makes them: see that a worker runs.", **facts)
    return facts
