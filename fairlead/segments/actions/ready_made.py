"""Rules that most firms want: tag who is engaged, and who has fallen silent."""

from django.db import transaction

from fairlead.segments.actions.rules import create_rule
from fairlead.segments.models import TagRule
from fairlead.segments.starters import dormant, engaged
from fairlead.tenancy.public import Actor

RULES = (
    ("Engaged contacts", "Something happened with them in the last 30 days.", "Engaged", engaged),
    ("Dormant contacts", "Known for 90 days, and silent for as long.", "Dormant", dormant),
)


@transaction.atomic
def create_ready_made(*, by: Actor) -> list[TagRule]:
    """Create the rules for engagement that the firm does not have yet; returns them."""
    by.require("tag_rules.manage")
    known = set(TagRule.rows().values_list("name", flat=True))
    return [
        create_rule({"name": name, "description": text, "criteria": tree(), "add": [tag]}, by=by)
        for name, text, tag, tree in RULES
        if name not in known
    ]
