"""Keeping the pairs that may be one: found, decided, found again when data changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from fairlead.events.public import Event, record
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.kernel.ids import uuid7
from fairlead.records import nouns
from fairlead.records.duplicates import finding
from fairlead.records.duplicates.finding import Finder, Match, Verdict
from fairlead.records.models import DuplicateCandidate, ImportChange, ImportRun
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, require_firm

State = DuplicateCandidate.State
Pairs = Mapping[tuple[UUID, UUID], tuple[Verdict, str]]  # (low, high) to verdict and fingerprint
TYPED = 5


@dataclass(frozen=True)
class Suspect:
    """A record that may be the one that somebody is about to make."""

    record: Any
    score: int
    reasons: Sequence[str]


def visible(noun: Noun, by: Actor) -> QuerySet[DuplicateCandidate]:
    """Return the pairs of a noun of which the actor may see both records; of a merged one, the record that is left."""
    seen = noun.visible(by).values("pk")
    low, high = Q(low_id__in=seen), Q(high_id__in=seen)
    return DuplicateCandidate.rows().filter((low & high) | (Q(state=State.MERGED) & (low | high)), noun=noun.name)


def of_record(noun: Noun, record_id: UUID, by: Actor) -> QuerySet[DuplicateCandidate]:
    """Return the open pairs that a record is in, the likeliest first."""
    rows = visible(noun, by).filter(Q(low_id=record_id) | Q(high_id=record_id), state=State.OPEN)
    return rows.order_by("-score", "id")


def of_import(run: ImportRun, by: Actor) -> int:
    """Return how many open pairs, of those that the actor may see, have new records of an import in them by now."""
    noun = nouns.get(run.noun)
    if not by.can(noun.permission("view")):
        return 0
    new = ImportChange.rows().filter(run=run, noun=run.noun, is_new=True).values("record_id")
    rows = visible(noun, by).filter(state=State.OPEN)
    return rows.filter(Q(low_id__in=new) | Q(high_id__in=new)).count()


def one(candidate_id: UUID, by: Actor, *, lock: bool = False) -> DuplicateCandidate:
    """Return a pair that the actor may see, or raise `NotFound`."""
    found = DuplicateCandidate.rows().filter(pk=candidate_id).first()
    if found is None:
        raise NotFound
    rows = visible(nouns.get(found.noun), by).filter(pk=candidate_id)
    seen = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if seen is None:
        raise NotFound
    return seen


@transaction.atomic
def dismiss(candidate_id: UUID, *, by: Actor) -> DuplicateCandidate:
    """Say that two records are not one. The pair does not come back unless one of them changes."""
    found = one(candidate_id, by, lock=True)
    by.require(nouns.get(found.noun).permission("edit"))
    if found.state == State.MERGED:
        raise Conflict("These two were merged. Undo the merge instead.")
    if found.state == State.OPEN:
        _decide(found, State.DISMISSED, by)
        _tell("duplicate.dismissed", found, by)
    return found


@transaction.atomic
def reopen(candidate_id: UUID, *, by: Actor) -> DuplicateCandidate:
    """Take it back that two records are not one."""
    found = one(candidate_id, by, lock=True)
    by.require(nouns.get(found.noun).permission("edit"))
    if found.state == State.DISMISSED:
        found.state, found.decided_by, found.decided_at = State.OPEN, None, None
        found.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
        _tell("duplicate.reopened", found, by)
    return found


def suspects(noun: Noun, values: Mapping[str, Any], *, by: Actor) -> list[Suspect]:
    """Return the records that may be what somebody is typing, the likeliest first: nothing is written."""
    finder = finding.finder_of(noun.name)
    nobody = UUID(int=0)
    found = finding.matches(finder, {nobody: finder.typed(values, by)}, at_once=True)[nobody]
    records = {r.pk: r for r in noun.visible(by).filter(pk__in=[m.record_id for m in found])}
    seen = [m for m in found if m.record_id in records][:TYPED]
    return [Suspect(records[m.record_id], m.verdict.score, m.verdict.reasons) for m in seen]


def refresh(finder: Finder, ids: Sequence[UUID]) -> int:
    """Look at records anew, in the caller's transaction; return how many pairs there are.

    A pair that was found stays for as long as the two look like one, though too many may share its key by now.
    """
    profiles = finder.profiles(ids)
    finding.store_keys(finder, ids, profiles)
    found = in_order(finding.matches(finder, profiles, at_once=False))
    lock(ids)
    rows = DuplicateCandidate.rows().filter(Q(low_id__in=ids) | Q(high_id__in=ids), state=State.OPEN)
    known = {(low, high): pk for pk, low, high in rows.values_list("pk", "low_id", "high_id")}
    found |= finding.judged(finder, known.keys() - found.keys())
    store(finder.noun, found)
    DuplicateCandidate.rows().filter(pk__in=[pk for pair, pk in known.items() if pair not in found]).delete()
    return len(found)


def lock(ids: Sequence[UUID]) -> None:
    """Lock every pair of the records in the one order in which pairs are locked, until the transaction ends."""
    rows = DuplicateCandidate.rows().filter(Q(low_id__in=ids) | Q(high_id__in=ids)).order_by("low_id", "high_id")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def follow(events: Sequence[Event]) -> None:
    """Look at what changed, as the log tells it."""
    for finder in finding.finders():
        ids = {e.subject_id for e in events if e.type in finder.touched and e.subject_id is not None}
        if ids:
            refresh(finder, sorted(ids))


def in_order(found: Mapping[UUID, Iterable[Match]]) -> dict[tuple[UUID, UUID], tuple[Verdict, str]]:
    """Return matches as pairs, the smaller id first, each once."""
    pairs: dict[tuple[UUID, UUID], tuple[Verdict, str]] = {}
    for pk, some in found.items():
        for match in some:
            low, high = sorted((pk, match.record_id))
            pairs[low, high] = (match.verdict, match.fingerprint)
    return pairs


_UPSERT = """
INSERT INTO records_duplicatecandidate AS c
    (id, firm_id, created_at, updated_at, noun, low_id, high_id, score, reasons, fingerprint, state)
SELECT p.id, %(firm)s, %(now)s, %(now)s, %(noun)s, p.low, p.high, p.score, p.reasons, p.fingerprint, 'open'
FROM jsonb_to_recordset(%(pairs)s::jsonb)
    AS p(id uuid, low uuid, high uuid, score smallint, reasons jsonb, fingerprint text)
ON CONFLICT (firm_id, low_id, high_id) DO UPDATE SET
    score = excluded.score, reasons = excluded.reasons, fingerprint = excluded.fingerprint,
    updated_at = excluded.updated_at, state = 'open', decided_by_id = NULL, decided_at = NULL
WHERE c.state = 'open' OR (c.state = 'dismissed' AND c.fingerprint <> excluded.fingerprint)
"""


def store(noun: str, pairs: Pairs) -> None:
    """Keep pairs that were found; one that was called different stays so while both look as they did then."""
    if not pairs:
        return
    found = [
        {"id": str(uuid7()), "low": str(low), "high": str(high), "score": verdict.score, "reasons": verdict.reasons,
         "fingerprint": fingerprint}
        for (low, high), (verdict, fingerprint) in sorted(pairs.items(), key=lambda pair: pair[0])
    ]  # fmt: skip
    values: dict[str, Any] = {"firm": require_firm(), "now": clock.now(), "noun": noun, "pairs": json.dumps(found)}
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, values)


def _decide(found: Any, state: str, by: Actor) -> None:
    found.state, found.decided_by_id, found.decided_at = state, by.membership_id, clock.now()
    found.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])


def _tell(event: str, found: DuplicateCandidate, by: Actor) -> None:
    ids = {"low_id": str(found.low_id), "high_id": str(found.high_id), "score": found.score}
    record(event, by=by, subject=("duplicate", found.id), data={"noun": found.noun, **ids})
