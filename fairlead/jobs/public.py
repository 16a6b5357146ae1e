"""What higher rooms may use of background work."""

from fairlead.jobs.actions.jobs import cancel_job, retry_job
from fairlead.jobs.forgetting import forget_firm
from fairlead.jobs.queue import enqueue, enqueue_many
from fairlead.jobs.reads import firm_jobs
from fairlead.jobs.registry import job
from fairlead.jobs.run import Interrupted, current_run, step
from fairlead.jobs.schedule import recurring
from fairlead.jobs.services import register_service
from fairlead.jobs.turns import take_turns
from fairlead.jobs.unfinished import Unfinished, when_unfinished
from fairlead.jobs.witness import Deed, register_witness

__all__ = [
    "Deed",
    "Interrupted",
    "Unfinished",
    "cancel_job",
    "current_run",
    "enqueue",
    "enqueue_many",
    "firm_jobs",
    "forget_firm",
    "job",
    "recurring",
    "register_service",
    "register_witness",
    "retry_job",
    "step",
    "take_turns",
    "when_unfinished",
]
