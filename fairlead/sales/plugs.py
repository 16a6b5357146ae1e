"""What the sales room offers to the engines."""

from collections.abc import Iterator

from django.http import HttpRequest

from fairlead.accounts.public import errands, firm_changes, founding, handover
from fairlead.activities.public import offer_on
from fairlead.events.public import register as register_events
from fairlead.people.public import says_owner, timeline
from fairlead.records.imports.public import register as register_importer
from fairlead.records.public import bulk, following, happenings, keepers, nouns
from fairlead.sales import access, events, guarding
from fairlead.search.public import register as make_findable
from fairlead.shell import banners
from fairlead.shell.navigation import Item, items, settings_items
from fairlead.shell.palette import Command, commands
from fairlead.shell.quick_add import QuickAdd, entries
from fairlead.tenancy.public import Actor, Role, declare


def register() -> None:
    """Register permissions, event types, the noun, what is found, followed and founded, and the pages."""
    _permissions()
    register_events(*events.TYPES)
    for noun in ("contact", "company"):
        happenings.register(noun, "deal.")
    timeline.register_kind("deals", "Deals")
    timeline.register_summary(["deal.owner_changed"], ["deal.updated"], says_owner)
    timeline.register_guard(guarding.readable)
    from fairlead.sales import jobs  # noqa: F401 - declares the jobs and the consumer
    from fairlead.sales.actions.currency_changes import follow_currency
    from fairlead.sales.actions.founding import furnish
    from fairlead.sales.bulk import MOVE
    from fairlead.sales.finding import DEALS
    from fairlead.sales.importing.deals import DealImporter
    from fairlead.sales.models import ScoreRule
    from fairlead.sales.noun import DEAL

    nouns.register(DEAL)
    bulk.register(MOVE)
    make_findable(DEALS)
    founding.register("sales pipeline", furnish)
    firm_changes.register("exchange rates", follow_currency)
    keepers.register("score rules", _kept)
    register_importer(DealImporter())
    following.register(following.within(ScoreRule, "criteria"))
    _long_work()
    _merging()
    _engagement()
    _pages()


def _long_work() -> None:
    from fairlead.sales.actions.stage_ends import KINDS
    from fairlead.sales.handover import OPEN_DEALS

    errands.register(*KINDS)
    handover.register_records("deals", OPEN_DEALS)


def _engagement() -> None:
    from fairlead.people.public import engagement

    engagement.register(engagement.Measure("deals", "Deals begun", "target-arrow", frozenset({"deal.created"})))
    engagement.register(engagement.Measure("purchases", "Purchases", "trophy", frozenset({"deal.won"})))


def _merging() -> None:
    from fairlead.records.duplicates.public import LinkedRows, merging
    from fairlead.sales.models import Deal, DealCompany, DealContact

    for noun, link in (("contact", DealContact), ("company", DealCompany)):
        merging.register(LinkedRows(f"deals of a {noun}", Deal, f"{noun}_id", only=noun))
        merging.register(LinkedRows(f"roles of a {noun}", link, f"{noun}_id", beside=("deal_id",), only=noun))


def _pages() -> None:
    from fairlead.sales.web import panels

    panels.register()
    banners.sources.register(banners.BannerSource("worth", _banner, permission="deals.view"))
    banners.sources.register(banners.BannerSource("amounts", _amounts_banner, permission="deals.view"))
    offer_on("deal")
    see, section = "deals.view", "sales"
    items.register(
        Item("deals", "Deals", "target-arrow", "sales:board", section, 10, see, shortcut="d", root="records:deals")
    )
    items.register(Item("sales-analytics", "Sales analytics", "chart-bar", "sales:analytics", section, 20, see))
    entries.register(QuickAdd("deal", "Deal", "target-arrow", "sales:deal-new", 15, "deals.edit"))
    for key, label, icon, name in (
        ("deal-list", "All deals", "list", "records:deals"), ("forecast", "Forecast", "chart-line", "sales:forecast"),
        ("due-deals", "Deals by due task", "calendar-due", "sales:due-any"),
    ):  # fmt: skip
        commands.register(Command(key, label, icon, name, permission=see))
    commands.register(Command("deal-bin", "Bin of deals", "trash", "sales:deal-bin", permission="deals.delete"))
    for order, (key, label, icon, name) in enumerate((
        ("pipelines", "Pipelines", "layout-kanban", "sales:pipelines"),
        ("products", "Products", "package", "sales:products"),
        ("rates", "Currencies", "currency-dollar", "sales:rates"),
        ("reasons", "Why deals end", "message-question", "sales:reasons"),
        ("scores", "Deal scores", "star", "sales:scores"),
    )):  # fmt: skip
        settings_items.register(Item(key, label, icon, name, "Sales", 60 + order, see))


def _banner(request: HttpRequest) -> banners.Banner | None:
    """Say above the list of deals that amounts are being worked out; the room's own pages say so themselves."""
    from fairlead.sales.actions.currency_changes import open_change

    match = request.resolver_match
    change = open_change() if match and match.view_name == "records:deals" else None
    if change is None:
        return None
    text = (
        f"What deals are worth is being worked out in {change.after}, {change.percent}% so far: until then, filters "
        f"and orders by worth mix it with {change.before}."
    )
    return banners.Banner(text, "warning")


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


def _kept(actor: Actor) -> Iterator[keepers.Kept]:
    for rule in access.score_rules(actor) if actor.can("deals.view") else ():
        facts = (rule.pk, rule.name, "deal", rule.criteria, rule.updated_at)
        yield keepers.Kept("Score rule", *facts, page="sales:scores", acts=True)


def _amounts_banner(request: HttpRequest) -> banners.Banner | None:
    """Say above the firm's settings what another currency would not convert."""
    if request.resolver_match is None or request.resolver_match.view_name != "accounts:firm":
        return None
    count = len(access.conditions(request.actor))  # type: ignore[attr-defined]
    if not count:
        return None
    what, they = f"{count} views, segments and rules compare", "They stay as typed when it changes: they stand"
    if count == 1:
        what, they = "One view, segment or rule compares", "It stays as typed when that changes: it stands"
    return banners.Banner(f"{what} with amounts in the firm’s currency. {they} under Settings, Currencies.")
