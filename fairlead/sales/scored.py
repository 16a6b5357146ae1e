"""What the rules that score deals ask."""

from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Criteria, nouns
from fairlead.sales.models import ScoreRule
from fairlead.tenancy.public import require_firm, system_actor


def asked(rule: ScoreRule) -> Criteria | None:
    """Return what a rule asks, the same for whoever looks at it; None when it can no longer be asked."""
    try:
        return Criteria(nouns.get("deal"), rule.criteria, by=system_actor(require_firm(), via="job"), stored=True)
    except InvalidInput:
        return None
