"""A run shows whole rows of its file: only who sees its starter's records sees it."""

import io

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.records.imports.public import import_file
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(alice: Person) -> ImportRun:
    """Alice brought in a file with a row that is wrong."""
    file = io.BytesIO(b"Email,First name\nada@elm.example,Ada\nnot an address,Secret\n")
    import_file("contacts", file, name="people.csv", by=alice.actor)
    with firm_context(alice.firm.id):
        return ImportRun.rows().get()


def see_only(person: Person, rule: Visibility) -> None:
    person.firm.visibility = rule
    person.firm.save()


def statuses(person: Person, run: ImportRun) -> list[int]:
    client, key = person.client(), Api(person)
    pages = [client.get(person.url(f"imports/{run.pk}/{part}")) for part in ("", "errors.csv")]
    calls = [key.get(f"imports/{run.pk}{part}") for part in ("", "/errors")]
    return [answer.status_code for answer in (*pages, *calls, key.post(f"imports/{run.pk}/revert"))]


def test_a_colleague_who_sees_all_records_sees_all_imports(bob: Person, run: ImportRun) -> None:
    assert statuses(bob, run)[:4] == [200] * 4
    assert len(Api(bob).get("imports").json()["data"]) == 1


def test_a_colleague_who_sees_only_his_own_does_not(alice: Person, bob: Person, run: ImportRun) -> None:
    see_only(alice, Visibility.OWNER)
    assert statuses(bob, run) == [404] * 5
    assert Api(bob).get("imports").json()["data"] == []
    assert b"people.csv" not in bob.client().get(bob.url("contacts/import/")).content
    assert statuses(alice, run)[:4] == [200] * 4


def test_another_firm_never_does(charlie: Person, run: ImportRun) -> None:
    assert statuses(charlie, run) == [404] * 5
