"""Lists: 50 of a million contacts as JSON and as a page, any order, any depth, eight clients at once, under RLS."""

import json
import random
import secrets
from collections.abc import Iterator
from typing import Any

from tests.bench.figures import Figure, benchmark, percentile
from tests.bench.http import Client, Load, granian, load
from tests.bench.stage import Stage

CLIENTS = 8
REQUESTS = 250  # a client
ORDERS = ("name", "-name", "email", "-email", "created_at", "-created_at", "updated_at", "-updated_at",
          "last_activity_at", "-last_activity_at")  # fmt: skip


@benchmark("lists")
def lists(stage: Stage) -> Iterator[Figure]:
    """Measure requests a second beside a bare `.values()` view, and the time that 95 of 100 answers stay below."""
    import django

    django.setup()
    firm, count = stage.firm, stage.scaled(REQUESTS, 5)
    with granian("tests.bench.bare:application") as port:
        load(port, "", lambda number: [f"/{firm.id}"] * 10, clients=CLIENTS)
        baseline = load(port, "", lambda number: [f"/{firm.id}"] * count, clients=CLIENTS)
    places = _places(stage)
    answers, pages = (
        [f"{path}?sort={order}" + (f"&{cursor}={at}" if at else "") for order, at in places]
        for path, cursor in (("/api/v1/contacts", "cursor"), (f"/f/{firm.slug}/contacts/", "after"))
    )
    key, cookie = f"Authorization: Bearer {_key(stage)}\r\n", f"Cookie: sessionid={_session(stage)}\r\n"
    with granian("fairlead.config.wsgi:application") as port:
        _checked(port, key, answers)
        ours = _load(port, key, answers, count)
        html = _load(port, cookie, pages, count // 3 + 1)
    yield Figure("lists: JSON, 50 of 1,000,000", ours.per_second, "requests/s", baseline.per_second, ratio_from=0.4)
    p95, p95_bare = (percentile(run.answers, 0.95) * 1000 for run in (ours, baseline))
    yield Figure("lists: JSON, 95th percentile", p95, "ms", p95_bare, at_most=30)
    yield Figure("lists: HTML, 95th percentile", percentile(html.answers, 0.95) * 1000, "ms", p95_bare, at_most=80)


def _load(port: int, headers: str, paths: list[str], count: int) -> Load:
    load(port, headers, lambda number: random.Random(number).sample(paths, 10), clients=CLIENTS)
    return load(port, headers, lambda number: random.Random(number).choices(paths, k=count), clients=CLIENTS)


def _session(stage: Stage) -> str:
    """Log the owner in and return the session's key."""
    from django.test import Client as Browser

    from fairlead.accounts.public import Membership
    from fairlead.tenancy.public import firm_context

    browser = Browser()
    with firm_context(stage.firm.id):
        browser.force_login(Membership.rows().select_related("user").get(pk=stage.actor.membership_id).user)
    return str(browser.cookies["sessionid"].value)


def _key(stage: Stage) -> str:
    from fairlead.accounts.admission import hash_secret
    from fairlead.accounts.models import ApiKey
    from fairlead.tenancy.public import firm_context

    secret, actor = secrets.token_hex(32), stage.actor
    with firm_context(actor.firm_id):
        ApiKey.objects.create(
            name="bench", membership_id=actor.membership_id, hint=secret[-4:], secret_hash=hash_secret(secret)
        )
    return f"flk_{actor.firm_id.hex}_{secret}"


def _places(stage: Stage, depths: int = 12) -> list[tuple[str, str]]:
    """Return places all over the list, in every order: (order, cursor made from a row)."""
    from fairlead.people.models import Contact
    from fairlead.people.nouns.contact import CONTACT
    from fairlead.records import lists as engine
    from fairlead.shell.api.paging import mark
    from fairlead.shell.keyset import Position
    from fairlead.tenancy.public import firm_context

    with firm_context(stage.firm.id):
        ids = [_contact_id(stage, n * stage.contacts // depths + 1) for n in range(depths)]
        rows = list(Contact.rows().filter(pk__in=ids))
    found = []
    for order in ORDERS:
        sort = engine.sort(CONTACT, order)
        found.append((order, ""))
        found += [(order, mark(order, Position(getattr(row, sort.order.column), row.pk))) for row in rows]
    return found


def _contact_id(stage: Stage, number: int) -> str:
    from hashlib import md5
    from uuid import UUID

    return str(UUID(md5(f"bench contact {number}".encode()).hexdigest()))


def _checked(port: int, headers: str, pages: list[str]) -> None:
    """Make sure that every page is a full one: figures of empty pages would mean nothing."""
    client = Client(port, headers)
    for path in pages:
        rows: list[Any] = json.loads(client.get(path))["data"]
        if len(rows) != 50 and "cursor" not in path:
            raise RuntimeError(f"{path} has {len(rows)} rows.")
