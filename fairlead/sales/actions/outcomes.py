"""Win, lose and reopen deals: each a record with who, when and why."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.fields import fitting
from fairlead.people.public import record_values
from fairlead.sales import access, ranks, requirements
from fairlead.sales.actions import staying
from fairlead.sales.holding import hold_stages
from fairlead.sales.models import Deal, Loss, Outcome, Reason, Reopening, SalesSettings, Stage, StageStay, Win
from fairlead.sales.telling import tell
from fairlead.tenancy.public import Actor

NOTE_LENGTH = 2_000


@transaction.atomic
def win_deal(
    deal_id: UUID, *, by: Actor, reason_id: UUID | None = None, note: str = "", version: int | None = None,
    pipeline_id: UUID | None = None, at: datetime | None = None,
) -> Deal:  # fmt: skip
    """Win an open deal: it goes to the won stage of its pipeline (or of `pipeline_id`, which must be the same).

    `at` is when it was won, now without it: what is brought in from elsewhere was won long ago.
    Raises `Conflict` when it is closed already, `InvalidInput` (code `required_fields`) naming what the stage needs.
    """
    deal = _open_deal(deal_id, by, version)
    if pipeline_id not in (None, deal.pipeline_id):
        raise InvalidInput({"stage": ["A deal is won in its own pipeline."]})
    source, values = deal.stage, _end_values(deal, note, by, at)
    reason = _reason(reason_id, Reason.Kind.WIN, "reason")
    win = Win.objects.create(reason=reason, **values)
    _close(deal, Outcome.WON, by, at)
    data = {"from": source.name, "from_id": str(source.pk), "reason": reason.name if reason else "", "note": win.note}
    tell("won", deal, by, at=at, value=deal.value, currency=deal.currency, **data)
    return deal


@transaction.atomic
def lose_deal(
    deal_id: UUID, *, by: Actor, reason_id: UUID | None = None, competitor_id: UUID | None = None, note: str = "",
    version: int | None = None, pipeline_id: UUID | None = None, at: datetime | None = None,
) -> Deal:  # fmt: skip
    """Lose an open deal: it goes to the lost stage of its pipeline; `pipeline_id` and `at` as in `win_deal`.

    Raises `InvalidInput` when the firm asks for a reason and none is given, or (code `required_fields`) the stage needs
    more; `Conflict` when it is closed already.
    """
    deal = _open_deal(deal_id, by, version)
    if pipeline_id not in (None, deal.pipeline_id):
        raise InvalidInput({"stage": ["A deal is lost in its own pipeline."]})
    reason = _reason(reason_id, Reason.Kind.LOSS, "reason")
    if reason is None and by.via != "import" and settings().loss_reason_required and _words(Reason.Kind.LOSS):
        raise InvalidInput({"reason": ["Say why it was lost: the analytics live on it."]})
    competitor = _reason(competitor_id, Reason.Kind.COMPETITOR, "competitor")
    source = deal.stage
    loss = Loss.objects.create(reason=reason, competitor=competitor, **_end_values(deal, note, by, at))
    _close(deal, Outcome.LOST, by, at)
    data = {"from": source.name, "from_id": str(source.pk), "reason": reason.name if reason else "no reason given"}
    data |= {"competitor": competitor.name if competitor else "", "note": loss.note}
    tell("lost", deal, by, at=at, value=deal.value, currency=deal.currency, **data)
    return deal


@transaction.atomic
def reopen_deal(
    deal_id: UUID, *, by: Actor, stage_id: UUID | None = None, note: str = "", version: int | None = None
) -> Deal:
    """Take a closed deal up again, in the stage it was closed from or another open one of its pipeline.

    Its win or loss no longer counts. Raises `Conflict` when it is open, or its pipeline archived.
    """
    hold_stages()
    deal = access.lock_deal(by, deal_id)
    record_values.check_version(deal, version)
    if deal.outcome == Outcome.OPEN:
        raise Conflict(f"{deal.name} is open.", code="deal_open")
    access.require_in_use(deal.pipeline)
    was, now = deal.outcome, clock.now()
    model: Any = Win if was == Outcome.WON else Loss
    end = model.rows().filter(deal=deal, reopened_at=None).select_related("stage").first()
    target = _reopening_stage(deal, stage_id, end.stage if end else None)
    if end is not None:
        end.reopened_at = now
        end.save(update_fields=["reopened_at", "updated_at"])
        staying.take_back_end(deal, end.stage, end.occurred_at)
    note = fitting(note.strip(), "note", NOTE_LENGTH)
    Reopening.objects.create(
        deal=deal, occurred_at=now, reopened_by_id=by.membership_id, reopened_by_label=by.label, was=was, stage=target,
        note=note,
    )  # fmt: skip
    staying.leave(deal, StageStay.Exit.REOPENED, at=now)
    staying.enter(deal, target, by=by, came_from=deal.stage, at=now)
    deal.outcome, deal.closed_at, deal.rank = Outcome.OPEN, None, ranks.top(target.pk)
    staying.bump(deal, "stage", "stage_entered_at", "outcome", "closed_at", "rank")
    tell("reopened", deal, by, was=was, to=target.name, to_id=str(target.pk), note=note)
    return deal


def settings() -> SalesSettings:
    """Return what the firm decided for its deals; the defaults until it has decided anything."""
    return SalesSettings.rows().first() or SalesSettings()


def _open_deal(deal_id: UUID, by: Actor, version: int | None) -> Deal:
    deal = access.lock_deal(by, deal_id)
    record_values.check_version(deal, version)
    if deal.outcome != Outcome.OPEN:
        model: Any = Win if deal.outcome == Outcome.WON else Loss
        end = model.rows().filter(deal=deal, reopened_at=None).first()
        who = f" by {end.decided_by_label}" if end and end.decided_by_label else ""
        raise Conflict(f"{deal.name} was {deal.get_outcome_display().lower()}{who} already.", code="deal_closed")
    return deal


def _end_values(deal: Deal, note: str, by: Actor, at: datetime | None) -> dict[str, Any]:
    now = at or clock.now()
    return {
        "deal": deal, "pipeline_id": deal.pipeline_id, "stage": deal.stage, "owner_id": deal.owner_id,
        "occurred_at": now, "decided_by_id": by.membership_id, "decided_by_label": by.label,
        "note": fitting(note.strip(), "note", NOTE_LENGTH), **staying.worth(deal, now),
        "seconds": max(0, int((now - deal.created_at).total_seconds())),
    }  # fmt: skip


def _close(deal: Deal, outcome: str, by: Actor, at: datetime | None) -> None:
    source, now = deal.stage, at or clock.now()
    end = access.end_stage(deal.pipeline_id, outcome)
    if by.via != "import":
        requirements.check(deal, end)
    staying.leave(deal, StageStay.Exit(outcome), at=now)
    if outcome == Outcome.WON:
        staying.advance(deal, end, at=now)
    staying.enter(deal, end, by=by, came_from=source, at=now)
    deal.outcome, deal.closed_at, deal.last_activity_at = outcome, now, now
    staying.bump(deal, "stage", "stage_entered_at", "outcome", "closed_at", "last_activity_at")


def _reason(reason_id: UUID | None, kind: str, field: str) -> Reason | None:
    if reason_id is None:
        return None
    found = Reason.rows().filter(pk=reason_id, kind=kind, archived_at=None).first()
    if found is None:
        raise InvalidInput({field: ["Choose one of the list."]})
    return found


def _words(kind: str) -> bool:
    return Reason.rows().filter(kind=kind, archived_at=None).exists()


def _reopening_stage(deal: Deal, stage_id: UUID | None, last: Stage | None) -> Stage:
    rows = Stage.rows().select_related("pipeline")
    open_ones = rows.filter(pipeline=deal.pipeline_id, kind=Stage.Kind.OPEN, archived_at=None).order_by("position")
    wanted = stage_id or (last.pk if last else None)
    found = open_ones.filter(pk=wanted).first() if wanted else None
    if found is None and stage_id is not None:
        raise InvalidInput({"stage": ["Choose an open stage of the deal's pipeline."]})
    chosen = found or open_ones.last()
    if chosen is None:
        raise Conflict("The pipeline has no open stage.")
    return chosen
