"""What rows refer to by name: companies, tags, lists and owners. Missing ones are made, but for owners."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from fairlead.accounts.public import Membership
from fairlead.events.public import NewEvent, record_many, record_select
from fairlead.kernel.ids import uuid7_texts
from fairlead.kernel.text import fold
from fairlead.people.actions.companies import keeper
from fairlead.people.actions.tags import ensure_tags
from fairlead.people.models import Company, ContactList, Tag
from fairlead.records.imports.plug import Context
from fairlead.records.public import ImportChange
from fairlead.tenancy.public import bulk, require_firm

REMEMBERED = 200_000  # names kept from chunk to chunk


class References:
    """Names to ids, remembered for a run. In a rehearsal a missing name gets no id, and is only counted."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._companies: dict[str, str | None] = {}
        self._tags: dict[str, Tag] = {}
        self._lists: dict[str, ContactList] = {}
        self._members: dict[str, Membership] | None = None
        self.made: dict[str, list[str]] = {}

    def companies(self, names: Iterable[str | None], chunk: int) -> dict[str, str | None]:
        """Return folded name to id (32 hexadecimal digits), making the companies that are missing."""
        wanted = {fold(n): n for n in names if n}
        wanted.pop("", None)
        unknown = [k for k in wanted if k not in self._companies]
        if len(self._companies) > REMEMBERED:
            self._companies.clear()
            unknown = list(wanted)
        if unknown:
            self._companies |= self._known_companies(unknown)
            missing = [k for k in unknown if k not in self._companies]
            if missing:
                self._companies |= self._new_companies([(k, wanted[k]) for k in missing], chunk)
        return self._companies

    def tags(self, names: Iterable[str]) -> dict[str, Tag]:
        """Return folded name to tag."""
        missing = {fold(n): n for n in names if fold(n) not in self._tags}
        if missing and self._context.rehearsal:
            self._tags |= {t.name_norm: t for t in Tag.rows().filter(name_norm__in=missing)}
            for norm in missing.keys() - self._tags.keys():
                self.note("tags", missing[norm])
                self._tags[norm] = Tag(name=missing[norm], name_norm=norm)
        elif missing:
            known = set(Tag.rows().filter(name_norm__in=missing).values_list("name_norm", flat=True))
            self._tags |= ensure_tags(missing.values(), by=self._context.by)
            for norm in sorted(missing.keys() - known):
                self.note("tags", missing[norm])
        return self._tags

    def lists(self, names: Iterable[str]) -> dict[str, ContactList]:
        """Return folded name to list."""
        missing = {fold(n): n for n in names if fold(n) not in self._lists}
        if missing:
            self._lists |= {c.name_norm: c for c in ContactList.rows().filter(name_norm__in=missing)}
            new = [ContactList(name=missing[k], name_norm=k) for k in sorted(missing.keys() - self._lists.keys())]
            for made in new:
                self.note("lists", made.name)
            if not self._context.rehearsal:
                ContactList.objects.bulk_create(new, ignore_conflicts=True)
                events = [NewEvent("list.created", ("list", c.id), data={"list": c.name}) for c in new]
                record_many(events, by=self._context.by)
                self._lists |= {c.name_norm: c for c in ContactList.rows().filter(name_norm__in=missing)}
            self._lists |= {c.name_norm: c for c in new if c.name_norm not in self._lists}
        return self._lists

    def owner(self, name: str) -> UUID | None:
        """Return the active member with this address or full name; None, and a remark, when there is none."""
        if self._members is None:
            rows = Membership.rows().filter(deactivated_at=None).select_related("user")
            members = list(rows)
            self._members = {fold(m.user.name): m for m in members} | {fold(m.user.email): m for m in members}
        found = self._members.get(fold(name))
        if found is None:
            self.note("unknown owners", name)
        return found.id if found else None

    def note(self, kind: str, name: str) -> None:
        """Remark in the report that a name was made, or is unknown."""
        names = self.made.setdefault(kind, [])
        if name not in names and len(names) < 200:
            names.append(name)

    def _known_companies(self, folded: Sequence[str]) -> dict[str, str | None]:
        by = self._context.by
        owners = None if by.visible_owners is None else list(by.visible_owners)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sort_key, id FROM people_company WHERE firm_id = %s AND sort_key = ANY(%s) "
                "AND deleted_at IS NULL AND (%s::uuid[] IS NULL OR owner_id = ANY(%s::uuid[])) ORDER BY id DESC",
                [require_firm(), list(folded), owners, owners],
            )
            return {key: pk.hex for key, pk in cursor.fetchall()}

    def _new_companies(self, names: Sequence[tuple[str, str]], chunk: int) -> dict[str, str | None]:
        for _, name in names:
            self.note("companies", name)
        if self._context.rehearsal:
            return {key: None for key, _ in names}
        context, ids = self._context, uuid7_texts(len(names))
        block = bulk.copy_block([ids, ids, [n for _, n in names], [k for k, _ in names]])
        bulk.stage("new_company", {"id": "uuid", "record_id": "uuid", "name": "text", "sort_key": "text"}, block)
        made = {"source": "import", "created_by_id": context.by.membership_id, "owner_id": keeper(context.by)}
        bulk.insert(
            bulk.Insert(Company, "new_company", ["id", "name", "sort_key"], made),
            bulk.Insert(ImportChange, "new_company", ["id", "record_id"],
                        {"run_id": context.run_id, "chunk": chunk, "noun": "company", "is_new": True, "version": 1}),
        )  # fmt: skip
        record_select(
            "company.created",
            "SELECT id, NULL::uuid, id, jsonb_build_object('name', name, 'source', 'import', 'import', %(run)s::text) "
            "FROM new_company",
            {"run": str(context.run_id)}, by=context.by, noun="company",
        )  # fmt: skip
        return {key: pk for (key, _), pk in zip(names, ids, strict=True)}
