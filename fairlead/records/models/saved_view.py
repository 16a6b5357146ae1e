"""Saved views of lists, and what each member prefers."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SavedView(FirmModel):
    """A list as somebody wants to see it again: criteria, quick search, order and columns."""

    class Scope(models.TextChoices):
        """Who sees it."""

        PRIVATE = "private", "Only me"
        TEAM = "team", "My team"
        FIRM = "firm", "Everyone in the firm"

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    name = models.TextField(help_text="Up to 80 characters; once for an owner and sharing of a list.")
    name_norm = models.TextField(help_text="Folded name (kernel.text).")
    scope = models.TextField(
        choices=Scope, default=Scope.PRIVATE,
        help_text="Who sees it; only members with the permission to share may set more than their own.",
    )  # fmt: skip
    owner = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False,
        help_text="Who saved it, or took it over from a member who left; it goes when that membership does.",
    )  # fmt: skip
    team = FirmForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.CASCADE, db_index=False,
        help_text="Whose members see it; set when the scope is team, else empty.",
    )  # fmt: skip
    criteria = models.JSONField(null=True, blank=True, help_text="A criteria tree, or nothing.")
    query = models.TextField(blank=True, default="", help_text="Quick search.")
    sort = models.TextField(
        blank=True, default="",
        help_text="A column's key, with - in front for descending; empty is the noun's own order.",
    )  # fmt: skip
    columns = models.JSONField(default=list, blank=True, help_text="Names of columns in order.")
    position = models.IntegerField(default=0, help_text="Rank among the noun's views, lowest first.")

    class Meta(FirmModel.Meta):
        """Read all at once for a list."""

        ordering = ["position", "name", "id"]
        indexes = [models.Index(fields=["firm", "noun", "position"], name="saved_view_noun")]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "noun", "owner", "scope", "team", "name_norm"], name="saved_view_name_once",
                nulls_distinct=False,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ListPreference(FirmModel):
    """How one member likes one list when no view is chosen."""

    membership = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="Whose taste it is."
    )
    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    columns = models.JSONField(
        default=list, blank=True, help_text="Keys of columns in order; empty is the noun's own choice."
    )
    default_view = FirmForeignKey(
        SavedView, null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The view that the list opens with; empty is the plain list.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a member and noun."""

        constraints = [models.UniqueConstraint(fields=["firm", "membership", "noun"], name="list_preference_once")]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.noun}"
