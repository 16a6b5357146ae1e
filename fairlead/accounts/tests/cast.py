"""The cast of every test: Alice owns the firm, Bob is her colleague, Charlie is of another firm."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.test import Client

from fairlead.accounts.actors import actor_for
from fairlead.accounts.models import Membership, User
from fairlead.tenancy.public import Actor, Firm, Role, firm_context

T = TypeVar("T")
PASSWORD = "correct-horse-battery"


@dataclass(frozen=True)
class Person:
    """A member: login, membership, firm, and the actor that actions take."""

    user: User
    membership: Membership
    firm: Firm

    @property
    def actor(self) -> Actor:
        """Return a fresh actor (permissions as they are now)."""
        with firm_context(self.firm.id):
            return actor_for(
                Membership.rows().select_related("user", "custom_role").get(pk=self.membership.pk), self.firm
            )

    def client(self) -> Client:
        """Return a logged-in browser."""
        client = Client()
        client.force_login(self.user)
        return client

    def log_in(self) -> Client:
        """Return a browser that was logged in by password, as people do it."""
        client = Client()
        client.post("/accounts/login/", {"login": self.user.email, "password": PASSWORD})
        return client

    def page(self, path: str, status: int = 200, **headers: str) -> str:
        """Return what an address within the person's firm answers, which must be of this status."""
        response = self.client().get(self.url(path), headers=headers or None)
        assert response.status_code == status, response.content[-2000:]
        return response.content.decode()

    def inside(self, act: Callable[[], T]) -> Callable[[], T]:
        """Return `act` as it is done within the person's firm."""

        def done() -> T:
            with firm_context(self.firm.id):
                return act()

        return done

    def url(self, path: str = "") -> str:
        """Return an address within the person's firm."""
        return f"/f/{self.firm.slug}/{path}"


def make_firm(slug: str, name: str, country: str = "GB") -> Firm:
    """Create a firm."""
    return Firm.objects.create(slug=slug, name=name, country=country)


def join(firm: Firm, first: str, last: str, role: Role = Role.MEMBER) -> Person:
    """Create a login and its membership."""
    email = f"{first}@{firm.slug}.example".lower()
    user = User.objects.create_user(email, PASSWORD, first_name=first, last_name=last)
    with firm_context(firm.id):
        membership = Membership.objects.create(user=user, role=role.key)
    return Person(user, membership, firm)
