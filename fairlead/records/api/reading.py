"""How every noun's records are shown: which columns, which parts, in which page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.records import listing, lists
from fairlead.records.api import filters, rendering
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.models.custom_field import PREFIX
from fairlead.records.nouns import Noun
from fairlead.shell.api import paging
from fairlead.shell.api.paging import Page
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource

Record = rendering.Shown
Loader = Callable[[Sequence[UUID]], Mapping[UUID, Any]]


class Reading(Resource):
    """Shows records. `parts` load what hangs on a record (addresses, tags): always there on the record's own address,
    in lists only when asked for by `include` or `fields`. `asked` are parameters of its lists beyond every noun's,
    which its `narrowed` goes by."""

    noun: ClassVar[Noun]
    parts: ClassVar[Mapping[str, Loader]] = {}
    asked: ClassVar[Sequence[Param]] = ()

    def living(self) -> QuerySet[Any]:
        """Return the records that the caller may see."""
        return self.noun.visible(self.actor)

    def listed(self, rows: QuerySet[Any]) -> Page:
        """Return the page of `rows` that the query asks for."""
        by = self.order()
        at = listing.position(self.noun, by, self.query["cursor"] or "")
        shown = self.shown()
        found, records = lists.page(self.noun, rows, by, at, self.query["limit"], self._columns(shown))
        ready = self._complete(records, shown)
        links = {"next": paging.mark(by.name, found.next), "previous": paging.mark(by.name, found.previous)}
        return Page(ready, ready=True, total=rows.count() if self.query["total"] else None, **links)

    def order(self) -> lists.Sort:
        """Return the order that the query asks for; raise `InvalidInput`."""
        name = self.query["sort"]
        custom = Vocabulary(self.noun).custom(self.noun) if PREFIX in name else ()
        try:
            return lists.sort(self.noun, name, custom)
        except InvalidInput as error:
            raise InvalidInput({"?sort": error.fields["sort"]}) from None

    def narrowed(self, rows: QuerySet[Any], tree: Any, at: str) -> QuerySet[Any]:
        """Return the rows that fit the criteria `tree`, the simple parameters of the query and its quick search."""
        rows = filters.narrow(self.noun, rows, tree=tree, simple=self.extra, by=self.actor, firm=self.firm, at=at)
        return listing.narrowed(self.noun, rows, self.actor, query=self.query["q"])

    def one(self, rows: QuerySet[Any], pk: UUID) -> Record:
        """Return the record with this id out of `rows` with all its parts; raise `NotFound`."""
        shown = self.shown() if self.query["fields"] else [*lists.names(self.noun), *self.parts]
        found = lists.records(self.noun, rows.filter(pk=pk), self._columns(shown))
        if pk not in found:
            raise NotFound
        return self._complete([found[pk]], shown)[0]

    def seen(self, pk: UUID) -> None:
        """Raise `NotFound` unless the caller may see the record."""
        if not self.living().filter(pk=pk).exists():
            raise NotFound

    def shown(self) -> list[str]:
        """Return the names to show, by `fields` and `include`; raise `InvalidInput` for one that does not exist."""
        known = lists.names(self.noun)
        wanted, included = self.query.get("fields"), self.query.get("include") or []
        for name in wanted or ():
            if name not in known and name not in self.parts:
                raise InvalidInput({"?fields": [f"There is no field called {name[:80]}."]})
        return list(dict.fromkeys([*(wanted or known), *included]))

    def _columns(self, shown: Sequence[str]) -> list[Any]:
        """Return the columns to read; id and version are always shown, for the parts and the entity tag."""
        own = dict.fromkeys(["id", "version", *(n for n in shown if n not in self.parts)])
        return ["id", "version", rendering.column(self.noun, list(own))]

    def _complete(self, records: Sequence[Mapping[Any, Any]], shown: Sequence[str]) -> list[Record]:
        """Return the records with their parts, ready to be sent."""
        ready = [Record(*record.values()) for record in records]
        for name in shown:
            if name in self.parts:
                loaded = self.parts[name]([record.pk for record in ready]) if ready else {}
                for record in ready:
                    record.add(name, loaded.get(record.pk, []))
        return ready
