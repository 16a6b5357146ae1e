"""What higher rooms may use of background work."""

from fairlead.jobs.queue import enqueue, enqueue_many
from fairlead.jobs.registry import Job, UnknownJob, job
from fairlead.jobs.run import Interrupted, Run, current_run, step
from fairlead.jobs.schedule import Recurring, recurring
from fairlead.jobs.services import Service, register_service

__all__ = [
    "Interrupted",
    "Job",
    "Recurring",
    "Run",
    "Service",
    "UnknownJob",
    "current_run",
    "enqueue",
    "enqueue_many",
    "job",
    "recurring",
    "register_service",
    "step",
]
