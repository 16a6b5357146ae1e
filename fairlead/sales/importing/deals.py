"""Deals in the import engine: matched by external id, or by title and company; written by the verbs of deals."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold
from fairlead.people.public import tag_records
from fairlead.records.imports import convert
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import Batch, Parse, Problem
from fairlead.records.imports.plug import Context, Moved, Plan, targets_of
from fairlead.records.imports.suggest import Guess
from fairlead.records.public import ImportChange, ImportRun
from fairlead.sales import access
from fairlead.sales.actions import associations, moving, outcomes
from fairlead.sales.actions.deals import create_deal, update_deal
from fairlead.sales.importing import headers, reverting, targets
from fairlead.sales.importing.drafts import Draft, Drafts
from fairlead.sales.models import Deal, Outcome, Reason
from fairlead.tenancy.public import Actor

COLUMNS = {"title": "name", "owner": "owner_id", "company": "company_id"}


class DealSession:
    """One run over deals."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._drafts = Drafts(context)

    def parsers(self) -> Mapping[int, Parse]:
        """Return how each mapped column is read."""
        known = {t.name: t for t in targets_of("deal")}
        found: dict[int, Parse] = {}
        for column in self._context.columns:
            name = column.target or ""
            if name.startswith("custom."):
                made = self._context.custom[name.removeprefix("custom.")]
                found[column.index] = convert.custom(column, made, self._context.home)
            elif name in known:
                found[column.index] = _parser(column, known[name], self._context)
        return found

    def keys(self, batch: Batch) -> set[str]:
        """Return ids elsewhere, and titles with companies; the companies too, which two chunks must not both make."""
        drafts = self._drafts.of(batch, resolve=False)
        companies = {f"c:{fold(str(d.raw['company']))}" for d in drafts if d.raw.get("company")}
        return {key for draft in drafts for key in draft.keys} | companies

    def new_keys(self, plan: Plan) -> list[str]:
        """Return a key of each new deal."""
        return [next(iter(d.keys), "") for d in plan.content if d.known is None]

    def plan(self, batch: Batch) -> Plan:
        """Match rows with deals; a deal that the file names twice is made of its first row."""
        result = Plan(batch, problems=list(batch.problems))
        drafts = self._usable(self._drafts.of(batch, resolve=True), result)
        known = self._matches(drafts)
        mode, todo = self._context.options.mode, []
        for draft in drafts:
            draft.known = next((known[k] for k in draft.keys if k in known), None)
            if draft.known is None and mode != "update":
                todo.append(draft)
                result.created += 1
            elif draft.known is not None and mode != "create":
                draft.changes = self._changes(draft)
                moves = bool(draft.changes) or _moves(draft)
                todo += [draft] if moves else []
                result.updated += moves
                result.unchanged += not moves
            else:
                result.skipped += 1
        result.content, result.made = todo, self._drafts.references.made
        result.samples = [_sample(d, batch) for d in todo[:20]]
        return result

    def write(self, plan: Plan) -> None:
        """Create and change by the verbs, which check and tell the log; a refused row is reported."""
        for draft in plan.content:
            try:
                self._write(draft, plan.batch.number)
            except InvalidInput as error:
                message = " ".join(m for messages in error.fields.values() for m in messages)
                batch = plan.batch
                plan.problems.append(Problem(batch.lines[draft.index], "", message, batch.cells[draft.index]))
                plan.created -= draft.known is None
                plan.updated -= draft.known is not None

    def _write(self, draft: Draft, chunk: int) -> None:
        by, run = self._context.by, self._context.run_id
        before: dict[str, Any] = {}
        if draft.known is None:
            made = self._create(draft)
        else:
            found = Deal.rows().filter(pk=draft.known.pk, version=draft.known.version).first()
            if found is None:
                raise Moved
            before = {n: _plain(_value(found, n)) for n in draft.changes} | {"stage": str(found.stage_id)}
            made = update_deal(found.pk, draft.changes, by=by)
        for contact in draft.contacts:
            associations.add_contact(made.pk, contact, by=by)
        if draft.tags:
            tag_records("deal", [made.pk], names=draft.tags, by=by)
        self._place(made.pk, draft)
        version = Deal.rows().values_list("version", flat=True).get(pk=made.pk)
        ImportChange.objects.create(run_id=run, chunk=chunk, noun="deal", record_id=made.pk,
                                    is_new=draft.known is None, version=version, before=before)  # fmt: skip

    def _create(self, draft: Draft) -> Deal:
        assert draft.place is not None
        place: dict[str, Any] = {"pipeline": draft.place.pipeline.pk}
        if draft.place.stage is not None:
            place["stage"] = draft.place.stage.pk
        values = {k: v for k, v in draft.values.items() if v not in (None, "")}
        main = {"contact": draft.contacts[0]} if draft.contacts else {}
        return create_deal({**values, **place, **main}, by=self._context.by, at=draft.created_at)

    def _place(self, deal_id: UUID, draft: Draft) -> None:
        """Bring the deal where the row says: into its stage, or to its end, when it came there."""
        by, place = self._context.by, draft.place
        deal = Deal.rows().select_related("stage").get(pk=deal_id)
        if place is None or deal.outcome != Outcome.OPEN:
            return
        if place.stage is not None and deal.stage_id != place.stage.pk:
            moving.move_deal(deal_id, place.stage.pk, by=by)
        if place.outcome == Outcome.WON:
            outcomes.win_deal(deal_id, by=by, at=draft.closed_at)
        elif place.outcome == Outcome.LOST:
            note = str(draft.raw.get("lost_reason") or "")
            reason = Reason.rows().filter(kind=Reason.Kind.LOSS, name_norm=fold(note), archived_at=None).first()
            outcomes.lose_deal(deal_id, by=by, at=draft.closed_at, note="" if reason else note,
                               reason_id=reason.pk if reason else None)  # fmt: skip

    def _usable(self, drafts: Sequence[Draft], result: Plan) -> list[Draft]:
        seen: set[str] = set()
        kept: list[Draft] = []
        for draft in drafts:
            if draft.wrong:
                batch = result.batch
                result.problems.append(Problem(batch.lines[draft.index], "", draft.wrong, batch.cells[draft.index]))
            elif draft.keys[0] in seen:
                result.merged += 1
            else:
                seen.add(draft.keys[0])
                kept.append(draft)
        return kept

    def _matches(self, drafts: Sequence[Draft]) -> dict[str, Deal]:
        """Return the deals that the rows may mean, by key; the latest of those that are called alike."""
        rows = access.deals(self._context.by).select_related("company")
        external = [d.values["external_id"] for d in drafts if d.values.get("external_id")]
        titles = [fold(str(d.values["title"])) for d in drafts]
        found: dict[str, Deal] = {}
        for deal in rows.filter(sort_key__in=titles).order_by("id"):
            found[f"n:{deal.sort_key}|{fold(deal.company.name) if deal.company else ''}"] = deal
        for deal in rows.filter(external_id__in=external).order_by("id") if external else ():
            found[f"x:{deal.external_id}"] = deal
        return found

    def _changes(self, draft: Draft) -> dict[str, Any]:
        assert draft.known is not None
        changes: dict[str, Any] = {}
        overwrite = self._context.options.overwrite
        for name, value in draft.values.items():
            old = _value(draft.known, name)
            if name == "custom":
                more = {k: v for k, v in value.items() if (overwrite or k not in old) and old.get(k) != v}
                changes |= {"custom": more} if more else {}
            elif value not in (None, "", old) and (overwrite or not old):
                changes[name] = value
        if "value" not in changes:
            changes.pop("currency", None)
        return changes


def _parser(column: Column, target: Target, context: Context) -> Parse:
    return targets.parser(column) or convert.standard(column, target, context.home.time_zone)


def _moves(draft: Draft) -> bool:
    """Tell whether an open deal goes somewhere else."""
    deal, place = draft.known, draft.place
    if deal is None or place is None or deal.outcome != Outcome.OPEN:
        return False
    return place.outcome != Outcome.OPEN or (place.stage is not None and place.stage.pk != deal.stage_id)


def _value(deal: Deal, name: str) -> Any:
    return getattr(deal, COLUMNS.get(name, name))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) or hasattr(value, "isoformat") else value


def _sample(draft: Draft, batch: Batch) -> dict[str, Any]:
    after = draft.changes if draft.known else draft.values
    rows = [
        {"field": n, "before": str(_value(draft.known, n) or "") if draft.known else "", "after": str(v)}
        for n, v in after.items()
    ]
    if draft.place is not None:
        end = "" if draft.place.outcome == Outcome.OPEN else draft.place.outcome
        where = end or (draft.place.stage.name if draft.place.stage else draft.place.pipeline.name)
        rows.append({"field": "stage", "before": draft.known.stage.name if draft.known else "", "after": where})
    kind = "updated" if draft.known else "created"
    return {"line": batch.lines[draft.index], "kind": kind, "name": draft.values["title"], "changes": rows}


class DealImporter:
    """The noun deal, as the engine sees it."""

    noun = "deal"
    choices = frozenset({"tags"})

    def targets(self) -> Sequence[Target]:
        """Return what columns may be written to."""
        return targets.TARGETS

    def known(self, header: str, values: Sequence[str]) -> Guess | None:
        """See `headers.known`."""
        return headers.known(header, values)

    def session(self, context: Context) -> DealSession:
        """Open a session."""
        return DealSession(context)

    def revert(self, run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
        """See `reverting.revert_chunk`."""
        return reverting.revert_chunk(run, chunk, by=by)

    def clear_away(self, run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
        """Remove tags that nothing carries any more."""
        return reverting.clear_away(run, by=by)
