"""What the segments room offers to the engines."""

from collections.abc import Iterator

from fairlead.events.public import register as register_events
from fairlead.people.public import register_purge, timeline
from fairlead.records.public import bulk, following, happenings, keepers, memberships, nouns
from fairlead.segments import access, events, health
from fairlead.shell.navigation import Item, items
from fairlead.shell.palette import Command, commands
from fairlead.tenancy.public import Actor, Role, declare


def register() -> None:
    """Register permissions, events, memberships, bulk verbs, consumers, jobs, the health check, and the pages."""
    declare("segments.manage", "Create, change and archive segments", group="Segments", since=Role.MEMBER)
    declare("tag_rules.manage", "Set up rules that tag by themselves", group="Segments", since=Role.MANAGER)
    declare("personas.manage", "Create and change personas", group="Segments", since=Role.MEMBER)
    register_events(*events.TYPES)
    happenings.register("contact", "segment.entered", "segment.left", "persona.assigned", "persona.unassigned")
    timeline.register_kind("segments", "Segments", of_people=True)
    from fairlead.segments import jobs  # noqa: F401 - declares the jobs and the consumers
    from fairlead.segments.actions.purging import forget_records
    from fairlead.segments.bulk import VERBS
    from fairlead.segments.memberships import PERSONAS, SEGMENTS

    register_purge(forget_records)
    memberships.register(SEGMENTS)
    memberships.register(PERSONAS)
    for verb in VERBS:
        bulk.register(verb)
    keepers.register("segments", _kept)
    health.register()
    _following()
    _merging()
    _pages()


def _following() -> None:
    from fairlead.segments.actions.merging import follow_rules
    from fairlead.segments.keeping.dependencies import follow_tag
    from fairlead.segments.models import Segment, SegmentVersion, TagRule

    for model, column in ((Segment, "criteria"), (SegmentVersion, "criteria"), (TagRule, "add"), (TagRule, "remove")):
        following.register(following.within(model, column))
    following.register(follow_tag, follow_rules)


def _merging() -> None:
    from fairlead.records.duplicates.public import LinkedRows, merging
    from fairlead.segments.models import PersonaAssignment, SegmentPick

    for name, model, key in (("picks", SegmentPick, "segment_id"), ("personas", PersonaAssignment, "persona_id")):
        merging.register(LinkedRows(name, model, "contact_id", beside=(key,), only="contact"))


def _pages() -> None:
    from fairlead.segments.web import panels

    panels.register()
    section = "audience"
    items.register(Item("segments", "Segments", "chart-pie", "segments:segments", section, 10, "contacts.view"))
    items.register(Item("personas", "Personas", "user-circle", "segments:personas", section, 30, "contacts.view"))
    items.register(Item("tag-rules", "Tag rules", "wand", "segments:rules", section, 50, "contacts.view"))
    keeping = nouns.Keeping("contact", "Save as segment", "chart-pie", "segments:segment-new", "segments.manage")
    nouns.keep_as(keeping)
    commands.register(
        Command("segment-new", "New segment", "chart-pie", "segments:segment-new", permission="segments.manage")
    )


def _kept(actor: Actor) -> Iterator[keepers.Kept]:
    """Yield the criteria of segments, and those that rules and personas have of their own."""
    if not actor.can("contacts.view"):
        return
    for segment in access.segments(actor):
        facts = (segment.pk, segment.name, "contact", segment.criteria, segment.updated_at)
        yield keepers.Kept("Segment", *facts, page="segments:segment", values={"segment_id": segment.pk})
    for kind, page, rows in (
        ("Tag rule", "segments:rules", access.rules(actor)), ("Persona", "segments:personas", access.personas(actor)),
    ):  # fmt: skip
        for own in rows.exclude(segment=None).exclude(segment__purpose="segment"):
            facts = (own.pk, own.name, "contact", own.segment.criteria, own.updated_at)
            yield keepers.Kept(kind, *facts, page=page)
