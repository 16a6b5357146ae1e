"""Companies in the import engine: matched by external id, domain or name, written by the verbs of companies."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from fairlead.kernel.text import fold
from fairlead.people import access
from fairlead.people.actions import companies as verbs
from fairlead.people.importing import leftovers
from fairlead.people.importing.references import References
from fairlead.people.importing.targets import lifecycle
from fairlead.people.models import Company
from fairlead.people.nouns.company import FIELDS
from fairlead.people.nouns.fields import FACETS
from fairlead.records.imports import by_verbs
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import Batch, CustomValue, Parse
from fairlead.records.imports.plug import Context, Plan
from fairlead.records.imports.suggest import Guess, normal
from fairlead.records.public import ImportRun, cleaning
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


class Draft(by_verbs.Draft[Company]):
    """A row."""

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

    @property
    def made(self) -> dict[str, list[str]]:
        """See `RecordSession`."""
        return self._references.made

    def own_parser(self, column: Column) -> Parse | None:
        """Read stages of the lifecycle as those of contacts: other systems have the same words for both."""
        return lifecycle if column.target == "lifecycle" else None

    def keys(self, batch: Batch) -> set[str]:
        """Return the companies' names, domains and ids."""
        return {key for draft in self.drafts(batch) for key in draft.keys}

    def drafts(self, batch: Batch) -> list[Draft]:
        """See `RecordSession`."""
        drafts = [Draft(i) for i in range(batch.size)]
        for column, values in batch.columns:
            name = column.target or ""
            for draft, value in zip(drafts, values, strict=True):
                if value is None:
                    continue
                if isinstance(value, CustomValue):
                    draft.values.setdefault("custom", {})[name.removeprefix("custom.")] = value.value
                elif name == "owner":
                    draft.values["owner"] = self._references.owner(value)
                else:
                    draft.values[name] = value
        return drafts

    def usable(self, drafts: Iterable[Draft], result: Plan) -> list[Draft]:
        """Return the rows with a name; those of one name fold into the first."""
        first: dict[str, Draft] = {}
        for draft in drafts:
            if not draft.values.get("name"):
                by_verbs.refuse(result, draft.index, "The row has no company name.")
                continue
            kept = first.setdefault(fold(draft.values["name"]), draft)
            if kept is not draft:
                kept.values = {**draft.values, **kept.values}
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
        return found

    def changes(self, draft: Draft, known: Company) -> dict[str, Any]:
        """Return what a row sets; when a company was made stays as it is."""
        return {n: v for n, v in super().changes(draft, known).items() if n != "created_at"}

    def put(self, draft: Draft, found: Company | None) -> tuple[UUID, int]:
        """See `RecordSession`."""
        by = self.context.by
        if found is None:
            made = verbs.create_company({k: v for k, v in draft.values.items() if v not in (None, "")}, by=by)
        else:
            made = verbs.update_company(found.pk, draft.changes, by=by)
        return made.pk, made.version


class CompanyImporter:
    """The noun company, as the engine sees it."""

    noun = "company"
    choices: frozenset[str] = frozenset()

    def targets(self) -> Sequence[Target]:
        """Return the fields that columns may be written to."""
        return [Target.of(f, strict=f in FACETS) for f in FIELDS if f.importable and f.editable]

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
        """See `by_verbs.revert_chunk`."""

        def put_back(company: Company, before: dict[str, Any]) -> int:
            return verbs.update_company(company.pk, cleaning.Stored.again(before), by=by).version

        return by_verbs.revert_chunk(
            run, chunk, "company", Company, bin_them=verbs.delete_companies, put_back=put_back, by=by
        )
