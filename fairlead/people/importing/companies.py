"""Companies in the import engine: matched by external id, domain or name, written by the verbs of companies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, ClassVar
from uuid import UUID

from fairlead.kernel.text import fold
from fairlead.people import access
from fairlead.people.actions import companies as verbs
from fairlead.people.actions.tagging import tag_records, untag_records
from fairlead.people.importing import leftovers
from fairlead.people.importing.headers import own_ids
from fairlead.people.importing.references import References
from fairlead.people.importing.targets import ALSO, lifecycle
from fairlead.people.models import Company, Tagging
from fairlead.people.nouns.company import FIELDS
from fairlead.people.nouns.fields import FACETS
from fairlead.records.imports import by_verbs
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import Batch, CustomValue, Parse, several
from fairlead.records.imports.plug import Context, Plan
from fairlead.records.imports.problems import Fault
from fairlead.records.imports.samples import Row
from fairlead.records.imports.suggest import Guess, normal
from fairlead.records.public import FieldType, ImportRun, cleaning
from fairlead.tenancy.public import Actor

_HEADERS = {
    "name": "name|company name|company|account name|organization name|firma|firmenname|entreprise|empresa|nom",
    "tags": "tags|tag|tag list|schlagworte|etiquettes|etiquetas",
    "created_at": "create date|created|created at|created date|date created|erstellt am|date de creation",
    "domain": "domain|company domain name|company domain|domane|domaine|dominio",
    "website": "website|website url|url|homepage|webseite|site web|web site",
    "phone": "phone|phone number|telefon|telephone|telefono|main phone",
    "email": "email|email address|e mail|correo",
    "description": "description|about us|beschreibung|notes",
    "": "last changed|last modified date|last activity",
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


NEVER_CLEARED = frozenset({"lifecycle", "owner", "tags", "created_at"})
_SPECIAL = (
    Target("tags", "Tags", FieldType.TEXT, "Sorting", True, "Several in one cell, between ; or ,"),
    Target("created_at", "Created", FieldType.DATETIME, "System"),
)


@cache
def _known() -> dict[str, str]:
    return {normal(h): target for target, headers in _HEADERS.items() for h in headers.split("|")}


@dataclass
class Draft(by_verbs.Draft[Company]):
    """A row, the tags of its company, those of them that it lacks, and when it was made elsewhere."""

    tags: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    created_at: datetime | None = None
    emptied: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """Return its id elsewhere, its domain and its name."""
        values = self.values
        marks = (("x", values.get("external_id")), ("d", values.get("domain")), ("n", fold(values.get("name") or "")))
        return [f"{prefix}:{value}" for prefix, value in marks if value]


class CompanySession(by_verbs.RecordSession[Draft, Company]):
    """One run over companies."""

    noun, model = "company", Company
    attributes: ClassVar[Mapping[str, str]] = {"owner": "owner_id"}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._references = References(context)
        self._tagged: dict[UUID, set[str]] = {}  # of the companies that the chunk under way may mean

    @property
    def made(self) -> dict[str, list[str]]:
        """See `RecordSession`."""
        return self._references.made

    def own_parser(self, column: Column) -> Parse | None:
        """Read stages of the lifecycle as those of contacts: other systems have the same words for both."""
        if column.target == "tags":
            return partial(several, column)
        return lifecycle if column.target == "lifecycle" else None

    def keys(self, batch: Batch) -> set[str]:
        """Return the companies' names, domains and ids."""
        return {key for draft in self._read(batch) for key in draft.keys}

    def drafts(self, batch: Batch) -> list[Draft]:
        """See `RecordSession`."""
        drafts, always = self._read(batch), self.context.options.tags
        for draft in drafts:
            draft.tags += always
            if name := draft.values.get("owner"):
                draft.values["owner"] = self._references.owner(name)
        return drafts

    def _read(self, batch: Batch) -> list[Draft]:
        """Return the rows as they say it: the database is not asked."""
        drafts = [Draft(i) for i in range(batch.size)]
        for column, values in batch.columns:
            name = column.target or ""
            for draft, value in zip(drafts, values, strict=True):
                if value is None:
                    draft.emptied.append(name)
                elif isinstance(value, CustomValue):
                    draft.values.setdefault("custom", {})[name.removeprefix("custom.")] = value.value
                elif name == "tags":
                    draft.tags += value
                elif name == "created_at":
                    draft.created_at = value
                else:
                    draft.values[name] = value
        return drafts

    def usable(self, drafts: Iterable[Draft], result: Plan) -> list[Draft]:
        """Return the rows with a name; those of one name fold into the first."""
        first: dict[str, Draft] = {}
        header = next((column.header for column, _ in result.batch.of("name")), "")
        for draft in drafts:
            if not draft.values.get("name"):
                by_verbs.refuse(result, draft.index, Fault(header, "", "The row has no company name."))
                continue
            kept = first.setdefault(fold(draft.values["name"]), draft)
            if kept is not draft:
                self.absorb(kept, draft)
                result.merged += 1
        return list(first.values())

    def matches(self, drafts: Sequence[Draft]) -> dict[str, Company]:
        """See `RecordSession`."""
        keys = {key for draft in drafts for key in draft.keys}
        found: dict[str, Company] = {}
        rows = access.companies(self.context.by)
        for prefix, column in (("n", "sort_key"), ("d", "domain"), ("x", "external_id")):
            wanted = [k[2:] for k in keys if k[0] == prefix]
            for company in rows.filter(**{f"{column}__in": wanted}).order_by("-id") if wanted else ():
                found[f"{prefix}:{getattr(company, column)}"] = company
        self._tagged.clear()
        if any(draft.tags for draft in drafts):
            ids = {company.pk for company in found.values()}
            for pk, norm in Tagging.rows().filter(record_id__in=ids).values_list("record_id", "tag__name_norm"):
                self._tagged.setdefault(pk, set()).add(norm)
        return found

    def absorb(self, draft: Draft, other: Draft) -> None:
        """See `RecordSession`."""
        super().absorb(draft, other)
        draft.tags += other.tags
        draft.created_at = draft.created_at or other.created_at

    def differs(self, draft: Draft) -> bool:
        """Tell whether a row changes its company or brings it a tag; when a company was made stays as it is."""
        return bool(draft.changes or draft.lacking)

    def changes(self, draft: Draft, known: Company) -> dict[str, Any]:
        """See `RecordSession`."""
        there = self._tagged.get(known.pk, ())
        draft.lacking = [name for name in dict.fromkeys(draft.tags) if fold(name) not in there]
        changes = super().changes(draft, known)
        if not self.context.options.clear:
            return changes
        cleared = self._cleared(draft, known)
        own = {**cleared.get("custom", {}), **changes.get("custom", {})}
        return {**cleared, **changes, **({"custom": own} if own else {})}

    def _cleared(self, draft: Draft, known: Company) -> dict[str, Any]:
        """Return what the empty cells of a row clear."""
        names = [n for n in draft.emptied if n not in NEVER_CLEARED and not n.startswith("custom.")]
        cleared: dict[str, Any] = {n: None for n in names if self.value(known, n) not in (None, "")}
        own = {key: None for n in draft.emptied if (key := n.removeprefix("custom.")) != n and key in known.custom
               and key not in self.context.required}  # fmt: skip
        return cleared | ({"custom": own} if own else {})

    def sample(self, draft: Draft) -> list[Row]:
        """Return a row's fields, and its tags."""
        tags = draft.lacking if draft.known else draft.tags
        return super().sample(draft) + ([self.wording.row("tags", "", ", ".join(tags))] if tags else [])

    def before(self, draft: Draft, found: Company) -> dict[str, Any]:
        """Return what reverting sets again, and the tags that it takes off."""
        return super().before(draft, found) | ({"tags": draft.lacking} if draft.lacking else {})

    def put(self, draft: Draft, found: Company | None) -> tuple[UUID, int]:
        """See `RecordSession`."""
        by = self.context.by
        if found is None:
            values = {k: v for k, v in draft.values.items() if v not in (None, "")}
            made = verbs.create_company(values, by=by, at=draft.created_at)
        else:
            made = verbs.update_company(found.pk, draft.changes, by=by)
        if draft.tags:
            tag_records("company", [made.pk], names=draft.tags, by=by)
        return made.pk, Company.rows().values_list("version", flat=True).get(pk=made.pk)


class CompanyImporter:
    """The noun company, as the engine sees it."""

    noun = "company"
    choices = frozenset({"tags", "clear"})

    def targets(self) -> Sequence[Target]:
        """Return the fields that columns may be written to, tags, and when a company was made."""
        fields = [f for f in FIELDS if f.importable and f.editable]
        return [*(Target.of(f, strict=f in FACETS, also=ALSO.get(f.name, ())) for f in fields), *_SPECIAL]

    def known(self, header: str, values: Sequence[str]) -> Guess | None:
        """Return what a header means."""
        target = None if own_ids(header, values) else _known().get(header)
        return Guess(target or None) if header in _known() else None

    def session(self, context: Context) -> CompanySession:
        """Open a session."""
        return CompanySession(context)

    def clear_away(self, run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
        """See `leftovers.clear_away`."""
        return leftovers.clear_away(run, by=by)

    def revert(self, run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
        """See `by_verbs.revert_chunk`."""

        def put_back(company: Company, before: dict[str, Any]) -> int:
            if tags := before.pop("tags", None):
                untag_records("company", [company.pk], names=tags, by=by)
            return verbs.update_company(company.pk, cleaning.Stored.again(before), by=by).version

        return by_verbs.revert_chunk(
            run, chunk, "company", Company, bin_them=verbs.delete_companies, put_back=put_back, by=by
        )
