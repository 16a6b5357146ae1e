"""What the sales room offers to the engines."""

from fairlead.accounts.public import founding, handover
from fairlead.events.public import register as register_events
from fairlead.people.public import timeline
from fairlead.records.public import bulk, nouns
from fairlead.sales import events
from fairlead.search.public import register as make_findable
from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register permissions, event types, the noun, what is found, followed and founded, and the pages."""
    _permissions()
    register_events(*events.TYPES)
    timeline.register_kind("deals", "Deals")
    from fairlead.sales import jobs  # noqa: F401 - declares the jobs and the consumer
    from fairlead.sales.actions.founding import furnish
    from fairlead.sales.bulk import MOVE
    from fairlead.sales.finding import DEALS
    from fairlead.sales.handover import hand_over_deals
    from fairlead.sales.noun import DEAL

    nouns.register(DEAL)
    bulk.register(MOVE)
    make_findable(DEALS)
    handover.register("deals", hand_over_deals)
    founding.register("sales pipeline", furnish)


def _permissions() -> None:
    group = "Deals"
    declare("deals.view", "See deals", group=group, since=Role.READ_ONLY)
    declare("deals.edit", "Create, change, move, win and lose deals", group=group, since=Role.MEMBER)
    declare("deals.delete", "Delete and restore deals", group=group, since=Role.MEMBER)
    declare("deals.purge", "Delete deals for good", group=group, since=Role.ADMIN)
    declare("deals.import", "Import deals", group=group, since=Role.MEMBER)
    declare("deals.export", "Export deals", group=group, since=Role.MANAGER)
    declare("pipelines.manage", "Set up pipelines, reasons and scores", group=group, since=Role.ADMIN)
    declare("products.manage", "Set up products", group=group, since=Role.MANAGER)
    declare("rates.manage", "Set exchange rates", group=group, since=Role.ADMIN)
