"""Teams and departments: the units of visibility and of shared work."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel, Visibility


class Team(FirmModel):
    """A named group of members; a department is a team that may hold teams."""

    class Kind(models.TextChoices):
        """What the firm calls it."""

        TEAM = "team", "Team"
        DEPARTMENT = "department", "Department"

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEAM)
    parent = FirmForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
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

    team = FirmForeignKey(Team, on_delete=models.CASCADE)
    membership = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE)
    is_lead = models.BooleanField(default=False)

    class Meta(FirmModel.Meta):
        """Once a team and member; found by member too."""

        constraints = [models.UniqueConstraint(fields=["firm", "team", "membership"], name="accounts_team_once")]
        indexes = [models.Index(fields=["firm", "membership"], name="accounts_team_member")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.team_id}"
