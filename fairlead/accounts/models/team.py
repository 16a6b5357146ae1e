"""Teams and departments: the units of visibility and of shared work."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Visibility


class Team(FirmModel):
    """A named group of members; a department is a team that may hold teams."""

    class Kind(models.TextChoices):
        """What the firm calls it."""

        TEAM = "team", "Team"
        DEPARTMENT = "department", "Department"

    name = models.CharField(max_length=100, help_text="What the firm calls it, unique among its teams and departments.")
    kind = models.CharField(
        max_length=12, choices=Kind, default=Kind.TEAM, help_text="Only a department may hold other teams."
    )
    parent = FirmForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL,
        help_text="The department it is in, at most five deep; empty at the top.",
    )  # fmt: skip
    visibility = models.CharField(
        max_length=10, choices=Visibility, blank=True, default="",
        help_text="Whose records its members see; empty is as its department says, or else the firm.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Names are unique in a firm."""

        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="accounts_team_name")]

    def __str__(self) -> str:
        return self.name


class TeamMembership(FirmModel):
    """A member's place in a team."""

    team = FirmForeignKey(
        Team, on_delete=models.CASCADE, help_text="Where the member belongs; a member may be in several."
    )
    membership = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, help_text="Who belongs there; what visibility asks."
    )
    is_lead = models.BooleanField(default=False, help_text="Whether the member leads this team.")

    class Meta(FirmModel.Meta):
        """Once a team and member; found by member too."""

        constraints = [models.UniqueConstraint(fields=["firm", "team", "membership"], name="accounts_team_once")]
        indexes = [models.Index(fields=["firm", "membership"], name="accounts_team_member")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.team_id}"
