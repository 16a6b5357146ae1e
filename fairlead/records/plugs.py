"""What the records room offers to the engines."""

from collections.abc import Iterator
from uuid import UUID

from fairlead.accounts.public import audit_names, errands, handover
from fairlead.events.public import register as register_events
from fairlead.kernel import strays
from fairlead.records import access, bulk, events, nouns
from fairlead.records.criteria import following, keepers
from fairlead.shell import progress
from fairlead.shell.navigation import Item, settings_items
from fairlead.tenancy.public import Actor, Role, declare


def register() -> None:
    """Register permissions, event types, bulk verbs, jobs and pages."""
    from fairlead.records import jobs  # noqa: F401 - declares the jobs
    from fairlead.records.actions import exports
    from fairlead.records.actions.field_errands import KINDS
    from fairlead.records.bulk.generic import VERBS
    from fairlead.records.handover import hand_over_views
    from fairlead.records.imports import events as import_events
    from fairlead.records.imports import jobs as import_jobs  # noqa: F401 - declares the jobs
    from fairlead.records.imports import runs
    from fairlead.records.models import SavedView

    declare("views.share", "Share saved views with a team or the firm", group="Records", since=Role.MEMBER)
    declare("views.manage", "Change shared views of others", group="Records", since=Role.MANAGER)
    declare("fields.manage", "Add and change custom fields", group="Records", since=Role.ADMIN)
    register_events(*events.TYPES, *import_events.TYPES)
    for verb in VERBS:
        bulk.register(verb)
    following.register(following.within(SavedView, "criteria"))
    settings_items.register(Item("fields", "Custom fields", "forms", "records:fields", "Data", 79, "contacts.view"))
    strays.register(exports.FOLDER, exports.named_files)
    strays.register(runs.FOLDER, runs.named_files)
    keepers.register("saved views", _views)
    errands.register(*KINDS)
    handover.register("shared views", hand_over_views)
    audit_names.register(_called)
    audit_names.register_pages(_pages)
    progress.sources.register(progress.JobSource("bulk", "records:bulk-jobs", order=50))


def _views(actor: Actor) -> Iterator[keepers.Kept]:
    for noun in nouns.registered():
        if actor.can(noun.permission("view")):
            for view in access.views(actor, noun).filter(criteria__isnull=False):
                facts = (view.pk, view.name, noun.name, view.criteria, view.updated_at)
                yield keepers.Kept("View", *facts, page=f"records:{noun.plural}", query=f"?view={view.pk}")


def _pages(actor: Actor, noun: str, ids: set[UUID]) -> dict[UUID, str]:
    """Return the pages of those records that the actor may see."""
    kind = next((known for known in nouns.registered() if known.name == noun), None)
    if kind is None or not kind.page or not actor.can(kind.permission("view")):
        return {}
    return dict.fromkeys(kind.visible(actor).filter(pk__in=ids).values_list("pk", flat=True), kind.page)


def _called(actor: Actor, noun: str, ids: set[UUID]) -> dict[UUID, str]:
    """Return what records are called, those in the bin too for whoever sees all records."""
    kind = next((known for known in nouns.registered() if known.name == noun), None)
    if kind is None or not actor.can(kind.permission("view")):
        return {}
    rows = kind.model.rows() if actor.visible_owners is None else kind.visible(actor)
    return {record.pk: str(record) for record in rows.filter(pk__in=ids)}
