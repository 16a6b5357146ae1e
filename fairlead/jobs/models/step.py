"""The mark that a step of a job was done."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class JobStep(FirmModel):
    """Commits with the step's work, so that a repeated run skips it."""

    job_id = models.BigIntegerField(help_text="The job's number in the queue.")
    name = models.TextField(help_text="What the job calls the step, unique within one job.")

    class Meta(FirmModel.Meta):
        """One row a job and step."""

        constraints = [models.UniqueConstraint(fields=["firm", "job_id", "name"], name="jobs_step_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.name}"
