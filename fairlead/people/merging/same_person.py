"""When two contacts are one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.kernel import phone
from fairlead.people import access
from fairlead.people.merging import names
from fairlead.people.models import ContactEmail, ContactPhone
from fairlead.records.duplicates.public import LIMIT, Finder, Key, Verdict, array
from fairlead.tenancy.public import Actor, require_firm

EMAIL, LOCAL, PHONE, NAME, GIVEN = range(5)
APART = -40  # names that differ: neither company, town, birthday nor the beginning of an address makes up for it
MOST, LONGEST = 50, 300  # addresses or numbers of somebody who is being typed, characters of a text
TAIL = 9  # digits that are compared of a number: without the country's and the trunk code


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of a contact."""

    first: str
    last: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: str = ""
    city: str = ""
    birthday: str = ""


_READ = """
SELECT c.id, c.first_name, c.last_name,
    ARRAY(SELECT e.address_norm FROM people_contactemail e
        WHERE e.firm_id = c.firm_id AND e.contact_id = c.id ORDER BY 1),
    ARRAY(SELECT coalesce(nullif(p.e164, ''), p.number) FROM people_contactphone p
        WHERE p.firm_id = c.firm_id AND p.contact_id = c.id ORDER BY 1),
    coalesce((SELECT k.name FROM people_company k WHERE k.firm_id = c.firm_id AND k.id = c.company_id), ''),
    c.city, c.birthday
FROM people_contact c WHERE c.firm_id = %s AND c.id = ANY(%s::uuid[]) AND c.deleted_at IS NULL
"""


def profiles(ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Return what is compared of the living contacts among `ids`, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [require_firm(), array(ids)])
        return {
            pk: Person(first, last, tuple(emails), tuple(numbers), *rest)
            for pk, first, last, emails, numbers, *rest in cursor.fetchall()
        }


def typed(values: Mapping[str, Any], by: Actor) -> Person:
    """Return what is compared of a contact that somebody is typing."""
    name = _company(values.get("company"), by)
    emails = [*_entries(values.get("emails"), "address"), text_of(values, "email")]
    numbers = [*_entries(values.get("phones"), "number"), text_of(values, "phone")]
    return Person(
        text_of(values, "first_name"), text_of(values, "last_name"),
        tuple(e.strip().lower() for e in emails if "@" in e), tuple(n for n in numbers if n), name,
        text_of(values, "city"), text_of(values, "birthday"),
    )  # fmt: skip


def text_of(values: Mapping[str, Any], name: str) -> str:
    """Return what somebody types of a field, as much of it as is compared: what is compared is kept for a while."""
    return str(values.get(name) or "")[:LONGEST]


def at_once(person: Person) -> set[UUID]:
    """Return who has one of the addresses or numbers, as they are written; what too many have tells nothing."""
    found: set[UUID] = set()
    if person.emails:
        rows = ContactEmail.rows().filter(address_norm__in=person.emails, is_live=True)
        found.update(rows.values_list("contact_id", flat=True)[:LIMIT])
    for number in person.phones:
        holders = ContactPhone.rows().filter(e164=number, contact__deleted_at=None).values_list("contact_id", flat=True)
        some = set(holders[: LIMIT + 1])
        found |= some if len(some) <= LIMIT else set()
    return found


def keys(person: Person) -> Iterable[Key]:
    """Return what a contact is found by. A name counts only together with something else: alone it is too common."""
    for email in person.emails:
        yield EMAIL, mailbox(email)
        local = _local(email)
        if local:
            yield LOCAL, local
    for number in person.phones:
        if digits := tail(number):
            yield PHONE, digits
    if person.first and person.last:
        closely = list(_closely_beside(person))
        bones = f"{names.given(person.first)[:1]} {names.skeleton(person.last)}"
        for beside in (*closely, f"city {names.plain(person.city)}") if person.city else closely:
            yield NAME, f"{bones} {beside}"
        # A wrong consonant changes the skeleton: who works or was born together is found by the given name too.
        given = f"{names.given(person.first)} {names.plain(person.last)[:1]}"
        for beside in closely:
            yield GIVEN, f"{given} {beside}"


def judge(one: Person, other: Person) -> Verdict:
    """Compare two contacts."""
    score, reasons = _names(one, other)
    if score == APART and not _reached_alike(one, other):
        return Verdict(0, ())  # all the rest together does not outweigh names that differ
    for points, reason in (_addresses(one, other), _numbers(one, other), *_circumstances(one, other)):
        score += points
        if reason:
            reasons.append(reason)
    return Verdict(max(0, min(100, score)), tuple(reasons))


@lru_cache(maxsize=50_000)
def mailbox(email: str) -> str:
    """Return the mailbox that an address reaches: without +tags, at Gmail without dots too."""
    local, _, domain = email.rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared: all its words in order of the alphabet, the last name, the full form of the first."""

    words: tuple[str, ...]
    last: str
    given: str


@lru_cache(maxsize=50_000)
def _name(first: str, last: str) -> _Name:
    return _Name(
        tuple(sorted(names.words(f"{first} {last}"))), "".join(names.words(last)), names.given(first)
    )  # fmt: skip


def _names(one: Person, other: Person) -> tuple[int, list[str]]:
    mine, theirs = _name(one.first, one.last), _name(other.first, other.last)
    if not mine.words or not theirs.words:
        return 0, []
    if mine.words == theirs.words:
        return 45, ["The names are the same."]
    if not (one.last and other.last and one.first and other.first):
        some, others = set(mine.words), set(theirs.words)
        return (10, ["One name is part of the other."]) if some <= others or others <= some else (APART, [])
    if mine.last == theirs.last:
        if mine.given == theirs.given:
            return 40, [f"{' and '.join(sorted((one.first, other.first)))} are forms of one name."]
        if mine.given[:1] == theirs.given[:1] and 1 in (len(mine.given), len(theirs.given)):
            return 25, ["One name has only an initial."]
    elif not names.is_near(mine.last, theirs.last):
        return APART, []
    if mine.given == theirs.given or names.is_near(mine.given, theirs.given):
        return 32, ["The names differ by a letter or two."]
    return APART, []


def _reached_alike(one: Person, other: Person) -> bool:
    """Tell whether a mailbox reaches both, or a number both of one given name.

    Else a number is a household's or an office's: colleagues have it in common, with their company and town.
    """
    if not {mailbox(e) for e in one.emails}.isdisjoint(map(mailbox, other.emails)):
        return True
    if names.given(one.first) != names.given(other.first):
        return False
    return bool({t for n in one.phones if (t := tail(n))}.intersection(map(tail, other.phones)))


@lru_cache(maxsize=50_000)
def tail(number: str) -> str:
    """Return the digits that are compared of a number, "" of one that is too short to tell."""
    digits = phone.digits(number)
    return digits[-TAIL:] if len(digits) >= 7 else ""


def _addresses(one: Person, other: Person) -> tuple[int, str]:
    mine, theirs = {mailbox(e): e for e in one.emails}, {mailbox(e): e for e in other.emails}
    for box in sorted(mine.keys() & theirs.keys()):
        same = mine[box] == theirs[box]
        return 95 if same else 60, f"The address {mine[box]}" + (
            " is the same." if same else f" reaches the same mailbox as {theirs[box]}."
        )
    local = {_local(e) for e in one.emails} & {_local(e) for e in other.emails} - {""}
    if local:
        return 20, f"Both addresses begin with {min(local)}."
    return 0, ""


def _numbers(one: Person, other: Person) -> tuple[int, str]:
    mine = {tail(n): n for n in one.phones}
    for digits in sorted(mine.keys() & {tail(n) for n in other.phones}):
        if digits:
            return 55, f"The phone number {phone.shown(mine[digits], '')} is the same."
    return 0, ""


def _circumstances(one: Person, other: Person) -> Iterable[tuple[int, str]]:
    if one.company and other.company:
        mine, theirs = names.company(one.company), names.company(other.company)
        if mine == theirs or names.is_near(mine, theirs):
            yield 30, f"Both work for {one.company}."
        else:
            yield -15, ""
    elif domains := _domains(one) & _domains(other):
        yield 20, f"Both have an address at {min(domains)}."
    if one.city and names.plain(one.city) == names.plain(other.city):
        yield 8, f"Both are in {one.city}."
    if len(one.birthday) > 7 and len(other.birthday) > 7:
        yield (25, "The birthdays are the same.") if one.birthday == other.birthday else (-40, "")


def _closely_beside(person: Person) -> Iterable[str]:
    if person.company:
        yield f"company {names.company(person.company)}"
    for domain in _domains(person):
        yield f"domain {domain}"
    if len(person.birthday) > 7:
        yield f"born {person.birthday}"


def _domains(person: Person) -> set[str]:
    return {d for e in person.emails if (d := e.rpartition("@")[2]) not in names.listed("free_mail")}


def _local(email: str) -> str:
    local = email.partition("@")[0].partition("+")[0]
    return local if len(local) >= 6 and local not in names.listed("shared_mailboxes") else ""


def _company(given: Any, by: Actor) -> str:
    """Return the name of the company that was chosen, "" for one that is not there to see."""
    try:
        company_id = UUID(str(given or ""))
    except ValueError:
        return ""
    if not by.can("companies.view"):
        return ""
    return access.companies(by).filter(pk=company_id).values_list("name", flat=True).first() or ""


def _entries(given: Any, key: str) -> list[str]:
    entries = given[:MOST] if isinstance(given, list) else []
    return [text_of(e if isinstance(e, Mapping) else {key: e}, key) for e in entries]


TOUCHED = frozenset(
    f"contact.{verb}" for verb in ("created", "updated", "deleted", "restored", "merged", "merged_away", "merge_undone",
                                   "purged")
)  # fmt: skip
SAME_PERSON = Finder("contact", profiles, typed, keys, judge, at_once, TOUCHED)
