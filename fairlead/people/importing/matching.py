"""Which rows are people the firm already knows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.kernel import phone as phones
from fairlead.people import naming
from fairlead.people.importing.drafts import Drafts
from fairlead.records.imports.plug import Context
from fairlead.tenancy.public import Actor, require_firm


def key_of(drafts: Drafts, context: Context) -> list[str | None]:
    """Return what identifies each row's person by the chosen match key, None for a row that lacks it.

    A row without an address is still recognised by its other marks, so that a file imported twice changes nothing.
    """
    match = context.options.match
    if match == "email":
        spare = _spare_keys(drafts) if not all(drafts.emails) else None
        return [e[0].norm if e else spare[i] for i, e in enumerate(drafts.emails)]  # type: ignore[index]
    if match == "phone":
        return [_phone(drafts, i, context) for i in range(drafts.size)]
    if match == "external_id":
        return list(drafts.plain.get("external_id", [None] * drafts.size))
    return _spare_keys(drafts)


def _phone(drafts: Drafts, index: int, context: Context) -> str | None:
    numbers = drafts.phones[index]
    if not numbers:
        return None
    country = drafts.plain.get("country", [None] * drafts.size)[index] or context.home.country
    return phones.e164(numbers[0].typed, country) or phones.digits(numbers[0].typed) or None


def _spare_keys(drafts: Drafts) -> list[str | None]:
    """Return folded name and company as one key."""
    none = [None] * drafts.size
    firsts, lasts = drafts.plain.get("first_name", none), drafts.plain.get("last_name", none)
    companies = drafts.kept.get("company", none)
    found: list[str | None] = []
    for index, (first, last, company) in enumerate(zip(firsts, lasts, companies, strict=True)):
        name = naming.sort_key(first or "", last or "")
        if not name and drafts.phones[index]:
            name = phones.digits(drafts.phones[index][0].typed)
        found.append(f"{name}\x1f{naming.sort_key('', company or '')}" if name else None)
    return found


def find(drafts: Drafts, keys: Sequence[str | None], context: Context) -> tuple[list[UUID | None], dict[str, UUID]]:
    """Return the known contact of each row, and who holds each address that the rows name."""
    holders = _holders([a.norm for row in drafts.emails for a in row])
    match, by = context.options.match, context.by
    if match == "email":
        found: list[UUID | None] = [
            next((holders[a.norm] for a in row if a.norm in holders), None) for row in drafts.emails
        ]
        missing = [i for i, row in enumerate(drafts.emails) if not row and keys[i]]
        if missing:
            known = _by_name([keys[i] or "" for i in missing], by, only_without_address=True)
            for i in missing:
                found[i] = known.get(keys[i] or "")
        return found, holders
    wanted = [k for k in keys if k]
    if match == "phone":
        known = _by_number(wanted, by)
    elif match == "external_id":
        known = _pairs(_BY_EXTERNAL, wanted, by)
    else:
        known = _by_name(wanted, by, only_without_address=False)
    return [known.get(k) if k else None for k in keys], holders


# Keys are single lines, and come as one text: of an array psycopg would quote each item by itself. Where several share
# a key, whom the actor sees is read after who is not theirs, and the oldest last.
_BY_PHONE = """SELECT p.e164, p.contact_id FROM people_contactphone p JOIN people_contact c
    ON c.firm_id = p.firm_id AND c.id = p.contact_id AND c.deleted_at IS NULL
    WHERE p.firm_id = %s AND p.e164 = ANY(string_to_array(%s, chr(10))) ORDER BY {seen}p.id DESC"""
_BY_DIGITS = """SELECT p.digits, c.id FROM
    (SELECT id, owner_id FROM people_contact WHERE firm_id = %s AND deleted_at IS NULL) c
    JOIN people_typed_phones(string_to_array(%s, chr(10))) p ON p.contact = c.id ORDER BY {seen}p.phone DESC"""
_BY_EXTERNAL = """SELECT c.external_id, c.id FROM people_contact c
    WHERE c.firm_id = %s AND c.external_id = ANY(string_to_array(%s, chr(10)))
    AND c.external_id <> '' AND c.deleted_at IS NULL ORDER BY {seen}c.id DESC"""
_BY_ADDRESS = """SELECT address_norm, contact_id FROM people_contactemail
    WHERE firm_id = %s AND address_norm = ANY(string_to_array(%s, chr(10))) AND is_live"""
_BY_NAME = """SELECT c.sort_key, coalesce(k.sort_key, ''), c.email_norm, c.id FROM people_contact c
    LEFT JOIN people_company k ON k.firm_id = c.firm_id AND k.id = c.company_id
    WHERE c.firm_id = %s AND c.sort_key = ANY(string_to_array(%s, chr(10)))
    AND c.deleted_at IS NULL ORDER BY {seen}c.id DESC"""
_SEEN = "coalesce(c.owner_id = ANY(%s::uuid[]), false), "


def _holders(norms: list[str]) -> dict[str, UUID]:
    return dict(_rows(_BY_ADDRESS, norms)) if norms else {}


def _pairs(sql: str, wanted: Sequence[str], by: Actor) -> dict[str, UUID]:
    """Return key to contact; where several share a key the last one read wins."""
    return dict(_rows(sql, wanted, by))


def _by_number(wanted: Sequence[str], by: Actor) -> dict[str, UUID]:
    """Return number to contact: in E.164, or by its digits where it could not be parsed and is kept as typed."""
    typed = [key for key in wanted if not key.startswith("+")]
    parsed = [key for key in wanted if key.startswith("+")]
    return (_pairs(_BY_PHONE, parsed, by) if parsed else {}) | (_pairs(_BY_DIGITS, typed, by) if typed else {})


def _by_name(keys: Sequence[str], by: Actor, *, only_without_address: bool) -> dict[str, UUID]:
    rows = _rows(_BY_NAME, [k.split("\x1f")[0] for k in keys], by)
    return {f"{name}\x1f{company}": pk for name, company, email, pk in rows if not (only_without_address and email)}


def _rows(sql: str, wanted: Sequence[str], by: Actor | None = None) -> list[tuple[Any, ...]]:
    owners = None if by is None or by.visible_owners is None else list(by.visible_owners)
    sql = sql.replace("{seen}", "" if owners is None else _SEEN)
    with connection.cursor() as cursor:
        cursor.execute(sql, [require_firm(), "\n".join(wanted), *([] if owners is None else [owners])])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
