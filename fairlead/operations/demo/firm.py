"""Making and removing the demo firm."""

import random
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts.public import Membership, User, actor_for, create_firm, firms_of, remove_login, suggest_slug
from fairlead.activities.public import write_note
from fairlead.jobs.public import forget_firm
from fairlead.kernel import clock
from fairlead.operations.demo import cast
from fairlead.operations.demo.work import fill_work
from fairlead.people import public as people
from fairlead.tenancy.public import Actor, Firm, Role, firm_context, remove_firm

Invented = list[dict[str, Any]]

DOMAIN = "demo.example"
OWNER = f"owner@{DOMAIN}"
NAME = "Harbour & Reed (demo)"


@transaction.atomic
def create(owner: str | None = None) -> Firm:
    """Create the demo firm, owned by the login `owner` or by a new one, and fill it."""
    member = create_firm(
        suggest_slug("demo"), NAME, owner or OWNER, None if owner else secrets.token_urlsafe(24),
        first_name="Alex", last_name="Harbour", country="GB", is_demo=True,
    )  # fmt: skip
    with firm_context(member.firm.id):
        colleagues = [member, *(_colleague(first, last) for first, last in cast.COLLEAGUES)]
        actors = [replace(actor_for(m, member.firm), via="system") for m in colleagues]
        fill(actors)
        fill_work(actors)
    return member.firm


def remove(firm: Firm) -> None:
    """Remove a demo firm, and those logins of its invented colleagues that nobody else needs."""
    if not firm.is_demo:
        raise ValueError(f"{firm.slug} is no demo firm.")
    with firm_context(firm.id):
        users = set(Membership.rows().values_list("user_id", flat=True))
    remove_firm(firm.id)
    forget_firm(firm.id)
    invented = User.objects.filter(pk__in=users, email__endswith=f"@{DOMAIN}", is_operator=False)
    for user in invented:
        if not firms_of(user):
            remove_login(user)


def remove_all() -> int:
    """Remove every demo firm and return how many there were."""
    firms = list(Firm.objects.filter(is_demo=True))
    for firm in firms:
        remove(firm)
    return len(firms)


def fill(actors: list[Actor]) -> None:
    """Fill the firm in context with companies, contacts, tags and lists, the same ones every time."""
    chance = random.Random(7)  # noqa: S311  invented people, no secrets
    invented = list(cast.contacts(chance))
    companies = {
        row[0]: _company(row, cast.stage_of(row[0], invented), chance.choice(actors)) for row in cast.COMPANIES
    }
    contacts = [_contact(dict(values), companies, chance.choice(actors)) for values in invented]
    _notes(chance, invented, contacts, actors)
    _referrals(chance, invented, contacts, actors)
    owner = actors[0]
    for tag, share in cast.TAGS.items():
        people.tag_records("contact", chance.sample(contacts, round(len(contacts) * share)), names=[tag], by=owner)
    for name, share in cast.LISTS.items():
        made = people.create_list(name, by=owner)
        people.subscribe(made.id, chance.sample(contacts, round(len(contacts) * share)), by=owner)


def _notes(chance: random.Random, invented: Invented, contacts: Sequence[UUID], actors: Sequence[Actor]) -> None:
    """Notes of the last weeks, none older than the contact it is about."""
    for at in chance.sample(range(len(contacts)), cast.NOTED):
        days = chance.uniform(0.1, 1 + min(cast.LATELY, invented[at]["days_ago"]))
        text, by, moment = chance.choice(cast.NOTES), chance.choice(actors), clock.now() - timedelta(days=days)
        write_note(f"<p>{text}</p>", [("contact", contacts[at])], by=by, occurred_at=moment)


def _referrals(chance: random.Random, invented: Invented, contacts: Sequence[UUID], actors: Sequence[Actor]) -> None:
    """Clients by whose word some of those came who were recommended."""
    clients = [pk for pk, values in zip(contacts, invented, strict=True) if values["lifecycle"] == "client"][:4]
    came = [pk for pk, values in zip(contacts, invented, strict=True) if values["source"] == "Recommendation"]
    for contact_id in [pk for pk in came if pk not in clients][: cast.REFERRED]:
        people.set_referrer(contact_id, chance.choice(clients), by=chance.choice(actors))


def _colleague(first: str, last: str) -> Membership:
    email = f"{first}.{last}@{DOMAIN}".lower()
    user, _ = User.objects.get_or_create(
        email=email, defaults={"first_name": first, "last_name": last, "password": "!"}
    )
    member: Membership = Membership.objects.create(user=user, role=Role.MEMBER.key)
    return member


def _company(row: tuple[str, str, str, tuple[str, str]], stage: str, by: Actor) -> UUID:
    name, domain, industry, (city, country) = row
    values = {"name": name, "domain": domain, "website": f"https://{domain}", "industry": industry, "city": city}
    values |= {"country": country, "lifecycle": stage, "owner": str(by.membership_id)}
    return people.create_company(values, by=by).id


def _contact(values: dict[str, Any], companies: dict[str, UUID], by: Actor) -> UUID:
    company = companies[values.pop("company_name")]
    came = clock.now() - timedelta(days=values.pop("days_ago"))
    values |= {"company": str(company), "owner": str(by.membership_id)}
    return people.create_contact(values, by=by, at=came).id
