"""Create, change, bin and restore companies."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.events.public import NewEvent, record, record_many
from fairlead.kernel import clock
from fairlead.kernel import phone as phones
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import fold
from fairlead.people import access
from fairlead.people.actions import purging, record_values, setting, tagging
from fairlead.people.actions.setting import Before
from fairlead.people.models import Company
from fairlead.records.public import Field, cleaning, nouns
from fairlead.tenancy.public import Actor, Firm

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}")


def fields() -> dict[str, Field]:
    """Return the standard fields by name."""
    return nouns.get("company").standard_fields


def keeper(by: Actor) -> UUID | None:
    """Return whose a new company is that is given to nobody: nobody's, but of who would not see it then, their own."""
    return by.membership_id if by.visible_owners is not None else None


@transaction.atomic
def create_company(values: Mapping[str, Any], *, by: Actor, at: datetime | None = None) -> Company:
    """Create a company; only its name is required. Raises `InvalidInput` naming each wrong field.

    Without an owner it is its `keeper`'s: no rule gives companies to somebody later, as contacts and deals. `at` says
    since when it is known elsewhere.
    """
    by.require("companies.edit")
    known = fields()
    plain, custom = record_values.split_custom(values)
    plain["owner"] = plain.get("owner") or keeper(by)
    company = Company(created_by_id=by.membership_id)
    cleaned, _, own = record_values.take(company, known, {"name": "", **plain}, custom, by=by)
    company.source = company.source or by.via
    company.created_at = at or company.created_at
    _derive(company, by)
    company.save(force_insert=True)
    own.store(company)
    shown = {n: record_values.as_json(v) for n, v in cleaned.items() if v not in ("", None)}
    shown |= {n: after for n, (_, after) in own.changes.items()}
    record("company.created", by=by, subject=("company", company.id), company_id=company.id,
           data={"name": company.name, "values": shown})  # fmt: skip
    return company


@transaction.atomic
def update_company(company_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Company:
    """Change fields of a company. Raises `StaleVersion` when `version` is no longer current."""
    by.require("companies.edit")
    company = lock(company_id, by=by)
    record_values.check_version(company, version)
    known = fields()
    plain, custom = record_values.split_custom(values)
    plain = record_values.without_kept(company, known, plain)
    before = Before(company.owner_id, company.lifecycle)
    _, changes, own = record_values.take(company, known, plain, custom, by=by)
    if not changes:
        return company
    _derive(company, by)
    company.version += 1
    company.save()
    own.store(company)
    record("company.updated", by=by, subject=("company", company.id), company_id=company.id,
           data={"fields": record_values.words(known, changes, own), "changes": changes})  # fmt: skip
    record_many(_moved(company, before, record_values.OwnerNames()), by=by)
    return company


def take_name(values: Mapping[str, Any], *, by: Actor) -> dict[str, Any]:
    """Return the values of a contact or deal with the id of a company in the place of its name (`company_name`).

    The name is that of a company which the actor may see (the oldest; case and accents aside), as in an import, or of
    a new one, which is the actor's own. An empty name takes the company away.
    """
    found = dict(values)
    if "company_name" not in found:
        return found
    given = found.pop("company_name")
    if found.get("company"):
        raise InvalidInput({"company_name": ["Give the id of the company or its name, not both."]})
    found["company"] = _named(given, by) if given not in ("", None) else None
    return found


def _named(given: Any, by: Actor) -> UUID:
    try:
        name = cleaning.clean(fields()["name"], given)
        same = access.companies(by).filter(sort_key=fold(name)).order_by("id").values_list("pk", flat=True).first()
        return same or create_company({"name": name, "owner": by.membership_id}, by=by).pk
    except ValueError as error:
        raise InvalidInput({"company_name": [str(error)]}) from None
    except InvalidInput as error:
        why = " ".join(message for messages in error.fields.values() for message in messages)
        raise InvalidInput({"company_name": [f"A new company needs more than its name. {why}"]}) from None


def set_company_field(values: Mapping[UUID, Any], name: str, *, by: Actor) -> dict[UUID, Any]:
    """Set a field of many companies, each to its value; see `setting.set_field`."""
    return setting.set_field(SETTING, values, name, by=by)


@transaction.atomic
def delete_companies(ids: Sequence[UUID], *, by: Actor) -> int:
    """Put companies into the bin; their people stay. Returns how many went."""
    by.require("companies.delete")
    rows = access.companies(by).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    found = list(rows.values_list("pk", flat=True))
    Company.rows().filter(pk__in=found).update(
        deleted_at=clock.now(), deleted_by_id=by.membership_id, version=F("version") + 1
    )
    tagging.shelve(found)
    record_many([NewEvent("company.deleted", ("company", pk), company_id=pk) for pk in found], by=by)
    return len(found)


@transaction.atomic
def restore_companies(ids: Sequence[UUID], *, by: Actor) -> int:
    """Take companies out of the bin and return how many came back."""
    by.require("companies.delete")
    rows = access.binned_companies(by).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    found = list(rows.values_list("pk", flat=True))
    Company.rows().filter(pk__in=found).update(deleted_at=None, deleted_by=None, version=F("version") + 1)
    tagging.unshelve(found)
    record_many([NewEvent("company.restored", ("company", pk), company_id=pk) for pk in found], by=by)
    return len(found)


@transaction.atomic
def purge_companies(ids: Sequence[UUID], *, by: Actor) -> int:
    """Delete companies in the bin for good, with all that is theirs alone. Returns how many went."""
    by.require("companies.purge")
    rows = access.binned_companies(by).filter(pk__in=ids).order_by("pk").select_for_update()
    records = list(rows)
    found = [r.pk for r in records]
    record_values.forget_custom("company", records)
    purging.forget("company", found, by)
    Company.rows().filter(pk__in=found).delete()
    record_many([NewEvent("company.purged", ("company", pk), company_id=pk) for pk in found], by=by)
    return len(found)


def lock(company_id: UUID, *, by: Actor) -> Company:
    """Return the company, locked until the transaction ends; raise `NotFound`."""
    rows = access.companies(by).select_for_update(of=("self",), no_key=True)
    found: Company | None = rows.filter(pk=company_id).first()
    if found is None:
        raise NotFound
    return found


def domain_of(text: str) -> str:
    """Return the bare domain of a domain, web or mail address: lower case, without www."""
    host = text.strip().lower().rpartition("@")[2]
    host = (urlsplit(host if "://" in host else f"//{host}").hostname or "").rstrip(".")
    return host.removeprefix("www.")


def domain(text: str) -> str:
    """Return the bare domain that somebody means; raise ValueError when it is none (RFC 1123, other scripts too)."""
    try:
        found = domain_of(text)
    except ValueError:  # half an address of IPv6
        found = ""
    if len(found) > 253 or not _DOMAIN.fullmatch(found):
        raise ValueError(f"“{text[:80]}” is not a domain such as example.com.")
    return found


def _derive(company: Company, by: Actor) -> None:
    company.sort_key = fold(company.name)
    company.domain = company.domain or domain_of(company.website)
    if company.phone:
        country = company.country or Firm.objects.only("country").get(pk=by.firm_id).country
        company.phone = phones.e164(company.phone, country) or company.phone


def _follow(company: Company, before: Before, by: Actor) -> None:
    _derive(company, by)


def _moved(company: Company, before: Before, names: record_values.OwnerNames) -> list[NewEvent]:
    return record_values.owner_changed("company", company, before.owner_id, names)


SETTING = setting.Kind(
    "company", "companies", fields, access.companies, _follow, _moved, ("owner_id", "lifecycle"),
    {"domain": ("domain",), "website": ("domain",), "country": ("phone",)},
)  # fmt: skip


class CompanyVerbs:
    """The verbs as the engines call them."""

    def create(self, values: Mapping[str, Any], *, by: Actor) -> Company:
        """See `create_company`."""
        return create_company(values, by=by)

    def update(self, record_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None) -> Company:
        """See `update_company`."""
        return update_company(record_id, values, by=by, version=version)

    def delete(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `delete_companies`."""
        return delete_companies(record_ids, by=by)

    def restore(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `restore_companies`."""
        return restore_companies(record_ids, by=by)

    def purge(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `purge_companies`."""
        return purge_companies(record_ids, by=by)
