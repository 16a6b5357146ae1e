"""The log's gauges for Prometheus, measured when they are asked for."""

from collections.abc import Iterable

from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from fairlead.events import reads


class LagCollector(Collector):
    """How far each consumer is behind."""

    def describe(self) -> Iterable[Metric]:
        """Name nothing ahead: asking for the names must not ask the database."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Yield events and seconds for each consumer."""
        events = GaugeMetricFamily("fairlead_log_lag_events", "Events not consumed yet.", labels=["consumer"])
        seconds = GaugeMetricFamily("fairlead_log_lag_seconds", "Age of the oldest of them.", labels=["consumer"])
        for lag in reads.lag():
            events.add_metric([lag.consumer], lag.events)
            seconds.add_metric([lag.consumer], lag.seconds)
        yield events
        yield seconds


_collector = LagCollector()
_registered = False


def register() -> None:
    """Register the gauges, once a process."""
    global _registered
    if not _registered:
        REGISTRY.register(_collector)
        _registered = True
