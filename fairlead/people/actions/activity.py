"""When something last happened with a record: moved by the rooms whose activities stand on its timeline."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from fairlead.people.models import Company, Contact

MODELS: dict[str, type[Contact] | type[Company]] = {"contact": Contact, "company": Company}


def touch_activity(about: Iterable[tuple[str, UUID]], moment: datetime) -> None:
    """Move `last_activity_at` of the records (noun, id) forward to `moment`. It is no change of the record itself."""
    by_noun: dict[str, list[UUID]] = {}
    for noun, pk in about:
        by_noun.setdefault(noun, []).append(pk)
    for noun, ids in by_noun.items():
        model = MODELS.get(noun)
        if model is not None:
            older = Q(last_activity_at=None) | Q(last_activity_at__lt=moment)
            model.rows().filter(older, pk__in=ids).update(last_activity_at=moment)
