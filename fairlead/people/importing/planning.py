"""Deciding what a batch of rows does: who is new, who changes and how, which rows cannot be taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fairlead.kernel.text import fold
from fairlead.people import access
from fairlead.people.importing import matching, unique
from fairlead.people.importing.changes import Change, Comparer, Known
from fairlead.people.importing.drafts import Drafts, draft, fold_rows, keep_only
from fairlead.people.importing.references import References
from fairlead.people.importing.samples import sample_change, sample_new
from fairlead.people.models import ContactEmail, ContactPhone, ListSubscription, Suppression, Tagging
from fairlead.records.imports import plug
from fairlead.records.imports.convert import Batch
from fairlead.records.imports.plug import Context, Plan
from fairlead.records.imports.problems import Fault, Problem, whole_row
from fairlead.records.imports.samples import Wording

SAMPLES = 20
NO_ADDRESS = "The row has no email address. Allow contacts without an address in the options, or fill it in."

NOBODY = "The row says nothing of who it is: no name, no address, no number and no company."


@dataclass(slots=True)
class Content:
    """The new people and the changes of a plan, with the ids that their names stand for."""

    new: Drafts
    changes: list[Change]
    companies: Mapping[str, str | None] = field(default_factory=dict)
    members: dict[str, list[UUID | None]] = field(default_factory=dict)
    tag_ids: Mapping[str, Any] = field(default_factory=dict)
    list_ids: Mapping[str, Any] = field(default_factory=dict)


def plan(batch: Batch, context: Context, references: References) -> Plan:
    """Return the plan of a batch. Reads the database; makes missing companies, tags and lists."""
    result = Plan(batch, problems=list(batch.problems))
    drafts = draft(batch, context, list(plug.extras_of("contact")))
    keys, found, holders = _matched(drafts, context)
    result.merged = drafts.merged
    _refuse(drafts, found, holders, context, result)
    if batch.refused is not None:
        result.problems[: len(batch.problems)] = _all_of(batch, batch.refused, context)
    new, known_rows = _split(drafts, keys, found, holders, context, result)
    content = Content(drafts, [])
    _resolve(drafts, [*new, *known_rows], batch.number, references, content)
    refused = len(result.problems)
    changes = _changes(drafts, known_rows, content, context, result)
    refused = len(result.problems) - refused
    result.updated, result.unchanged = len(changes), len(known_rows) - len(changes) - refused
    content.changes = changes
    content.members = {name: [found[i] for i in new] for name, found in content.members.items()}
    keep_only(drafts, list(new))
    result.created = len(new)
    if context.rehearsal:
        wording = Wording("contact", context)
        names = {t.id.hex: t.name for t in (*content.tag_ids.values(), *content.list_ids.values())}
        result.samples = [sample_change(c, wording, names) for c in changes[:SAMPLES]]
        result.samples += [sample_new(drafts, i, wording) for i in range(min(SAMPLES, drafts.size))]
    result.made = references.made
    result.content = content
    return result


def _matched(
    drafts: Drafts, context: Context
) -> tuple[Sequence[str | None], Sequence[UUID | None], Mapping[str, UUID]]:
    """Fold one person's rows into one; return the rows' keys, whom they mean, and who holds each address.

    Rows of different keys may mean one known person, by two of their addresses: they are one change.
    """
    fold_rows(drafts, matching.key_of(drafts, context), overwrite=context.options.overwrite)
    keys = matching.key_of(drafts, context)
    found, holders = matching.find(drafts, keys, context)
    known = [pk for pk in found if pk is not None]
    if len(set(known)) < len(known):
        fold_rows(drafts, found, overwrite=context.options.overwrite)
        keys = matching.key_of(drafts, context)
        found, holders = matching.find(drafts, keys, context)
    return keys, found, holders


def _refuse(
    drafts: Drafts, found: Sequence[UUID | None], holders: Mapping[str, UUID], context: Context, result: Plan
) -> None:
    """Report the rows that cannot be taken."""
    batch, claimed = drafts.batch, dict[str, int]()
    wrong = unique.refused(drafts, found, context)
    for index, faults in _lacking(drafts, found, context):
        wrong.setdefault(index, []).extend(faults)
    for index, row in enumerate(drafts.emails):
        known, fine = found[index], bool(row) and index not in wrong
        for address in row:
            if holders.get(address.norm, known) != known or claimed.setdefault(address.norm, index) != index:
                fine = False
        if fine:
            continue
        if faults := [*_faults(drafts, index, known, holders, context, claimed), *wrong.get(index, ())]:
            result.problems.append(Problem(batch.lines[index], tuple(faults), batch.cells[index]))


def _lacking(drafts: Drafts, found: Sequence[UUID | None], context: Context) -> Iterator[tuple[int, list[Fault]]]:
    """Yield the rows of new people who lack a required own field."""
    if not context.required or context.options.mode == "update":
        return
    for index, known in enumerate(found):
        filled = {key for key, values in drafts.custom.items() if values[index] is not None}
        if known is None and (faults := context.lacking(filled)):
            yield index, faults


def _faults(
    drafts: Drafts, index: int, known: UUID | None, holders: Mapping[str, UUID], context: Context,
    claimed: dict[str, int],
) -> list[Fault]:  # fmt: skip
    """Return why a row cannot be taken: it has no address, says nobody, or names addresses of somebody else.

    `claimed` are the addresses of the rows before.
    """
    row, batch = drafts.emails[index], drafts.batch
    if not row:
        if known is None and not context.options.allow_without_address:
            return [Fault(_header(batch, index, ""), "", NO_ADDRESS)]
        return [] if known is not None or drafts.says_who(index) else [Fault("", "", NOBODY)]
    faults: list[Fault] = []
    for written, norm, _ in row:
        holder = holders.get(norm)
        if (holder is not None and holder != known) or claimed.setdefault(norm, index) != index:
            message = f"{written} already belongs to another contact."
            faults.append(Fault(_header(batch, index, norm), written, message))
    return faults


def _header(batch: Batch, index: int, norm: str) -> str:
    """Return the column in which a row has an address; the first of addresses when none has it."""
    columns = [column for column, _ in (*batch.of("email"), *batch.of("emails"))]
    having = [c for c in columns if c.index < len(batch.cells[index]) and norm in batch.cells[index][c.index].lower()]
    return next((column.header for column in (*having, *columns)), "")


def _all_of(batch: Batch, refused: Batch, context: Context) -> list[Problem]:
    """Return the problems of a batch with what else is wrong in its unreadable rows: nobody mends a row twice."""
    drafts = draft(refused, context, ())
    found, holders = matching.find(drafts, matching.key_of(drafts, context), context)
    lines = {line: index for index, line in enumerate(refused.lines)}
    headers = {column.header for column, _ in (*refused.of("email"), *refused.of("emails"))}
    whole: list[Problem] = []
    for line, faults, cells in batch.problems:
        if line in lines and headers.isdisjoint(fault.column for fault in faults):
            faults += tuple(_faults(drafts, lines[line], found[lines[line]], holders, context, {}))
        whole.append(Problem(line, faults, cells))
    return whole


def _split(
    drafts: Drafts,
    keys: Sequence[str | None],
    found: Sequence[UUID | None],
    holders: Mapping[str, UUID],
    context: Context,
    result: Plan,
) -> tuple[list[int], dict[int, UUID]]:
    """Return the indexes of new people and of known ones; count what the mode skips."""
    refused = {p.line for p in result.problems}
    mode, new, known = context.options.mode, [], {}
    for index, pk in enumerate(found):
        if refused and drafts.batch.lines[index] in refused:
            continue
        if pk is None and mode != "update":
            new.append(index)
        elif pk is not None and mode != "create":
            known[index] = pk
        else:
            result.skipped += 1
    return new, known


def _resolve(drafts: Drafts, indexes: Iterable[int], chunk: int, references: References, content: Content) -> None:
    """Turn the names that the rows use into ids."""
    used = list(indexes)
    if names := drafts.kept.get("company"):
        content.companies = references.companies((names[i] for i in used), chunk)
    for name in ("owner", "converted_by"):
        if members := drafts.kept.get(name):
            content.members[f"{name}_id"] = [references.owner(called) if called else None for called in members]
    tags = {name for i in used for name in drafts.tags[i]}
    lists = {name for i in used for name in (*drafts.lists[i], *drafts.left[i])}
    content.tag_ids = references.tags(tags) if tags else {}
    content.list_ids = references.lists(lists) if lists else {}


def _changes(
    drafts: Drafts, rows: Mapping[int, UUID], content: Content, context: Context, result: Plan
) -> list[Change]:
    if not rows:
        return []
    known = _load(list(rows.values()), drafts, context)
    resolved: dict[str, list[Any]] = {**content.members}
    if names := drafts.kept.get("company"):
        resolved["company_id"] = [_company(content.companies, name) for name in names]
    comparer = Comparer(drafts, context, resolved)
    changes: list[Change] = []
    for index, pk in rows.items():
        person = known.get(pk)
        if person is None:
            batch = drafts.batch
            message = "The row belongs to a contact that you may not change."
            result.problems.append(whole_row(batch.lines[index], message, batch.cells[index]))
            continue
        tags = [content.tag_ids[fold(n)].id.hex for n in drafts.tags[index]]
        lists = [content.list_ids[fold(n)].id.hex for n in drafts.lists[index]]
        changes.append(comparer.change(index, person, tags, lists))
        left = [content.list_ids[fold(n)].id.hex for n in drafts.left[index]]
        changes[-1].left = [pk for pk in left if pk not in person.lists]
        changes[-1].extras = {name: list(values[index]) for name, values in drafts.extras.items() if values[index]}
    _drop_known(changes)
    return [c for c in changes if not c.is_empty]


def _company(ids: Mapping[str, str | None], name: str | None) -> UUID | str | None:
    """Return the id of a row's company; in a dry run its name, when it is yet to be made."""
    if name is None or fold(name) not in ids:
        return None
    found = ids[fold(name)]
    return UUID(found) if found else name


def _load(ids: list[UUID], drafts: Drafts, context: Context) -> dict[UUID, Known]:
    """Return the contacts that the actor may change, with what hangs on them as far as the file speaks of it."""
    known = {c.id: Known(c) for c in access.contacts(context.by).filter(pk__in=ids)}
    for email in ContactEmail.rows().filter(contact_id__in=known):
        known[email.contact_id].emails.append(email)
    if any(drafts.phones):
        for phone in ContactPhone.rows().filter(contact_id__in=known):
            known[phone.contact_id].phones.append(phone)
    if any(drafts.tags):
        for record, tag in Tagging.rows().filter(record_id__in=known).values_list("record_id", "tag_id"):
            known[record].tags.add(tag.hex)
    if any(drafts.lists) or any(drafts.left):
        rows = ListSubscription.rows().filter(contact_id__in=known)
        for contact, chosen in rows.values_list("contact_id", "list_id"):
            known[contact].lists.add(chosen.hex)
    return known


def _drop_known(changes: Sequence[Change]) -> None:
    """Leave out blocked addresses and extras (notes …) that are there already."""
    blocked = {address.norm for c in changes for address in c.suppress}
    if blocked:
        there = set(Suppression.rows().filter(address_norm__in=blocked).values_list("channel", "address_norm"))
        for change in changes:
            change.suppress = [a for a in change.suppress if a[:2] not in there]
    for name, extra in plug.extras_of("contact").items():
        wanted = [(c, text) for c in changes for text in c.extras.get(name, ())]
        if not wanted:
            continue
        missing = extra.missing("contact", [(c.known.contact.id.hex, text) for c, text in wanted])
        for change in changes:
            change.extras.pop(name, None)
        for (change, text), lacks in zip(wanted, missing, strict=True):
            if lacks:
                change.extras.setdefault(name, []).append(text)
