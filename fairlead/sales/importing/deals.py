"""Deals in the import engine: matched by external id, or by title and company; written by the verbs of deals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from fairlead.kernel.text import fold
from fairlead.people.public import tag_records
from fairlead.records.imports import by_verbs
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import Batch, Parse
from fairlead.records.imports.plug import Context, Plan
from fairlead.records.imports.problems import Fault
from fairlead.records.imports.suggest import Guess
from fairlead.records.public import ImportRun
from fairlead.sales import access
from fairlead.sales.actions import associations, moving, outcomes
from fairlead.sales.actions.deals import create_deal, update_deal
from fairlead.sales.holding import hold_stages
from fairlead.sales.importing import headers, reverting, targets
from fairlead.sales.importing.drafts import Draft, Drafts
from fairlead.sales.models import Deal, Outcome, Reason
from fairlead.tenancy.public import Actor


class DealSession(by_verbs.RecordSession[Draft, Deal]):
    """One run over deals."""

    noun, model, title = "deal", Deal, "title"
    attributes: ClassVar[Mapping[str, str]] = {"title": "name", "owner": "owner_id", "company": "company_id"}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._drafts = Drafts(context)

    @property
    def made(self) -> dict[str, list[str]]:
        """See `RecordSession`."""
        return self._drafts.references.made

    def own_parser(self, column: Column) -> Parse | None:
        """See `targets.parser`."""
        return targets.parser(column)

    def keys(self, batch: Batch) -> set[str]:
        """Return ids elsewhere, and titles with companies; the companies too, which two chunks must not both make."""
        drafts = self._drafts.of(batch, resolve=False)
        companies = {f"c:{fold(str(d.raw['company']))}" for d in drafts if d.raw.get("company")}
        return {key for draft in drafts for key in draft.keys} | companies

    def drafts(self, batch: Batch) -> list[Draft]:
        """See `RecordSession`."""
        return self._drafts.of(batch, resolve=True)

    def usable(self, drafts: Iterable[Draft], result: Plan) -> list[Draft]:
        """Return the rows that can be used; a deal that the file names twice is made of its first row."""
        first: dict[str, Draft] = {}
        for draft in drafts:
            if draft.wrong:
                by_verbs.refuse(result, draft.index, Fault("", "", draft.wrong))
            elif first.setdefault(draft.keys[0], draft) is not draft:
                result.merged += 1
        return list(first.values())

    def matches(self, drafts: Sequence[Draft]) -> dict[str, Deal]:
        """Return the deals that the rows may mean, by key; the latest of those that are called alike."""
        rows = access.deals(self.context.by).select_related("company")
        external = [d.values["external_id"] for d in drafts if d.values.get("external_id")]
        titles = [fold(str(d.values["title"])) for d in drafts]
        found: dict[str, Deal] = {}
        for deal in rows.filter(sort_key__in=titles).order_by("id"):
            found[f"n:{deal.sort_key}|{fold(deal.company.name) if deal.company else ''}"] = deal
        for deal in rows.filter(external_id__in=external).order_by("id") if external else ():
            found[f"x:{deal.external_id}"] = deal
        return found

    def changes(self, draft: Draft, known: Deal) -> dict[str, Any]:
        """Return what a row sets; a currency only with its value."""
        changes = super().changes(draft, known)
        if "value" not in changes:
            changes.pop("currency", None)
        return changes

    def differs(self, draft: Draft) -> bool:
        """Tell whether a row changes a deal, or puts an open one somewhere else."""
        deal, place = draft.known, draft.place
        if draft.changes or deal is None or place is None or deal.outcome != Outcome.OPEN:
            return bool(draft.changes)
        return place.outcome != Outcome.OPEN or (place.stage is not None and place.stage.pk != deal.stage_id)

    def before(self, draft: Draft, found: Deal) -> dict[str, Any]:
        """Return what reverting sets again, the stage too."""
        return super().before(draft, found) | {"stage": str(found.stage_id)}

    def sample(self, draft: Draft) -> list[dict[str, Any]]:
        """Return a row's fields, and where it puts the deal."""
        rows, place = super().sample(draft), draft.place
        if place is not None:
            end = "" if place.outcome == Outcome.OPEN else Outcome(place.outcome).label
            where = end or (place.stage.name if place.stage else place.pipeline.name)
            rows.append(self.wording.row("stage", draft.known.stage.name if draft.known else "", where))
        return rows

    def put(self, draft: Draft, found: Deal | None) -> tuple[UUID, int]:
        """See `RecordSession`."""
        by = self.context.by
        hold_stages()
        made = update_deal(found.pk, draft.changes, by=by) if found else self._create(draft)
        for contact in draft.contacts:
            associations.add_contact(made.pk, contact, by=by)
        if draft.tags:
            tag_records("deal", [made.pk], names=draft.tags, by=by)
        self._place(made.pk, draft)
        return made.pk, Deal.rows().values_list("version", flat=True).get(pk=made.pk)

    def _create(self, draft: Draft) -> Deal:
        assert draft.place is not None
        place: dict[str, Any] = {"pipeline": draft.place.pipeline.pk}
        if draft.place.stage is not None:
            place["stage"] = draft.place.stage.pk
        values = {k: v for k, v in draft.values.items() if v not in (None, "")}
        main = {"contact": draft.contacts[0]} if draft.contacts else {}
        return create_deal({**values, **place, **main}, by=self.context.by, at=draft.created_at)

    def _place(self, deal_id: UUID, draft: Draft) -> None:
        """Bring the deal where the row says: into its stage, or to its end, when it came there."""
        by, place = self.context.by, draft.place
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
