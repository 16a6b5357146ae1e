"""What a tag rule put stays the rule's when the tag is merged into another."""

from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from fairlead.kernel import clock
from fairlead.segments.models import TagRule, TagRuleApplication
from fairlead.tenancy.public import require_firm

# A tag that stands on a contact and that no rule put there was put by hand: that it is the same tag as one that a rule
# put does not make it the rule's to take off.
_HAND = """
UPDATE segments_tagruleapplication a SET is_put = false
WHERE a.firm_id = %(firm)s AND a.tag_id = ANY(%(both)s) AND a.ended_at IS NULL AND a.is_put AND EXISTS (
    SELECT FROM people_tagging t
    WHERE t.firm_id = a.firm_id AND t.noun = 'contact' AND t.record_id = a.contact_id AND t.tag_id = ANY(%(both)s)
    AND NOT EXISTS (
        SELECT FROM segments_tagruleapplication p
        WHERE p.firm_id = t.firm_id AND p.contact_id = t.record_id AND p.tag_id = t.tag_id
        AND p.ended_at IS NULL AND p.is_put))
"""


def follow_rules(gone: UUID, kept: UUID) -> None:
    """Let what rules put of one tag be of another; a rule that names both names it once, to be added if it may be.

    Called while both tags still stand on their contacts.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAND, {"firm": require_firm(), "both": [gone, kept]})
    _move(gone, kept)
    for rule in TagRule.rows().filter(Q(add__contains=[str(kept)]) | Q(remove__contains=[str(kept)])):
        rule.add = list(dict.fromkeys(rule.add))
        rule.remove = [pk for pk in dict.fromkeys(rule.remove) if pk not in rule.add]
        rule.save(update_fields=["add", "remove", "updated_at"])


def _move(gone: UUID, kept: UUID) -> None:
    standing = TagRuleApplication.rows().filter(ended_at=None)
    twins = standing.filter(tag=gone).filter(
        Exists(standing.filter(rule=OuterRef("rule"), contact=OuterRef("contact"), tag=kept))
    )
    twins.update(ended_at=clock.now())
    TagRuleApplication.rows().filter(tag=gone).update(tag=kept)
