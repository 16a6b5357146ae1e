"""The search for duplicates through all records of a noun, piece by piece, each in one transaction with its mark.

First the keys of all records are written anew (pieces of records), then all records that share a key are compared
(pieces of the range of keys), at last the pairs that were known and not found again (pieces of pairs). A killed worker
goes on with the piece it was at.
"""

from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from fairlead.events.public import record
from fairlead.jobs.public import Unfinished, enqueue, job, take_turns, when_unfinished
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.records import nouns
from fairlead.records.duplicates import candidates, finding
from fairlead.records.duplicates.finding import LIMIT, Finder
from fairlead.records.models import DuplicateCandidate, DuplicateScan
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, firm_context, require_firm

State = DuplicateScan.State
ACTIVE = (State.QUEUED, State.KEYS, State.PAIRS)
CHUNK = 5_000  # records a piece of the first pass
SLICE = 4_000  # records, roughly, whose keys make a piece of the second
AGAIN = 2_000  # pairs a piece of the end
LOWEST, HIGHEST = -(2**63), 2**63


def scans(noun: Noun, by: Actor) -> Any:
    """Return the searches of a noun, the latest first."""
    by.require(noun.permission("view"))
    return DuplicateScan.rows().filter(noun=noun.name).order_by("-created_at")


def scan(scan_id: UUID, by: Actor) -> DuplicateScan:
    """Return one search or raise `NotFound`."""
    found = DuplicateScan.rows().filter(pk=scan_id).first()
    if found is None:
        raise NotFound
    by.require(nouns.get(found.noun).permission("view"))
    return found


@transaction.atomic
def start_scan(noun: Noun, *, by: Actor) -> DuplicateScan:
    """Search all records of a noun in the background. Raises `Conflict` while one is under way."""
    by.require(noun.permission("edit"))
    try:
        finding.finder_of(noun.name)
        with transaction.atomic():
            made: DuplicateScan = DuplicateScan.objects.create(noun=noun.name, started_by_id=by.membership_id)
    except KeyError:
        raise NotFound from None
    except IntegrityError:
        raise Conflict("A search is under way already.") from None
    record("duplicate.scan_started", by=by, subject=("scan", made.id), data={"noun": noun.label_plural.lower()})
    enqueue(run_scan, firm_id=by.firm_id, by=by, scan_id=made.id)
    return made


@transaction.atomic
def cancel_scan(scan_id: UUID, *, by: Actor) -> DuplicateScan:
    """Stop a search after the piece it is at; what it found stays."""
    found = scan(scan_id, by)
    by.require(nouns.get(found.noun).permission("edit"))
    _cancel(scan_id, by)
    return scan(scan_id, by)


def _cancel(scan_id: UUID, by: Actor) -> None:
    found = DuplicateScan.rows().select_for_update(no_key=True).filter(pk=scan_id, state__in=ACTIVE).first()
    if found is not None:
        found.state, found.finished_at = State.CANCELLED, clock.now()
        found.save(update_fields=["state", "finished_at", "updated_at"])
        record("duplicate.scan_cancelled", by=by, subject=("scan", found.id), data={"noun": found.noun})


@job("records.scan_duplicates", queue="bulk")
def run_scan(*, firm_id: UUID, scan_id: UUID) -> None:
    """Work on a search for a while, then queue up again behind other firms' work."""
    take_turns(run_scan, lambda: advance(firm_id, scan_id), firm_id=firm_id, scan_id=scan_id)


@when_unfinished(run_scan)
def end(how: Unfinished, *, scan_id: UUID) -> None:
    """End the search of a job that was cancelled or given up: a search that nobody works on any more must say so."""
    if how.by is not None:
        _cancel(scan_id, how.by)
    else:
        fail(require_firm(), scan_id, "Something went wrong; what was found so far stays.")


def advance(firm_id: UUID, scan_id: UUID) -> bool:
    """Do the next piece in one transaction; False when nothing is left."""
    with firm_context(firm_id):
        found = DuplicateScan.rows().select_for_update(no_key=True).get(pk=scan_id)
        if not found.is_active:
            return False
        finder = finding.finder_of(found.noun)
        if found.state == State.QUEUED:
            found.state, found.total = State.KEYS, _living(found.noun).count()
        elif found.state == State.KEYS:
            _read(found, finder)
        elif found.slice < found.slices:
            _compare(found, finder)
        elif not _compare_again(found, finder):
            _finish(found)
        found.save()
        return found.is_active


def fail(firm_id: UUID, scan_id: UUID, message: str) -> None:
    """Give a search up."""
    with firm_context(firm_id):
        rows = DuplicateScan.rows().filter(pk=scan_id, state__in=ACTIVE)
        rows.update(state=State.FAILED, message=message, finished_at=clock.now(), updated_at=clock.now())


def _living(noun: str) -> Any:
    return nouns.get(noun).model.rows().filter(deleted_at=None)


def _read(found: DuplicateScan, finder: Finder) -> None:
    """Write the keys of the next records."""
    rows = _living(found.noun).order_by("pk")
    ids = list((rows.filter(pk__gt=found.after_id) if found.after_id else rows).values_list("pk", flat=True)[:CHUNK])
    if not ids:
        found.state, found.slices = State.PAIRS, max(1, (found.total or 0) // SLICE)
        return
    finding.store_keys(finder, ids, finder.profiles(ids))
    found.after_id, found.read = ids[-1], found.read + len(ids)


_BLOCKS = """
SELECT count(*), (array_agg(record_id))[:%s] FROM records_duplicatekey
WHERE firm_id = %s AND noun = %s AND key >= %s AND key < %s GROUP BY key HAVING count(*) > 1
"""


def _compare(found: DuplicateScan, finder: Finder) -> None:
    """Compare all records that share a key of the next range."""
    width = (HIGHEST - LOWEST) // found.slices
    start = LOWEST + width * found.slice
    end = HIGHEST - 1 if found.slice == found.slices - 1 else start + width
    pairs: set[tuple[UUID, UUID]] = set()
    with connection.cursor() as cursor:
        cursor.execute(_BLOCKS, [LIMIT, found.firm_id, found.noun, start, end])
        for size, ids in cursor.fetchall():
            if size > LIMIT:
                found.passed_over += 1
            else:
                pairs.update(combinations(sorted(ids), 2))
    candidates.store(found.noun, finding.judged(finder, pairs))
    found.compared += len(pairs)
    found.slice += 1


def _compare_again(found: DuplicateScan, finder: Finder) -> bool:
    """Look at known pairs that no key brought together this time; False when there are none (left).

    A key that got common since tells nothing about who else may be one, and nothing against a pair that was found.
    """
    rows = _open(found).filter(updated_at__lt=found.created_at).order_by("low_id", "high_id")
    known = {(low, high): pk for pk, low, high in rows.values_list("pk", "low_id", "high_id")[:AGAIN]}
    kept = finding.judged(finder, known)
    candidates.store(found.noun, kept)
    rows.filter(pk__in=[pk for pair, pk in known.items() if pair not in kept]).delete()
    return bool(known)


def _finish(found: DuplicateScan) -> None:
    """Tell how many pairs there are."""
    rows = _open(found)
    found.state, found.finished_at, found.found = State.DONE, clock.now(), rows.count()


def _open(found: DuplicateScan) -> Any:
    return DuplicateCandidate.rows().filter(noun=found.noun, state=DuplicateCandidate.State.OPEN)
