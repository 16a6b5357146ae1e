"""Merge two records, and take a merge back."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.records import custom, nouns
from fairlead.records.duplicates import candidates, fields, merging
from fairlead.records.models import DuplicateCandidate, Merge
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor

UNDO_DAYS = 30
State = DuplicateCandidate.State


@transaction.atomic
def merge_records(noun: Noun, winner_id: UUID, loser_id: UUID, choices: Mapping[str, str], *, by: Actor) -> Merge:
    """Make one record of two: the winner stays, the loser leads to it. `choices` is field name to winner or loser.

    Without a choice the winner's value stays, unless it is empty. Raises `NotFound`, and `InvalidInput` for a wrong
    choice or a record with itself. Waits for bulk actions and imports that work on records at this moment.
    """
    permit(noun, by)
    if winner_id == loser_id:
        raise InvalidInput({"loser": ["A record cannot be merged with itself."]})
    merging.alone()
    winner, loser = _locked(noun, (winner_id, loser_id), by)
    decisions = fields.decided(fields.choices_of(noun, winner, loser), choices)
    own_before, names = dict(winner.custom), (str(winner), str(loser))
    undo: dict[str, Any] = fields.apply(noun, winner, loser, decisions)
    _retire(loser, by)
    _index(noun, (winner.pk, own_before, winner.custom), (loser.pk, loser.custom, {}))
    winner.version += 1
    winner.save()
    moved = {name: p.move(noun.name, loser.pk, winner.pk) for name, p in merging.participants().items()}
    undo["moved"] = {name: data for name, data in moved.items() if data is not None}
    made: Merge = Merge.objects.create(
        noun=noun.name, winner_id=winner.pk, loser_id=loser.pk, winner_name=names[0], loser_name=names[1],
        choices=decisions, undo=undo, merged_by_id=by.membership_id,
    )  # fmt: skip
    _settle(winner.pk, loser.pk, by)
    _tell(noun, "merged", "merged_away", made, by, changes=fields.changes(noun, undo))
    return made


@transaction.atomic
def undo_merge(merge_id: UUID, *, by: Actor) -> Merge:
    """Take a merge back: both records are as they were, wherever nothing else changed since; `kept` names the rest.

    Raises `Conflict` after 30 days, when it was undone already, and when the winner was itself merged or is in the bin;
    `Forbidden` when the actor may not see one of the two.
    What was written on the winner since stays with the winner.
    """
    known = Merge.rows().filter(pk=merge_id).first()
    if known is None:
        raise NotFound
    noun = nouns.get(known.noun)
    permit(noun, by)
    merging.alone()
    made: Merge = _locked_merge(merge_id)
    found: Any = made
    winner, loser = _parted(noun, found, by)
    kept = _give_back(noun, winner, loser, found.undo)
    if not noun.visible(by).filter(pk=loser.pk).exists():
        raise Forbidden("The other record would be one that you may not see. Ask somebody who may.")
    participants = merging.participants()
    for name, data in reversed(found.undo["moved"].items()):
        if name in participants:
            kept += participants[name].undo(noun.name, loser.pk, winner.pk, data)
    found.undone_at, found.undone_by_id, found.undo, found.kept = clock.now(), by.membership_id, {}, kept
    found.save(update_fields=["undone_at", "undone_by", "undo", "kept", "updated_at"])
    _pair(winner.pk, loser.pk).update(state=State.OPEN, decided_by=None, decided_at=None)
    _tell(noun, "merge_undone", "merge_undone", found, by, changes={})
    return made


def merge_of(merge_id: UUID, by: Actor) -> Merge:
    """Return a merge whose winner the actor may see, or raise `NotFound`."""
    found = Merge.rows().filter(pk=merge_id).first()
    if found is None or not nouns.get(found.noun).visible(by).filter(pk=found.winner_id).exists():
        raise NotFound
    return found


def forget_undo() -> int:
    """Empty the undo data of merges that are too old to be undone; return how many."""
    before = clock.now() - timedelta(days=UNDO_DAYS)
    return Merge.rows().filter(created_at__lt=before, undone_at=None).exclude(undo={}).update(undo={})


def permit(noun: Noun, by: Actor) -> None:
    """Raise `NotFound` for a noun that is not merged, `Forbidden` for who may not change and delete."""
    if not merging.is_mergeable(noun.name):
        raise NotFound
    by.require(noun.permission("edit"))
    by.require(noun.permission("delete"))


def can_undo(merge: Merge) -> bool:
    """Tell whether a merge is recent enough to be undone."""
    return merge.undone_at is None and bool(merge.undo) and clock.now() - merge.created_at < timedelta(days=UNDO_DAYS)


def _locked(noun: Noun, ids: Sequence[UUID], by: Actor) -> list[Any]:
    """Return the records in the order of `ids`, locked in the order of their ids."""
    rows = noun.visible(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    found = {record.pk: record for record in rows}
    if len(found) < len(set(ids)):
        raise NotFound
    return [found[pk] for pk in ids]


def _give_back(noun: Noun, winner: Any, loser: Any, undo: Mapping[str, Any]) -> list[str]:
    """Give both records their own fields; return what stays as it is."""
    own_before = dict(winner.custom)
    kept = [f"{label} was changed since." for label in fields.take_back(noun, winner, undo)]
    kept += [f"{label} is another record’s by now." for label in fields.leave_to_others(noun, winner, loser)]
    winner.version += 1
    winner.save()
    loser.deleted_at, loser.deleted_by, loser.version = None, None, loser.version + 1
    loser.save(update_fields=["deleted_at", "deleted_by", "custom", "version", "updated_at"])
    _index(noun, (winner.pk, own_before, winner.custom), (loser.pk, {}, loser.custom))
    return kept


def _locked_merge(merge_id: UUID) -> Any:
    return Merge.rows().select_for_update(of=("self",)).get(pk=merge_id)


def _parted(noun: Noun, merge: Merge, by: Actor) -> tuple[Any, Any]:
    """Return winner and loser of a merge that can be undone, locked."""
    if merge.undone_at is not None:
        raise Conflict("This merge was undone already.")
    if not can_undo(merge):
        raise Conflict(f"A merge can be undone for {UNDO_DAYS} days.")
    rows = noun.model.rows().filter(pk__in=(merge.winner_id, merge.loser_id)).order_by("pk")
    found = {record.pk: record for record in rows.select_for_update(of=("self",), no_key=True)}
    if merging.successor(merge.winner_id) is not None:
        raise Conflict("The record was merged again since. Undo that merge first.")
    if not noun.visible(by).filter(pk=merge.winner_id).exists():
        raise NotFound
    return found[merge.winner_id], found[merge.loser_id]


def _retire(loser: Any, by: Actor) -> None:
    loser.deleted_at, loser.deleted_by_id = clock.now(), by.membership_id
    loser.version += 1
    loser.save(update_fields=["deleted_at", "deleted_by", "version", "updated_at"])


def _index(noun: Noun, *changed: tuple[UUID, Mapping[str, Any], Mapping[str, Any]]) -> None:
    # Those that lose a value first: a unique value may go from one to the other.
    known = custom.custom_fields(noun.name, archived=True)
    custom.index_values(known, [custom.Change(*change) for change in reversed(changed)])


def _settle(winner_id: UUID, loser_id: UUID, by: Actor) -> None:
    """Close the pair; what else the loser might be is asked of the winner from now on."""
    candidates.lock([winner_id, loser_id])
    _pair(winner_id, loser_id).update(state=State.MERGED, decided_by=by.membership_id, decided_at=clock.now())
    others = DuplicateCandidate.rows().filter(Q(low_id=loser_id) | Q(high_id=loser_id), state=State.OPEN)
    others.delete()


def _pair(one: UUID, other: UUID) -> Any:
    low, high = sorted((one, other))
    return DuplicateCandidate.rows().filter(low_id=low, high_id=high)


def _tell(noun: Noun, kept: str, gone: str, merge: Merge, by: Actor, *, changes: Mapping[str, Any]) -> None:
    ids: dict[str, Any] = {
        "winner_id": str(merge.winner_id),
        "loser_id": str(merge.loser_id),
        "merge_id": str(merge.id),
    }
    data: dict[str, Any] = {**ids, "winner": merge.winner_name, "loser": merge.loser_name}
    if changes:
        data = {**data, "changes": changes}
    pairs = ((kept, merge.winner_id, data), (gone, merge.loser_id, {**ids, "winner": merge.winner_name,
                                                                   "loser": merge.loser_name}))  # fmt: skip
    record_many([_event(noun, verb, record_id, told) for verb, record_id, told in pairs], by=by)


def _event(noun: Noun, verb: str, record_id: UUID, data: Mapping[str, Any]) -> NewEvent:
    columns: dict[str, Any] = {noun.event_column: record_id} if noun.event_column != "subject_id" else {}
    return NewEvent(f"{noun.name}.{verb}", (noun.name, record_id), data=data, **columns)


__all__ = ["UNDO_DAYS", "can_undo", "forget_undo", "merge_records", "permit", "undo_merge"]
