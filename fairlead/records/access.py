"""The only functions that hand out saved views, custom fields and bulk runs to a caller."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.accounts.public import Team, TeamMembership
from fairlead.kernel.errors import NotFound
from fairlead.records import nouns
from fairlead.records.models import BulkRun, CustomField, ExportRun, SavedView
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, one


def noun(name: str) -> Noun:
    """Return the noun, in the singular or the plural, or raise `NotFound`."""
    try:
        return nouns.get(name)
    except KeyError:
        raise NotFound from None


def views(actor: Actor, noun: Noun) -> QuerySet[SavedView]:
    """Return the views of a noun's list that the actor sees: the firm's, their teams' and their own."""
    actor.require(noun.permission("view"))
    mine = Q(owner_id=actor.membership_id, scope=SavedView.Scope.PRIVATE)
    ours = Q(scope=SavedView.Scope.TEAM) & (Q(owner_id=actor.membership_id) | Q(team__in=_team_ids(actor)))
    return SavedView.rows().filter(mine | ours | Q(scope=SavedView.Scope.FIRM), noun=noun.name)


def view(actor: Actor, view_id: UUID) -> SavedView:
    """Return one view that the actor sees or raise `NotFound`."""
    found = SavedView.rows().filter(pk=view_id).first()
    if found is None or not views(actor, nouns.get(found.noun)).filter(pk=view_id).exists():
        raise NotFound
    return found


def may_edit(actor: Actor, view: SavedView) -> bool:
    """Tell whether the actor may change a view: its owner, or who manages shared views."""
    mine = view.owner_id == actor.membership_id
    return mine or (view.scope != SavedView.Scope.PRIVATE and actor.can("views.manage"))


def teams(actor: Actor) -> QuerySet[Team]:
    """Return the teams the actor is in."""
    return Team.rows().filter(pk__in=_team_ids(actor))


def _team_ids(actor: Actor) -> QuerySet[TeamMembership, Any]:
    return TeamMembership.rows().filter(membership=actor.membership_id).values("team")


def custom_fields(actor: Actor, noun: Noun, *, archived: bool = False) -> QuerySet[CustomField]:
    """Return the living, or the archived, custom fields of a noun."""
    actor.require(noun.permission("view"))
    return CustomField.rows().filter(noun=noun.name, archived_at__isnull=not archived)


def custom_field(actor: Actor, field_id: UUID) -> CustomField:
    """Return one custom field, archived or not, or raise `NotFound`."""
    found = one(CustomField.rows(), field_id)
    actor.require(nouns.get(found.noun).permission("view"))
    return found


def bulk_runs(actor: Actor) -> QuerySet[BulkRun]:
    """Return the bulk runs the actor sees: the actor's own; everybody's for who may see the audit."""
    rows = BulkRun.rows().order_by("-created_at")
    return rows if actor.can("audit.view") else rows.filter(membership=actor.membership_id)


def bulk_run(actor: Actor, run_id: UUID) -> BulkRun:
    """Return one bulk run or raise `NotFound`."""
    return one(bulk_runs(actor), run_id)


def export_runs(actor: Actor) -> QuerySet[ExportRun]:
    """Return the actor's own exports, newest first: their files hold what only this actor may have seen."""
    return ExportRun.rows().filter(membership=actor.membership_id).order_by("-created_at")


def export_run(actor: Actor, run_id: UUID) -> ExportRun:
    """Return one of the actor's exports or raise `NotFound`."""
    return one(export_runs(actor), run_id)


def export_with_file(actor: Actor, run_id: UUID) -> ExportRun:
    """Return one of the actor's exports that can be fetched, or raise `NotFound`.

    The moment counts, not whether the job that takes old files away has come by.
    """
    run = export_run(actor, run_id)
    if run.is_gone:
        raise NotFound("This file was kept for 24 hours and is gone. Export it again.")
    if not run.file:
        raise NotFound("There is no file yet.")
    return run
