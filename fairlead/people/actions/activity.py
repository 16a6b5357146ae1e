"""When something last happened with a record: moved by the rooms whose activities stand on its timeline."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from fairlead.people.models import Company, Contact

# Companies come before their people, as a merge of companies locks them; each in the order of their ids.
MODELS: dict[str, type[Contact] | type[Company]] = {"company": Company, "contact": Contact}


def touch_activity(about: Iterable[tuple[str, UUID]], moment: datetime) -> None:
    """Move `last_activity_at` of the records (noun, id) forward to `moment`. It is no change of the record itself."""
    by_noun: dict[str, list[UUID]] = {}
    for noun, pk in about:
        by_noun.setdefault(noun, []).append(pk)
    older = Q(last_activity_at=None) | Q(last_activity_at__lt=moment)
    for noun, model in MODELS.items():
        rows = model.rows().filter(older, pk__in=by_noun.get(noun, ())).order_by("pk")
        found = list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        model.rows().filter(pk__in=found).update(last_activity_at=moment)
