"""Contacts in the import engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import IntegrityError

from fairlead.events.public import record_many
from fairlead.kernel.text import fold
from fairlead.people.actions import marking
from fairlead.people.importing import headers, leftovers, reverting, targets, unique
from fairlead.people.importing.creating import blocked, create
from fairlead.people.importing.drafts import PLAIN, draft
from fairlead.people.importing.matching import key_of
from fairlead.people.importing.planning import Content, plan
from fairlead.people.importing.references import References
from fairlead.people.importing.updating import suppress, suppressed, update
from fairlead.records.imports import by_verbs, plug
from fairlead.records.imports.columns import Target
from fairlead.records.imports.convert import Batch, Parse
from fairlead.records.imports.plug import Context, Moved, Plan
from fairlead.records.imports.suggest import Guess
from fairlead.records.public import ImportRun
from fairlead.tenancy.public import Actor


class ContactSession:
    """One run: remembers companies, tags, lists and owners from chunk to chunk."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._references = References(context)

    def parsers(self) -> Mapping[int, Parse]:
        """Return how each mapped column is read."""
        found = by_verbs.parsers(self._context, "contact", targets.parser)
        for column in self._context.columns:
            if column.target in PLAIN and headers.is_numbered(column.header):
                found[column.index] = _first_of(found[column.index])
        return found

    def keys(self, batch: Batch) -> set[str]:
        """Return addresses and match keys of the chunk."""
        drafts = draft(batch, self._context, ())
        people = {a.norm for row in drafts.emails for a in row} | {k for k in key_of(drafts, self._context) if k}
        return people | unique.keys(drafts, self._context)

    def plan(self, batch: Batch) -> Plan:
        """See `planning.plan`."""
        return plan(batch, self._context, self._references)

    def new_keys(self, made: Plan) -> list[str]:
        """Return the match keys of the new people."""
        content: Content = made.content
        return [key for key in key_of(content.new, self._context) if key]

    def write(self, made: Plan) -> None:
        """Write new people, then changes, then what counts both."""
        content: Content = made.content
        chunk, context = made.batch.number, self._context
        try:
            ids = create(content, context, chunk)
            update(content.changes, context, chunk)
        except IntegrityError as error:  # a rival took an address, or a company went, since the plan was made
            raise Moved from error
        self._blocked(content, ids)
        self._extras(content, ids, chunk)
        used = Counter(UUID(pk) for c in content.changes for pk in c.tags)
        known = {norm: tag.id for norm, tag in content.tag_ids.items()}
        used.update(known[fold(n)] for row in content.new.tags for n in row)
        marking.count(used)

    def _blocked(self, content: Content, ids: Sequence[str]) -> None:
        found = [(UUID(ids[index]), address) for index, address in blocked(content.new)]
        if found:
            suppress([address for _, address in found])
            record_many([suppressed(pk, address, self._context) for pk, address in found], by=self._context.by)

    def _extras(self, content: Content, ids: Sequence[str], chunk: int) -> None:
        for name, extra in plug.extras_of("contact").items():
            rows = content.new.extras.get(name, ())
            wanted = [(pk, text) for pk, texts in zip(ids, rows, strict=False) for text in texts]
            wanted += [(c.known.contact.id.hex, text) for c in content.changes for text in c.extras.get(name, ())]
            if wanted:
                written = extra.write("contact", wanted, by=self._context.by)
                reverting.remember_extras(self._context.run_id, chunk, name, wanted, written)


def _first_of(parse: Parse) -> Parse:
    """Return how a cell is read of which a contact has one value and Google several."""
    return lambda text: parse(text.partition(headers.SEVERAL)[0].rstrip())


class ContactImporter:
    """The noun contact, as the engine sees it."""

    noun = "contact"
    choices = frozenset({"match", "tags", "lists", "clear", "allow_without_address"})

    def targets(self) -> Sequence[Target]:
        """See `targets.targets`."""
        return targets.targets()

    def known(self, header: str, values: Sequence[str]) -> Guess | None:
        """See `headers.known`."""
        return headers.known(header, values)

    def session(self, context: Context) -> ContactSession:
        """Open a session."""
        return ContactSession(context)

    def revert(self, run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
        """See `reverting.revert_chunk`."""
        return reverting.revert_chunk(run, chunk, by=by)

    def clear_away(self, run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
        """See `leftovers.clear_away`."""
        return leftovers.clear_away(run, by=by)
