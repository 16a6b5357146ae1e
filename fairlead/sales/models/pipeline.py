"""Pipelines and their stages."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Role


class Kind(models.TextChoices):
    """What a pipeline is for."""

    SALES = "sales", "Sales"
    LEADS = "leads", "Leads"
    HIRING = "hiring", "Hiring"
    CUSTOMER_ONBOARDING = "customer_onboarding", "Customer onboarding"
    EMPLOYEE_ONBOARDING = "employee_onboarding", "Employee onboarding"
    FULFILMENT = "fulfilment", "Shipping and fulfilment"
    GENERIC = "generic", "Process"


class Pipeline(FirmModel):
    """A process that deals go through, stage by stage.

    `visible_from` and `editable_from` are the lowest built-in roles that see it and change its deals. With teams
    (`PipelineTeam`) only their members see it, and administrators.
    """

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    kind = models.TextField(choices=Kind, default=Kind.SALES)
    position = models.IntegerField(default=0)
    item_label = models.TextField(default="Deal", help_text="What goes through it: deal, candidate, order …")
    won_label = models.TextField(default="Won", help_text="How success is called: won, hired, delivered …")
    lost_label = models.TextField(default="Lost", help_text="How the other end is called: lost, rejected …")
    visible_from = models.TextField(default=Role.READ_ONLY.key)
    editable_from = models.TextField(default=Role.MEMBER.key)
    version = models.IntegerField(default=1)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False
    )

    class Meta(FirmModel.Meta):
        """Names of open pipelines are unique."""

        ordering = ["position", "name_norm"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "name_norm"], name="pipeline_once", condition=Q(archived_at=None))
        ]

    def __str__(self) -> str:
        return self.name


class PipelineTeam(FirmModel):
    """A team that sees a pipeline which others do not."""

    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False)
    team = FirmForeignKey("accounts.Team", on_delete=models.CASCADE, db_index=False)

    class Meta(FirmModel.Meta):
        """Once a pipeline and team."""

        constraints = [models.UniqueConstraint(fields=["firm", "pipeline", "team"], name="pipeline_team_once")]

    def __str__(self) -> str:
        return f"{self.team_id} sees {self.pipeline_id}"


class Stage(FirmModel):
    """A step of a pipeline. Each pipeline has one stage of kind won and one of kind lost, where its deals end.

    A stage that was deleted is kept for the history of the deals that went through it (`archived_at`).
    """

    class Kind(models.TextChoices):
        """Whether deals stay open in it."""

        OPEN = "open", "Open"
        WON = "won", "Won"
        LOST = "lost", "Lost"

    class Forecast(models.TextChoices):
        """How sure a deal in this stage is."""

        PIPELINE = "pipeline", "Pipeline"
        BEST_CASE = "best_case", "Best case"
        COMMIT = "commit", "Committed"
        OMIT = "omit", "Left out"

    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, related_name="stages", db_index=False)
    name = models.TextField()
    position = models.IntegerField()
    color = models.TextField(default="slate", help_text="A name of the palette.")
    kind = models.TextField(choices=Kind, default=Kind.OPEN)
    probability = models.IntegerField(default=0, help_text="Percent of deals here that are won in the end.")
    forecast = models.TextField(choices=Forecast, default=Forecast.PIPELINE)
    rotting_days = models.IntegerField(null=True, blank=True, help_text="Days after which a deal has stayed too long.")
    shift_close_days = models.IntegerField(
        null=True, blank=True, help_text="Days that entering moves the expected close date by; may be negative."
    )
    required_fields = models.JSONField(default=list, blank=True, help_text="Names of fields a deal needs to enter.")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """In the order of the board."""

        ordering = ["position", "id"]
        indexes = [models.Index(fields=["firm", "pipeline", "position"], name="stage_pipeline")]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "pipeline", "kind"],
                name="stage_end_once",
                condition=~Q(kind="open") & Q(archived_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name
