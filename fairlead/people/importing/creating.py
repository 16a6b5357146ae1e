"""Writing the new people of a plan, as sets: staged by COPY, inserted through the bulk door, told to the log."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, repeat
from typing import Any

from fairlead.events.public import record_select
from fairlead.kernel import clock
from fairlead.kernel import phone as phones
from fairlead.kernel.ids import uuid7_texts
from fairlead.kernel.text import fold
from fairlead.people.importing.drafts import CHANNELS, Drafts, bounce
from fairlead.people.importing.planning import Content
from fairlead.people.importing.targets import BOUNCED, Blocked
from fairlead.people.models import Consent, Contact, ContactEmail, ContactPhone, ListSubscription, Tagging
from fairlead.records.imports.convert import as_json
from fairlead.records.imports.plug import Context
from fairlead.records.public import FieldValue, ImportChange
from fairlead.records.public import value_keys as keys
from fairlead.tenancy.public import bulk

Texts = Sequence[str | None]
EMAIL = {"id": "uuid", "contact_id": "uuid", "address": "text", "address_norm": "text", "label": "text",
         "is_primary": "boolean"}  # fmt: skip
PHONE = {"id": "uuid", "contact_id": "uuid", "number": "text", "e164": "text", "label": "text",
         "is_primary": "boolean"}  # fmt: skip


def create(content: Content, context: Context, chunk: int) -> list[str]:
    """Write the new people of a chunk and return their ids (32 hexadecimal digits), in the order of the rows."""
    drafts = content.new
    if not drafts.size:
        return []
    ids = uuid7_texts(drafts.size)
    numbers = _numbers(drafts, context)
    staged = _stage_contacts(drafts, content, context, ids, numbers)
    _stage_emails(drafts, ids)
    _stage_phones(ids, numbers)
    inserts = [
        bulk.Insert(Contact, "new_contact", staged, {"created_by_id": context.by.membership_id}),
        bulk.Insert(ContactEmail, "new_email", list(EMAIL)),
        bulk.Insert(ContactPhone, "new_phone", list(PHONE)),
        bulk.Insert(ImportChange, "new_contact", ["id", "record_id"],
                    {"run_id": context.run_id, "chunk": chunk, "noun": "contact", "is_new": True, "version": 1}),
    ]  # fmt: skip
    bulk.insert(*inserts, *_sorting(drafts, content, context, ids), *_index(drafts, context, ids))
    company = "company_id" if "company_id" in staged else "NULL::uuid"
    record_select(
        "contact.created",
        f"SELECT id, id, {company}, event FROM new_contact",  # noqa: S608 - a constant
        by=context.by, noun="contact",
    )  # fmt: skip
    return ids


def _numbers(drafts: Drafts, context: Context) -> list[tuple[tuple[str, str, str], ...]]:
    """Return (typed, E.164 or "", label) for each number of each person, the same number once."""
    home = context.home.country
    countries = drafts.plain.get("country") or repeat(None)
    found: list[tuple[tuple[str, str, str], ...]] = []
    for row, country in zip(drafts.phones, countries, strict=False):
        if not row:
            found.append(())
            continue
        parsed = tuple((n.typed, phones.e164(n.typed, country or home), n.label) for n in row)
        found.append(
            parsed if len(parsed) == 1 else tuple({p[1] or phones.digits(p[0]): p for p in parsed[::-1]}.values())[::-1]
        )
    return found


def _stage_contacts(
    drafts: Drafts,
    content: Content,
    context: Context,
    ids: list[str],
    numbers: Sequence[Sequence[tuple[str, str, str]]],
) -> list[str]:
    """Stage the contacts' own rows and return the columns of the stage that belong to the table."""
    columns, names = _shown_columns(drafts, context, ids, numbers)
    for name, values in drafts.plain.items():
        if name not in columns:
            columns[name] = _column(name, values)
    if drafts.kept.get("company"):
        known = content.companies
        columns["company_id"] = ("uuid", [known.get(fold(n)) if n else None for n in drafts.kept["company"]])
    for name, members in content.members.items():
        columns[name] = ("uuid", [m.hex if m else None for m in members])
    columns |= _consent(drafts)
    if "source" not in columns:
        columns["source"] = ("text", ["import"] * drafts.size)
    own = list(columns)
    columns["record_id"] = ("uuid", ids)
    columns["event"] = ("jsonb", _events(names, content, context))
    bulk.stage(
        "new_contact", {n: kind for n, (kind, _) in columns.items()}, bulk.copy_block([v for _, v in columns.values()])
    )
    return own


def _shown_columns(
    drafts: Drafts, context: Context, ids: list[str], numbers: Sequence[Sequence[tuple[str, str, str]]]
) -> tuple[dict[str, tuple[str, Texts]], list[str]]:
    """Return the columns that every contact has, and the names that are shown."""
    blank: Texts = [""] * drafts.size
    firsts, lasts = (_texts(drafts.plain.get(n), "") or blank for n in ("first_name", "last_name"))
    emails = [row[0].written if row else "" for row in drafts.emails]
    shown = [(row[0][1] or row[0][0]) if row else "" for row in numbers]
    names = [f"{f} {s}".strip() or e or p or "—" for f, s, e, p in zip(firsts, lasts, emails, shown, strict=True)]
    columns: dict[str, tuple[str, Texts]] = {
        "id": ("uuid", ids),
        "first_name": ("text", firsts),
        "last_name": ("text", lasts),
        "name": ("text", names),
        "sort_key": ("text", [fold(f"{s} {f}") or fold(n) for f, s, n in zip(firsts, lasts, names, strict=True)]),
        "email": ("text", emails),
        "email_norm": ("text", [row[0].norm if row else "" for row in drafts.emails]),
        "phone": ("text", shown),
        "custom": ("jsonb", _custom(drafts, context)),
    }
    return columns, names


def _column(name: str, values: Sequence[Any]) -> tuple[str, Texts]:
    column: Any = Contact._meta.get_field(name)
    default, kind = column.get_default(), column.get_internal_type()
    if kind == "SmallIntegerField":
        return "smallint", [None if v is None else str(v) for v in values]
    if isinstance(default, bool):
        return "boolean", ["t" if (default if v is None else v) else "f" for v in values]
    if isinstance(default, datetime) or default is None:
        fallback = default.isoformat() if default else None
        return "timestamptz", [v.isoformat() if v else fallback for v in values]
    return "text", _texts(values, str(default))  # type: ignore[return-value]


def _texts(values: Sequence[str | None] | None, default: str) -> list[str] | None:
    return [v or default for v in values] if values is not None else None


def _custom(drafts: Drafts, context: Context) -> list[str]:
    """Return the custom values as JSON texts, put together from the values' own."""
    defaults = {f.key: f.default for f in context.custom.values() if f.default is not None}
    always = [f"{as_json(k)}:{as_json(v)}" for k, v in defaults.items() if k not in drafts.custom]
    columns = [_named(key, values, _default(key, defaults)) for key, values in drafts.custom.items()]
    if not columns:
        return [f"{{{','.join(always)}}}"] * drafts.size
    return ["{" + ",".join(filter(None, chain(row, always))) + "}" for row in zip(*columns, strict=True)]


def _named(key: str, values: Sequence[Any], empty: str) -> list[str]:
    prefix = f"{as_json(key)}:"
    return [prefix + v.json if v is not None else empty for v in values]


def _default(key: str, defaults: dict[str, Any]) -> str:
    return f"{as_json(key)}:{as_json(defaults[key])}" if key in defaults else ""


def _consent(drafts: Drafts) -> dict[str, tuple[str, Texts]]:
    """Return the consent columns: an opt-out sets status, date and do-not-contact together."""
    columns: dict[str, tuple[str, Texts]] = {}
    if words := drafts.kept.get("consent"):
        now, out = clock.now().isoformat(), str(Consent.OPTED_OUT)
        known = {out, str(Consent.OPTED_IN), str(Consent.PENDING)}
        days = drafts.kept.get("opt_out_date") or repeat(None)
        columns["opt_in_status"] = ("text", [w if w in known else str(Consent.UNKNOWN) for w in words])
        columns["opt_out_date"] = (
            "timestamptz",
            [(d.isoformat() if d else now) if w == out else None for w, d in zip(words, days, strict=False)],
        )
        columns["do_not_contact"] = ("boolean", ["t" if w == out else "f" for w in words])
    if any(name in drafts.kept for name in CHANNELS):
        columns["channels"] = ("jsonb", [as_json(drafts.channels(i)) for i in range(drafts.size)])
    return columns


def _events(names: Sequence[str], content: Content, context: Context) -> list[str]:
    """Return the data of the creations' events: name, run, and the tags and lists the people came with."""
    drafts = content.new
    tail = f', "source": "import", "import": "{context.run_id}"'
    remembered: dict[Any, str] = {}

    def words(tags: tuple[str, ...], lists: tuple[str, ...]) -> str:
        text = (f', "tags": {as_json(tags)}' if tags else "") + (f', "lists": {as_json(lists)}' if lists else "")
        return remembered.setdefault((tags, lists), tail + text + "}")

    escaped = [as_json(n) if not n.isalnum() else f'"{n}"' for n in names]
    return [
        f'{{"name": {n}{remembered.get((t, c)) or words(t, c)}'
        for n, t, c in zip(escaped, drafts.tags, drafts.lists, strict=True)
    ]


def _stage_emails(drafts: Drafts, ids: Sequence[str]) -> None:
    rows = [
        (pk, a.written, a.norm, a.label, "f" if i else "t")
        for pk, row in zip(ids, drafts.emails, strict=True)
        for i, a in enumerate(row)
    ]
    _stage("new_email", EMAIL, rows)


def _stage_phones(ids: Sequence[str], numbers: Sequence[Sequence[tuple[str, str, str]]]) -> None:
    rows = [
        (pk, typed, e164, label, "f" if i else "t")
        for pk, row in zip(ids, numbers, strict=True)
        for i, (typed, e164, label) in enumerate(row)
    ]
    _stage("new_phone", PHONE, rows)


def _stage(name: str, kinds: dict[str, str], rows: Sequence[tuple[str, ...]]) -> None:
    """Stage rows that still lack their id, which is the first column."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(kinds) - 1)
    bulk.stage(name, kinds, bulk.copy_block([uuid7_texts(len(rows)), *columns]))


def _sorting(drafts: Drafts, content: Content, context: Context, ids: Sequence[str]) -> list[bulk.Insert]:
    """Stage taggings and subscriptions and return their inserts."""
    inserts: list[bulk.Insert] = []
    pairs = [(pk, content.tag_ids[fold(n)].id.hex) for pk, row in zip(ids, drafts.tags, strict=True) for n in row]
    if pairs:
        _stage("new_tagging", {"id": "uuid", "record_id": "uuid", "tag_id": "uuid"}, list(dict.fromkeys(pairs)))
        constants = {"noun": "contact", "tagged_by_id": context.by.membership_id}
        inserts.append(bulk.Insert(Tagging, "new_tagging", ["id", "record_id", "tag_id"], constants))
    words = drafts.kept.get("consent") or repeat(None)
    out = str(Consent.OPTED_OUT)
    status = {True: str(ListSubscription.Status.UNSUBSCRIBED), False: str(ListSubscription.Status.SUBSCRIBED)}
    ids_of = {norm: found.id.hex for norm, found in content.list_ids.items()}
    standing = {
        (pk, ids_of[fold(n)]): status[word == out]
        for pk, row, word in zip(ids, drafts.lists, words, strict=False)
        for n in row
    }
    standing |= {(pk, ids_of[fold(n)]): status[True] for pk, row in zip(ids, drafts.left, strict=True) for n in row}
    if standing:
        rows = [(*pair, found) for pair, found in standing.items()]
        kinds = {"id": "uuid", "contact_id": "uuid", "list_id": "uuid", "status": "text"}
        _stage("new_subscription", kinds, rows)
        inserts.append(bulk.Insert(ListSubscription, "new_subscription", list(kinds), {"source": "import"}))
    return inserts


def _index(drafts: Drafts, context: Context, ids: Sequence[str]) -> list[bulk.Insert]:
    """Stage the index of the custom values and return its insert."""
    fields: list[str] = []
    index_keys: list[str] = []
    records: list[str] = []
    for made in context.custom.values():
        values = drafts.custom.get(made.key)
        if values is not None:
            pairs = [(k, pk) for pk, v in zip(ids, values, strict=True) if v is not None for k in v.keys]
        else:
            pairs = [(k, pk) for k in keys(made.type, made.default) for pk in ids]
        fields += [made.id.hex] * len(pairs)
        index_keys += [k for k, _ in pairs]
        records += [pk for _, pk in pairs]
    if not fields:
        return []
    kinds = {"field_id": "uuid", "key": 'text COLLATE "C"', "record_id": "uuid"}
    bulk.stage("new_value", kinds, bulk.copy_block([fields, index_keys, records]))
    return [bulk.Insert(FieldValue, "new_value", list(kinds), order=list(kinds))]


def blocked(drafts: Drafts) -> list[tuple[int, Blocked]]:
    """Return the addresses of new people that nothing is sent to, with their rows; some bounced elsewhere."""
    words = drafts.kept.get("consent") or []
    bounced = [(i, bounce(row)) for i, (row, word) in enumerate(zip(drafts.emails, words, strict=False))
               if word == BOUNCED and row]  # fmt: skip
    return bounced + [(index, address) for index, row in enumerate(drafts.blocked) for address in row]
