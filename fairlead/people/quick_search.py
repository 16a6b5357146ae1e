"""What somebody types into the search of a list: typing errors are forgiven while few records fit."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from fairlead.kernel.text import fold, prefix_end
from fairlead.search import public as search
from fairlead.tenancy.public import Actor

FEW = 100  # as many as the search ranks; beyond that it is no complete answer
Narrow = Callable[[QuerySet[Any], str, Actor], QuerySet[Any]]


def of(noun: str, address: str) -> Narrow:
    """Return the quick search of a noun whose model keeps the column `address` beside `sort_key`."""

    def narrow(rows: QuerySet[Any], typed: str, by: Actor) -> QuerySet[Any]:
        hits = search.find(typed, by=by, nouns=[noun], limit=FEW)
        if len(hits) < FEW:  # what was written a moment ago may not be in the search yet: its beginnings are
            return rows.filter(_beginning(typed, address) | Q(pk__in=[hit.record_id for hit in hits]))
        for word in fold(typed).split():
            rows = rows.filter(Q(sort_key__contains=word) | Q(**{f"{address}__contains": word}))
        return rows

    return narrow


def _beginning(typed: str, address: str) -> Q:
    key, start = fold(typed), typed.strip().lower()
    return Q(sort_key__gte=key, sort_key__lt=prefix_end(key)) | Q(
        **{f"{address}__gte": start, f"{address}__lt": prefix_end(start)}
    )
