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
    """A process that deals go through, stage by stage. With teams (`PipelineTeam`) only their members see it."""

    name = models.TextField(help_text="What the firm calls it, up to 100 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique among pipelines in use.")
    kind = models.TextField(
        choices=Kind, default=Kind.SALES, help_text="As its ready pipeline said; changed and found by, never a rule."
    )
    position = models.IntegerField(default=0, help_text="Rank among the firm's pipelines, lowest first.")
    item_label = models.TextField(default="Deal", help_text="What goes through it: deal, candidate, order …")
    won_label = models.TextField(default="Won", help_text="How success is called: won, hired, delivered …")
    lost_label = models.TextField(default="Lost", help_text="How the other end is called: lost, rejected …")
    visible_from = models.TextField(
        default=Role.READ_ONLY.key,
        help_text="Key of the lowest built-in role that sees it; administrators do in any case.",
    )  # fmt: skip
    editable_from = models.TextField(
        default=Role.MEMBER.key, help_text="Key of the lowest built-in role that may change its deals."
    )
    version = models.IntegerField(
        default=1, help_text="Grows by one with every change; its entity tag (RFC 9110) is made of it."
    )
    archived_at = models.DateTimeField(
        null=True, blank=True,
        help_text="Since when it is out of use; its history stays in the analytics. Empty in use.",
    )  # fmt: skip
    archived_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who took it out of use.",
    )  # fmt: skip

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

    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False, help_text="What only its teams see.")
    team = FirmForeignKey("accounts.Team", on_delete=models.CASCADE, db_index=False, help_text="Whose members see it.")

    class Meta(FirmModel.Meta):
        """Once a pipeline and team."""

        constraints = [models.UniqueConstraint(fields=["firm", "pipeline", "team"], name="pipeline_team_once")]

    def __str__(self) -> str:
        return f"{self.team_id} sees {self.pipeline_id}"


class Stage(FirmModel):
    """A step of a pipeline. Each pipeline has one stage of kind won and one of kind lost, where its deals end."""

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

    pipeline = FirmForeignKey(
        Pipeline, on_delete=models.CASCADE, related_name="stages", db_index=False,
        help_text="What it is a step of; never changes.",
    )  # fmt: skip
    name = models.TextField(help_text="Up to 80 characters; the two ends are called as the pipeline says.")
    position = models.IntegerField(
        help_text="Rank from the left, from 1; the two ends stand behind all others, from 1,000,000."
    )
    color = models.TextField(default="slate", help_text="A name of the palette.")
    kind = models.TextField(choices=Kind, default=Kind.OPEN, help_text="Whether deals stay open in it, or end there.")
    probability = models.IntegerField(default=0, help_text="Percent of deals here that are won in the end.")
    forecast = models.TextField(
        choices=Forecast, default=Forecast.PIPELINE,
        help_text="What its deals count as in a forecast unless they say so themselves.",
    )  # fmt: skip
    rotting_days = models.IntegerField(null=True, blank=True, help_text="Days after which a deal has stayed too long.")
    shift_close_days = models.IntegerField(
        null=True, blank=True, help_text="Days that entering moves the expected close date by; may be negative."
    )
    required_fields = models.JSONField(default=list, blank=True, help_text="Names of fields a deal needs to enter.")
    archived_at = models.DateTimeField(
        null=True, blank=True,
        help_text="When it was deleted: it is kept for the history of the deals that went through it.",
    )  # fmt: skip

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
