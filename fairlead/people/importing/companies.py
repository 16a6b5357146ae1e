"""Companies in the import engine: matched by external id, domain or name, written by the verbs of companies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold
from fairlead.people import access
from fairlead.people.actions import companies as verbs
from fairlead.people.importing import leftovers
from fairlead.people.importing.references import References
from fairlead.people.models import Company
from fairlead.people.nouns.company import FIELDS
from fairlead.records.imports import convert, plug
from fairlead.records.imports.columns import Target
from fairlead.records.imports.convert import Batch, CustomValue, Parse, Problem
from fairlead.records.imports.plug import Context, Moved, Plan
from fairlead.records.imports.suggest import Guess, normal
from fairlead.records.public import ImportChange, ImportRun
from fairlead.tenancy.public import Actor

_HEADERS = {
    "name": "name|company name|company|account name|organization name|firma|firmenname|entreprise|empresa|nom",
    "domain": "domain|company domain name|company domain|domane|domaine|dominio",
    "website": "website|website url|url|homepage|webseite|site web|web site",
    "phone": "phone|phone number|telefon|telephone|telefono|main phone",
    "email": "email|email address|e mail|correo",
    "description": "description|about us|beschreibung|notes",
    "lifecycle": "lifecycle stage|type|account type",
    "owner": "company owner|account owner|owner|eigentumer",
    "street": "street|street address|address|billing street|strasse|adresse",
    "postal_code": "postal code|zip|billing zip postal code|plz|code postal",
    "city": "city|billing city|stadt|ville|ciudad",
    "region": "state region|state|billing state province|region|bundesland",
    "country": "country|country region|billing country|land|pays|pais",
    "time_zone": "time zone|zeitzone",
    "industry": "industry|branche|secteur",
    "employees": "number of employees|employees|mitarbeiter|headcount",
    "external_id": "record id|company id|account id|id|external id",
    "source": "source|original source|quelle",
}


@cache
def _known() -> dict[str, str]:
    return {normal(h): target for target, headers in _HEADERS.items() for h in headers.split("|")}


@dataclass
class Draft:
    """A row: its index in the batch, its values, and the company that it is, if any."""

    index: int
    values: dict[str, Any]
    known: Company | None = None
    changes: dict[str, Any] = field(default_factory=dict)


class CompanySession:
    """One run over companies."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._references = References(context)

    def parsers(self) -> Mapping[int, Parse]:
        """Return how each mapped column is read."""
        known = {t.name: t for t in plug.targets_of("company")}
        found: dict[int, Parse] = {}
        for column in self._context.columns:
            name = column.target or ""
            if name.startswith("custom."):
                made = self._context.custom[name.removeprefix("custom.")]
                found[column.index] = convert.custom(column, made, self._context.home)
            elif name in known:
                found[column.index] = convert.standard(column, known[name], self._context.home.time_zone)
        return found

    def keys(self, batch: Batch) -> set[str]:
        """Return the companies' names, domains and ids."""
        return {key for draft in self._drafts(batch) for key in _keys(draft)}

    def new_keys(self, plan: Plan) -> list[str]:
        """Return a key of each new company."""
        return [next(iter(_keys(d)), "") for d in plan.content if d.known is None]

    def plan(self, batch: Batch) -> Plan:
        """Match rows with companies; rows of one company fold into the first."""
        result = Plan(batch, problems=list(batch.problems))
        drafts = self._folded(self._drafts(batch), result)
        known = self._matches(drafts)
        mode, todo = self._context.options.mode, []
        for draft in drafts:
            draft.known = next((known[k] for k in _keys(draft) if k in known), None)
            if draft.known is None and mode != "update":
                todo.append(draft)
                result.created += 1
            elif draft.known is not None and mode != "create":
                draft.changes = self._changes(draft)
                todo += [draft] if draft.changes else []
                result.updated += bool(draft.changes)
                result.unchanged += not draft.changes
            else:
                result.skipped += 1
        result.content, result.made = todo, self._references.made
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
        if draft.known is None:
            values = {k: v for k, v in draft.values.items() if v not in (None, "")}
            made = verbs.create_company(values, by=by)
            before: dict[str, Any] = {}
        else:
            found = Company.rows().filter(pk=draft.known.pk, version=draft.known.version).first()
            if found is None:
                raise Moved
            before = {n: _plain(_value(found, n)) for n in draft.changes}
            made = verbs.update_company(found.pk, draft.changes, by=by)
        ImportChange.objects.create(run_id=run, chunk=chunk, noun="company", record_id=made.pk,
                                    is_new=draft.known is None, version=made.version, before=before)  # fmt: skip

    def _drafts(self, batch: Batch) -> list[Draft]:
        drafts = [Draft(i, {}) for i in range(batch.size)]
        for column, values in batch.columns:
            name = column.target or ""
            for draft, value in zip(drafts, values, strict=True):
                if value is None:
                    continue
                if isinstance(value, CustomValue):
                    draft.values.setdefault("custom", {})[name.removeprefix("custom.")] = value.value
                elif name == "owner":
                    draft.values["owner"] = self._references.owner(value)
                elif name == "domain":
                    draft.values["domain"] = verbs.domain_of(value)
                else:
                    draft.values[name] = value
        return drafts

    def _folded(self, drafts: Sequence[Draft], result: Plan) -> list[Draft]:
        first: dict[str, Draft] = {}
        kept: list[Draft] = []
        for draft in drafts:
            if not draft.values.get("name"):
                batch = result.batch
                message = "The row has no company name."
                result.problems.append(Problem(batch.lines[draft.index], "", message, batch.cells[draft.index]))
                continue
            key = fold(draft.values["name"])
            if key in first:
                first[key].values = {**draft.values, **first[key].values}
                result.merged += 1
            else:
                first[key] = draft
                kept.append(draft)
        return kept

    def _matches(self, drafts: Sequence[Draft]) -> dict[str, Company]:
        keys = {key for draft in drafts for key in _keys(draft)}
        found: dict[str, Company] = {}
        rows = access.companies(self._context.by)
        for prefix, column in (("n", "sort_key"), ("d", "domain"), ("x", "external_id")):
            wanted = [k[2:] for k in keys if k[0] == prefix]
            for company in rows.filter(**{f"{column}__in": wanted}).order_by("-id") if wanted else ():
                found[f"{prefix}:{getattr(company, column)}"] = company
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
            elif value not in (None, "", old) and (overwrite or not old) and name != "created_at":
                changes[name] = value
        return changes


def _keys(draft: Draft) -> list[str]:
    values = draft.values
    marks = (("x", values.get("external_id")), ("d", values.get("domain")), ("n", fold(values.get("name") or "")))
    return [f"{prefix}:{value}" for prefix, value in marks if value]


def _value(company: Company, name: str) -> Any:
    return getattr(company, {"owner": "owner_id"}.get(name, name))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) or hasattr(value, "isoformat") else value


def _sample(draft: Draft, batch: Batch) -> dict[str, Any]:
    after = draft.changes if draft.known else draft.values
    rows = [
        {"field": n, "before": str(_value(draft.known, n) or "") if draft.known else "", "after": str(v)}
        for n, v in after.items()
    ]
    kind = "updated" if draft.known else "created"
    return {"line": batch.lines[draft.index], "kind": kind, "name": draft.values["name"], "changes": rows}


class CompanyImporter:
    """The noun company, as the engine sees it."""

    noun = "company"
    choices: frozenset[str] = frozenset()

    def targets(self) -> Sequence[Target]:
        """Return the fields that columns may be written to."""
        return [
            Target(f.name, f.label, f.type, f.group, options=tuple((o.value, o.label) for o in f.options))
            for f in FIELDS
            if f.importable and f.editable
        ]

    def known(self, header: str, values: Sequence[str]) -> Guess | None:
        """Return what a header means."""
        target = _known().get(header)
        return Guess(target) if target else None

    def session(self, context: Context) -> CompanySession:
        """Open a session."""
        return CompanySession(context)

    def clear_away(self, run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
        """See `leftovers.clear_away`."""
        return leftovers.clear_away(run, by=by)

    def revert(self, run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
        """Undo a chunk: bin new companies, set old values again, where the version is still the import's."""
        kept: list[dict[str, str]] = []
        reverted = 0
        for change in ImportChange.rows().filter(run=run, chunk=chunk, noun="company"):
            company = Company.rows().filter(pk=change.record_id).first()
            if company is None or company.deleted_at is not None or company.version != change.version:
                kept.append({"id": str(change.record_id), "name": str(company or ""), "why": "changed since"})
                continue
            if change.is_new:
                verbs.delete_companies([company.pk], by=by)
            else:
                after = verbs.update_company(company.pk, _undone(company, change.before), by=by)
                earlier = ImportChange.rows().filter(run=run, record_id=company.pk, chunk__lt=chunk)
                earlier.update(version=after.version)
            reverted += 1
        return reverted, kept


def _undone(company: Company, before: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(before)
    if "custom" in values:
        values["custom"] = {k: values["custom"].get(k) for k in {*company.custom, *values["custom"]}}
    return values
