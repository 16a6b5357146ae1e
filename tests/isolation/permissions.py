"""What each address asks of its caller, found by asking: the permissions it refuses without.

A caller without any permission knocks; what the refusal names is granted, and he knocks again, until he is let in. So
nobody keeps a list, and an address of tomorrow is covered as soon as it is mounted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template

from fairlead.accounts import actors
from fairlead.accounts.actions import firms
from fairlead.accounts.models import ApiKey, Membership
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.kernel import clock
from fairlead.shell.api.resource import Resource
from fairlead.tenancy.public import Actor, declared, firm_context
from tests.isolation.addresses import UPLOAD, WORDS, Address
from tests.isolation.samples import MEMBERS, Ids

REFUSED = (403, 404)
UNKNOWN_METHOD = 405
MOST = 6  # permissions that one address may ask for


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
    """Listen to every refusal; let bodies that fail their check through, so that what comes first is the permission.

    Pages are not drawn: a view has decided when it draws, and drawing is most of the time that a page takes.
    """
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
    monkeypatch.setattr(Template, "render", lambda *_, **__: "")
    return found


class Whatever(dict[str, Any]):
    """A body that has every key."""

    def __missing__(self, key: str) -> Any:
        if key == "values":
            return {}
        return [] if key.endswith("s") else (WORDS | {"noun": "contacts"}).get(key, "x")


class Caller:
    """Somebody with a browser and a key, whose role holds at each knock what the test says."""

    def __init__(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self.person = person
        self.client = person.client()
        self.client.raise_request_exception = False
        self.api = Api(person)
        self.api.client.raise_request_exception = False
        self.held: frozenset[str] = frozenset()
        self._hold(monkeypatch)
        self._be_seen()

    def _hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        of_others = actors.permissions_of

        def permissions_of(membership: Membership) -> frozenset[str]:
            return self.held if membership.pk == self.person.membership.pk else of_others(membership)

        for place in (actors, firms):  # who locks the firm is asked again what they hold
            monkeypatch.setattr(place, "permissions_of", permissions_of)

    def _be_seen(self) -> None:
        """Keep admission from noting when the caller came last: the one write that a refusal may make."""
        later = clock.now() + timedelta(days=1)
        with firm_context(self.person.firm.id):
            Membership.rows().filter(pk=self.person.membership.pk).update(last_seen_at=later)
            ApiKey.rows().filter(pk=self.api.key.pk).update(last_used_at=later)

    def knock(self, address: Address, method: str, record: Any, ids: Ids, held: frozenset[str]) -> int:
        """Call the address holding `held`; undo what it did unless it refused; return the status."""
        self.held = held
        path = address.path(self.person.firm.slug, record)
        with transaction.atomic():
            if address.is_api:
                answer = self.api.call(method.upper(), path, **_sent(address, method, ids))
            else:
                answer = getattr(self.client, method)(path, headers={"HX-Request": "true"})
            if answer.streaming:
                b"".join(answer)  # a file is closed when it has been read
            transaction.set_rollback(answer.status_code not in REFUSED)
        return int(answer.status_code)


class KeyOfAnOwner(Caller):
    """A key of somebody who may do everything: at each knock its scopes are what the test says."""

    def _hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Leave the role as it is."""

    def knock(self, address: Address, method: str, record: Any, ids: Ids, held: frozenset[str]) -> int:
        """Call the address with a key of just these scopes; no scope at all would be every one."""
        with firm_context(self.person.firm.id):
            ApiKey.rows().filter(pk=self.api.key.pk).update(scopes=sorted(held) or ["none"])
        return super().knock(address, method, record, ids, held)


def _sent(address: Address, method: str, ids: Ids) -> dict[str, Any]:
    if method not in ("post", "put", "patch"):
        return {}
    if address.uploads:
        return {"body": UPLOAD, "Content_Type": "multipart/form-data; boundary=x"}
    return {"body": {n: WORDS.get(n, v) for n, v in address.body(ids).items()}}


@dataclass(frozen=True)
class Case:
    """An address and a method, the permissions it asks for, and how it answers who holds just them.

    `status` 404 with an id: there is nothing for anybody, say because the record is not in the bin.
    """

    address: Address
    method: str
    record: Any
    needs: frozenset[str]
    status: int

    @property
    def name(self) -> str:
        """Return what lists of excuses call it, such as `get f/<slug:firm>/contacts/`."""
        return f"{self.method} {self.address.route}"


class Survey:
    """Asks address after address what it needs."""

    def __init__(self, caller: Caller, refusals: Refusals, ids: Ids) -> None:
        self.caller, self.refusals, self.ids = caller, refusals, ids
        self.everything = frozenset(p.name for p in declared())

    def cases(self, address: Address) -> Iterator[Case]:
        """Yield a case for each method that the address knows."""
        record = self.ids[MEMBERS] if address.has_ids else None  # every row has this id: one of the right table too
        for method in address.methods:
            case = self._case(address, method, record)
            if case.status != UNKNOWN_METHOD:
                yield case

    def refuses_without(self, case: Case, permission: str) -> bool:
        """Tell whether who holds every permission but this one is refused."""
        held = self.everything - {permission}
        return self._status(case.address, case.method, case.record, held) in REFUSED

    def _status(self, address: Address, method: str, record: Any, held: frozenset[str]) -> int:
        self.refusals.clear()
        return self.caller.knock(address, method, record, self.ids, held)

    def _case(self, address: Address, method: str, record: Any) -> Case:
        needs: frozenset[str] = frozenset()
        for _ in range(MOST):
            status = self._status(address, method, record, needs)
            more = [n for n in self.refusals.required if n not in needs][-1:] if status in REFUSED else []
            more = more or (self._asked_about(address, method, record, needs) if status in REFUSED else [])
            if not more:
                break
            needs = needs.union(more)
        return Case(address, method, record, needs, status)

    def _asked_about(self, address: Address, method: str, record: Any, needs: frozenset[str]) -> list[str]:
        """Return which of the permissions that a silent refusal asked about makes the difference, if one does."""
        denied = list(self.refusals.denied)
        if not denied or self._status(address, method, record, self.everything) in REFUSED:
            return []
        helping = (n for n in denied if self._status(address, method, record, needs | {n}) not in REFUSED)
        return [n for n in [next(helping, None)] if n]
