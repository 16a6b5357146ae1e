"""The worker process."""

from fairlead.jobs.worker.main import run_worker

__all__ = ["run_worker"]
