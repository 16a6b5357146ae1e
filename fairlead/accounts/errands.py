"""Errands: what takes too long for a request goes on in the background, with progress, and may be stopped.

A room registers a `Kind`, whose `step` does one piece. Which records are still to pass is found in the records
themselves, so that whoever runs it again after a crash goes on where it was; a piece, its events and its count commit
together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.urls import reverse

from fairlead.accounts.models import Errand
from fairlead.events.public import record
from fairlead.jobs.public import Unfinished, enqueue, job, take_turns, when_unfinished
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, FairleadError
from fairlead.kernel.text import counted
from fairlead.shell.progress import Job
from fairlead.tenancy.public import Actor, Firm, Via, firm_context, one, require_firm, system_actor

AT_ONCE = 5_000  # records that pass within the request: one to two seconds, most of it for their events
PIECE = 5_000  # and in one piece, where a kind does not know better
State = Errand.State
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Kind:
    """A verb that may be an errand, and the right that it takes to see and to stop one.

    `step` does the next piece in the caller's transaction and returns how many records passed, None when that was all;
    it may change `errand.params`. It is given the errand locked, and who asked for it.
    """

    name: str
    permission: str
    step: Callable[[Errand, Actor], int | None]


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Register kinds of errands; twice the same name raises ValueError."""
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"The errand {kind.name} is registered twice.")
        _kinds[kind.name] = kind


def seen_by(actor: Actor) -> QuerySet[Errand]:
    """Return the errands of the verbs that the actor may use, whoever asked for them."""
    return Errand.rows().filter(kind__in=[k.name for k in _kinds.values() if actor.can(k.permission)])


def running(*kinds: str, about: Iterable[UUID] | None = None) -> QuerySet[Errand]:
    """Return the errands of these kinds that go on, all of them or those about some subjects."""
    rows = Errand.rows().filter(kind__in=kinds, state=State.RUNNING)
    return rows if about is None else rows.filter(subject_id__in=list(about))


def annotated(rows: QuerySet[Row], *kinds: str) -> QuerySet[Row]:
    """Let each row say in `errand` which errand of these kinds goes on about it."""
    mine = running(*kinds).filter(subject_id=OuterRef("pk")).values("pk")[:1]
    found: QuerySet[Row] = cast(Any, rows.annotate(errand=Subquery(mine)))
    return found


def start(
    kind: str, subject_id: UUID, *, label: str, total: int, by: Actor, params: Mapping[str, Any] | None = None
) -> Errand:
    """Start an errand in the caller's transaction, which has checked that `by` may; the caller locked the subject."""
    errand: Errand = Errand.objects.create(
        kind=_kinds[kind].name, subject_id=subject_id, params=dict(params or {}), label=label, total=total,
        membership_id=by.membership_id, asked_by=by.label, via=by.via,
    )  # fmt: skip
    _tell("started", errand, by)
    enqueue(run_errand, firm_id=by.firm_id, by=by, errand_id=errand.id)
    return errand


@transaction.atomic
def stop_errand(errand_id: UUID, *, by: Actor) -> Errand:
    """Stop an errand after the piece it is at; what it did stays. Raises `NotFound`, and `Conflict` when it is over."""
    errand = one(seen_by(by), errand_id, lock=True)
    if not errand.is_active:
        raise Conflict(f"“{errand.label}” is over.", code="over")
    end(errand, State.CANCELLED, by)
    return errand


def end(errand: Errand, state: str, by: Actor, message: str = "") -> None:
    """End an errand, which is locked, in the caller's transaction."""
    errand.state, errand.message, errand.finished_at = state, message, clock.now()
    errand.save(update_fields=["state", "message", "finished_at", "done", "params", "updated_at"])
    _tell(state, errand, by)


def advance(firm_id: UUID, errand_id: UUID) -> bool:
    """Do the next piece of an errand in one transaction; False when nothing is left to do."""
    with firm_context(firm_id):
        # Locked, so that two workers never work on one errand, and that who stops it knows where it stopped.
        errand = Errand.rows().select_for_update(no_key=True).filter(pk=errand_id, state=State.RUNNING).first()
        if errand is None:
            return False
        by = _as_asked(errand)
        try:
            with transaction.atomic():
                passed = _kinds[errand.kind].step(errand, by)
        except FairleadError as error:
            end(errand, State.FAILED, by, error.message)
            return False
        if passed is None:
            end(errand, State.DONE, by)
            return False
        errand.done += passed
        errand.save(update_fields=["done", "params", "updated_at"])
        return True


def as_job(errand: Errand, firm: Firm) -> Job:
    """Return an errand as the shell shows background work, to who may see it."""
    message = errand.message or ("" if errand.is_active else f"{counted(errand.done, 'record')}.")
    where = {"firm": firm.slug, "errand_id": errand.pk}
    return Job(
        str(errand.pk), errand.label, cast(Any, errand.state), reverse("accounts:errand", kwargs=where),
        done=errand.done, total=errand.total, message=message,
        cancel_url=reverse("accounts:stop_errand", kwargs=where) if errand.is_active else "",
    )  # fmt: skip


@job("accounts.errand", queue="bulk")
def run_errand(*, firm_id: UUID, errand_id: UUID) -> None:
    """Go on with work on many records, such as a tag's deletion or a hand-over."""
    take_turns(run_errand, lambda: advance(firm_id, errand_id), firm_id=firm_id, errand_id=errand_id)


@when_unfinished(run_errand)
def ended(how: Unfinished, *, errand_id: UUID) -> None:
    """End the errand of a job that was cancelled or given up."""
    errand = Errand.rows().select_for_update(no_key=True).filter(pk=errand_id, state=State.RUNNING).first()
    if errand is None:
        return
    if how.by is not None:
        end(errand, State.CANCELLED, how.by)
    else:
        message = "Something went wrong; what was done so far stays. Ask for the rest again."
        end(errand, State.FAILED, system_actor(require_firm(), via="job"), message)


def _as_asked(errand: Errand) -> Actor:
    """Return who asked, with every right: that it may be done was decided then, for all of its records."""
    by, asked = system_actor(require_firm(), errand.asked_by, via=cast(Via, errand.via)), errand.membership
    return replace(by, kind="member", membership_id=asked.pk) if asked else by


def _tell(verb: str, errand: Errand, by: Actor) -> None:
    data = {"label": errand.label, "done": errand.done, **({"message": errand.message} if errand.message else {})}
    record(f"errand.{verb}", by=by, subject=("errand", errand.id), data=data)
