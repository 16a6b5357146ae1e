"""When two companies are one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fairlead.kernel import phone
from fairlead.kernel.text import fold
from fairlead.people.actions.companies import domain_of
from fairlead.people.merging import names
from fairlead.people.merging.same_person import tail, text_of
from fairlead.people.models import Company
from fairlead.records.duplicates.public import LIMIT, Finder, Key, Verdict
from fairlead.tenancy.public import Actor

NAME, DOMAIN, PHONE, LIKE = range(4)


@dataclass(frozen=True, slots=True)
class Business:
    """What is compared of a company."""

    name: str
    domain: str = ""
    phone: str = ""
    city: str = ""
    country: str = ""


def profiles(ids: Sequence[UUID]) -> dict[UUID, Business]:
    """Return what is compared of the living companies among `ids`."""
    rows = Company.rows().filter(pk__in=ids, deleted_at=None)
    found = rows.values_list("pk", "name", "domain", "phone", "city", "country")
    return {pk: Business(*rest) for pk, *rest in found}


def typed(values: Mapping[str, Any], by: Actor) -> Business:
    """Return what is compared of a company that somebody is typing."""
    texts = {n: text_of(values, n) for n in ("name", "domain", "website", "phone", "city", "country")}
    domain = domain_of(texts["domain"] or texts["website"])
    return Business(texts["name"], domain, texts["phone"], texts["city"], texts["country"])


def at_once(business: Business) -> set[UUID]:
    """Return which companies have the name or the domain, as they are written; what too many share tells nothing."""
    found: set[UUID] = set()
    for column, value in (("sort_key", fold(business.name)), ("domain", business.domain)):
        same = Company.rows().filter(**{column: value}, deleted_at=None).values_list("pk", flat=True)
        some = set(same[: LIMIT + 1]) if value else set()
        found |= some if len(some) <= LIMIT else set()
    return found


def keys(business: Business) -> Iterable[Key]:
    """Return what a company is found by."""
    name = names.company(business.name)
    if name:
        yield NAME, name
        yield LIKE, f"{name[:1]} {names.skeleton(name)}"
    if business.domain and business.domain not in names.listed("free_mail"):
        yield DOMAIN, business.domain
    if digits := tail(business.phone):
        yield PHONE, digits


def judge(one: Business, other: Business) -> Verdict:
    """Compare two companies."""
    score, reasons = 0, []
    for points, reason in (_names(one, other), *_circumstances(one, other)):
        score += points
        if reason:
            reasons.append(reason)
    return Verdict(max(0, min(100, score)), tuple(reasons))


def _names(one: Business, other: Business) -> tuple[int, str]:
    mine, theirs = names.company(one.name), names.company(other.name)
    if not mine or not theirs:
        return 0, ""
    if mine == theirs:
        return (
            60,
            "The names are the same." if one.name == other.name else "The names differ only in how they are written.",
        )
    if names.is_near(mine.replace(" ", ""), theirs.replace(" ", "")):
        return 45, "The names differ by a letter or two."
    short, long = sorted((mine.split(), theirs.split()), key=len)
    return (20, "One name is the beginning of the other.") if long[: len(short)] == short else (-30, "")


def _circumstances(one: Business, other: Business) -> Iterable[tuple[int, str]]:
    if one.domain and other.domain:
        same = one.domain == other.domain and one.domain not in names.listed("free_mail")
        yield (45, f"Both are at {one.domain}.") if same else (-15, "")
    if tail(one.phone) and tail(one.phone) == tail(other.phone):
        yield 35, f"The phone number {phone.shown(one.phone, '')} is the same."
    if one.city and names.plain(one.city) == names.plain(other.city):
        yield 10, f"Both are in {one.city}."
    if one.country and other.country and one.country != other.country:
        yield -15, ""


TOUCHED = frozenset(
    f"company.{verb}" for verb in ("created", "updated", "deleted", "restored", "merged", "merged_away", "merge_undone",
                                   "purged")
)  # fmt: skip
SAME_COMPANY = Finder("company", profiles, typed, keys, judge, at_once, TOUCHED)
