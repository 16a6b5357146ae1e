"""What the queue's own tables do not hold."""

from fairlead.jobs.models.failure import JobFailure
from fairlead.jobs.models.step import JobStep

__all__ = ["JobFailure", "JobStep"]
