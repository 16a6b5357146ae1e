"""A key sees and does what its scopes say, in the request and in the background: nothing of its member's beside."""

from pathlib import Path

import pytest
from django.conf import settings

from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.actors import actor_again, actor_for_key, program_of
from fairlead.accounts.models import ApiKey
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.jobs.testing import drain
from fairlead.people.models import Contact
from fairlead.records.actions import exports
from fairlead.records.models import ExportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
NARROW = ("contacts.view", "contacts.export", "contacts.edit")
WIDE = (*NARROW, "records.view_all")


@pytest.fixture(autouse=True)
def contacts(alice: Person, bob: Person, charlie: Person) -> dict[str, Contact]:
    """Members without the right to all records see their own only; each person owns a contact of their name."""
    found = {}
    for person in (alice, bob, charlie):
        with firm_context(person.firm.id):
            name = person.user.first_name
            found[name] = Contact.objects.create(
                first_name=name, name=f"{name} Zebra", sort_key=name.lower(), owner=person.membership
            )
    with firm_context(alice.firm.id):
        update_firm({"visibility": "owner"}, by=alice.actor)
    return found


def seen(api: Api) -> set[str]:
    return {row["first_name"] for row in api.get("contacts?fields=first_name").json()["data"]}


def test_to_see_everybodys_records_is_a_scope_too(alice: Person, bob: Person, contacts: dict[str, Contact]) -> None:
    assert seen(Api(alice, NARROW)) == {"Alice"}
    assert seen(Api(alice, WIDE)) == seen(Api(alice)) == {"Alice", "Bob"}
    assert seen(Api(bob, WIDE)) == {"Bob"}, "which his role does not have"
    narrow, address = Api(alice, NARROW), f"contacts/{contacts['Bob'].pk}"
    problem(narrow.get(address), 404, "not_found")
    problem(narrow.patch(address, {"first_name": "Eve"}), 404, "not_found")
    problem(narrow.get(f"contacts/{contacts['Charlie'].pk}"), 404, "not_found")
    assert Api(alice, WIDE).get(address).status_code == 200


@pytest.mark.parametrize(("scopes", "names"), [(NARROW, {"Alice"}), (WIDE, {"Alice", "Bob"}), ((), {"Alice", "Bob"})])
def test_what_a_key_has_written_in_the_background_is_no_more(
    alice: Person, monkeypatch: pytest.MonkeyPatch, scopes: tuple[str, ...], names: set[str]
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", -1)
    made = Api(alice, scopes).post("exports", {"noun": "contacts", "columns": ["first_name"], "format": "csv"})
    assert made.status_code in (201, 202), made.content
    drain()
    with firm_context(alice.firm.id):
        [run] = ExportRun.rows()
        assert run.state == "done"
        written = (Path(settings.MEDIA_ROOT) / run.file).read_text(encoding="utf-8-sig")
    assert {name for name in ("Alice", "Bob", "Charlie") if name in written} == names


def test_who_asked_is_within_the_same_scopes_later(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        key = ApiKey.rows().select_related("membership__user").get(pk=Api(alice, NARROW).key.pk)
        alice.firm.refresh_from_db()
        asked = actor_for_key(key, alice.firm)
        later = actor_again(alice.membership.id, program_of(asked))
        assert later == asked and later.permissions == set(NARROW)
        assert actor_again(bob.membership.id, program_of(bob.actor)) == bob.actor
