"""Why a firm's job failed last."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class JobFailure(FirmModel):
    """The last error of one job; it goes when the job succeeds or is purged."""

    job_id = models.BigIntegerField(help_text="The job's number in the queue.")
    job = models.TextField(help_text="Registered name, such as people.import.")
    error = models.TextField(help_text="Class and message of what the job raised, up to 2,000 characters.")
    attempts = models.PositiveIntegerField(help_text="Number of the run that failed, from 1.")

    class Meta(FirmModel.Meta):
        """One row a job."""

        constraints = [models.UniqueConstraint(fields=["firm", "job_id"], name="jobs_failure_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.job_id}: {self.error}"
