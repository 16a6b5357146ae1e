"""What each address asks of its caller, found by asking: the permissions it refuses without.

A caller with a role of no permission at all knocks; what the refusal names is granted, and he knocks again, until he
is let in. So nobody keeps a list, and an address of tomorrow is covered as soon as it is mounted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from fairlead.accounts.models import CustomRole
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.shell.api.resource import Resource
from fairlead.tenancy.public import Actor, firm_context
from tests.isolation.addresses import UPLOAD, WORDS, Address
from tests.isolation.samples import Ids

REFUSED = (403, 404)
MOST = 6  # permissions that one address may ask for
LIKELY = 10  # tables whose row an address may be about


@dataclass
class Refusals:
    """What an actor was refused: the names that `Actor.require` raised for, and those that `Actor.can` denied."""

    required: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what was heard."""
        self.required.clear()
        self.denied.clear()


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> Refusals:
    """Listen to every refusal; let bodies that fail their check through, so that what comes first is the permission."""
    found, require, can, checked_body = Refusals(), Actor.require, Actor.can, Resource._checked_body

    def requiring(actor: Actor, permission: str) -> None:
        if not can(actor, permission):
            found.required.append(permission)
        require(actor, permission)

    def asking(actor: Actor, permission: str) -> bool:
        held = can(actor, permission)
        if not held and permission not in found.denied:
            found.denied.append(permission)
        return held

    def lenient(resource: Resource, spec: Any) -> Any:
        try:
            return checked_body(resource, spec)
        except Exception:
            return Whatever(resource.request.data)

    monkeypatch.setattr(Actor, "require", requiring)
    monkeypatch.setattr(Actor, "can", asking)
    monkeypatch.setattr(Resource, "_checked_body", lenient)
    return found


class Whatever(dict[str, Any]):
    """A body that has every key."""

    def __missing__(self, key: str) -> Any:
        return [] if key.endswith("s") else (WORDS | {"noun": "contacts"}).get(key, "x")


class Caller:
    """Somebody with a browser and a key."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.client = person.client()
        self.client.raise_request_exception = False
        self.api = Api(person)
        self.api.client.raise_request_exception = False

    def knock(self, address: Address, method: str, record: Any, ids: Ids) -> int:
        """Call the address, undo whatever it did, and return the status."""
        path = address.path(self.person.firm.slug, record)
        with _undone():
            if address.is_api:
                answer = self.api.call(method.upper(), path, **_sent(address, method, ids))
            else:
                answer = getattr(self.client, method)(path, headers={"HX-Request": "true"})
            if answer.streaming:
                b"".join(answer)  # a file is closed when it has been read
            return int(answer.status_code)


def _sent(address: Address, method: str, ids: Ids) -> dict[str, Any]:
    if method not in ("post", "put", "patch"):
        return {}
    if address.uploads:
        return {"body": UPLOAD, "Content_Type": "multipart/form-data; boundary=x"}
    return {"body": {n: WORDS.get(n, v) for n, v in address.body(ids).items()}}


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Chosen(Caller):
    """A caller whose custom role holds exactly what the test grants."""

    def __init__(self, person: Person) -> None:
        with firm_context(person.firm.id):
            self.role = CustomRole.objects.create(name="Chosen", permissions=[])
            person.membership.custom_role = self.role
            person.membership.save()
        super().__init__(person)

    def grant(self, names: set[str]) -> None:
        """Hold these permissions and no others."""
        with firm_context(self.person.firm.id):
            CustomRole.rows().filter(pk=self.role.pk).update(permissions=sorted(names))


def needed(chosen: Chosen, refusals: Refusals, address: Address, method: str, record: Any, ids: Ids) -> set[str]:
    """Return the permissions without which the address refuses."""

    def refused(names: set[str]) -> bool:
        chosen.grant(names)
        refusals.clear()
        return chosen.knock(address, method, record, ids) in REFUSED

    names: set[str] = set()
    for _ in range(MOST):
        if not refused(names):
            break
        more = [n for n in refusals.required if n not in names]
        if more:
            names.add(more[-1])
            continue
        # It refuses without a word: one of the permissions that it only asked about makes the difference, or none.
        helping = next((n for n in [*refusals.denied] if not refused({*names, n})), None)
        if helping is None:
            break
        names.add(helping)
    return names


def served(owner: Caller, address: Address, ids: Ids) -> Iterator[tuple[str, Any, bool]]:
    """Yield each method that the address knows, the id that the address is about, and whether it answers the owner.

    That id is the one, of those in the tables most like the address's words, at which the owner is let in.
    """
    words = address.route.split("<uuid:")[0].rstrip("/").rsplit("/", 1)[-1]
    uuids = {t: i for t, i in ids.items() if isinstance(i, UUID)}
    likely = sorted(uuids, key=lambda t: -SequenceMatcher(None, t.split("_", 1)[1] + "s", words).ratio())[:LIKELY]
    records = [uuids[t] for t in likely] if address.has_ids else [None]
    for record in records:
        methods = [m for m in address.methods if owner.knock(address, m, record, ids) not in (404, 405)]
        if methods:
            yield from ((m, record, True) for m in methods)
            return
    # The owner is told that nothing is there: it may be in the bin, or without its file. Whoever may not is told first.
    yield from ((m, records[0], False) for m in address.methods if owner.knock(address, m, records[0], ids) != 405)
