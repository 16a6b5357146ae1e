"""What the assignment room offers to the engines."""

from collections.abc import Iterator

from fairlead.accounts.public import handover
from fairlead.assignment import access, events
from fairlead.events.public import register as register_events
from fairlead.people.public import register_purge, says_owner, timeline
from fairlead.records.public import bulk, following, happenings, keepers
from fairlead.shell.navigation import Item, settings_items
from fairlead.shell.palette import Command, commands
from fairlead.tenancy.public import Actor, Role, declare

VIEW = "assignment.view"


def register() -> None:
    """Register permissions, event types, bulk verbs, the consumer, the job, what is noticed, and the pages."""
    declare(VIEW, "See assignment rules and who looks after how much", group="Assignment", since=Role.MEMBER)
    declare("assignment.manage", "Set up assignment rules, territories and limits", group="Assignment",
            since=Role.MANAGER)  # fmt: skip
    register_events(*events.TYPES)
    for noun in ("contact", "company", "deal"):
        happenings.register(noun, events.GIVEN)
    from fairlead.assignment import jobs, noticing  # noqa: F401 - declares the consumer and the job
    from fairlead.assignment.actions.purging import forget_records
    from fairlead.assignment.bulk import VERBS
    from fairlead.assignment.handover import hand_over_places
    from fairlead.assignment.models import Rule

    for verb in VERBS:
        bulk.register(verb)
    keepers.register("assignment rules", _kept)
    register_purge(forget_records)
    handover.register("assignment rules", hand_over_places)
    following.register(following.within(Rule, "criteria"))
    _timeline()
    _merging()
    noticing.register()
    _pages()


def _timeline() -> None:
    from fairlead.assignment.web.drawing import draw_assignments

    given = [t.name for t in events.TYPES if t.name.startswith(events.GIVEN)]
    told = [f"{noun}.{verb}" for noun in ("contact", "deal") for verb in ("updated", "owner_changed")]
    timeline.register_summary(given, told, says_owner)
    timeline.register_artist(events.GIVEN, draw_assignments)


def _merging() -> None:
    from fairlead.assignment.models import Assignment, Waiting
    from fairlead.records.duplicates.public import LinkedRows, merging

    merging.register(LinkedRows("assignments", Assignment))
    merging.register(LinkedRows("waiting", Waiting, beside=("noun",)))


def _pages() -> None:
    from fairlead.assignment.web import panels

    panels.register()
    for order, (key, label, icon, name) in enumerate((
        ("assignment", "Assignment rules", "route", "assignment:rules"),
        ("territories", "Territories", "map-pin", "assignment:territories"),
        ("workload", "Workload and absences", "gauge", "assignment:people"),
    )):  # fmt: skip
        settings_items.register(Item(key, label, icon, name, "Assignment", 75 + order, VIEW))
    commands.register(Command("workload", "Workload and absences", "gauge", "assignment:people", permission=VIEW))
    commands.register(Command("absence", "I will be away", "beach", "assignment:absence-new", permission=VIEW))


def _kept(actor: Actor) -> Iterator[keepers.Kept]:
    for rule in access.rules(actor) if actor.can(VIEW) else ():
        facts = (rule.pk, rule.name, rule.noun, rule.criteria, rule.updated_at)
        yield keepers.Kept("Assignment rule", *facts, page="assignment:rules", acts=True)
