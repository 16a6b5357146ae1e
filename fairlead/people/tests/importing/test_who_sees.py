"""A run shows whole rows of its file: only who sees its starter's records sees it."""

import io

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.jobs.testing import drain
from fairlead.people import access
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.records.imports import verbs
from fairlead.records.imports.by_rules import NOT_YOURS
from fairlead.records.imports.public import import_file
from fairlead.records.models import ImportRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import Visibility, firm_context, system_actor

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


def test_who_sees_only_their_own_sees_what_they_brought_in(alice: Person, bob: Person) -> None:
    see_only(alice, Visibility.OWNER)
    with firm_context(alice.firm.id):
        hers = create_company({"name": "Elm", "owner": alice.membership.id}, by=alice.actor)
    rows = [f"{name}@elm.example,Elm,{bob.user.email}" for name in ("ada", "ben")]
    file = "\n".join(["Email,Company name,Contact owner", *rows]).encode()
    import_file("contact", io.BytesIO(file), name="people.csv", by=bob.actor)
    again = import_file("contact", io.BytesIO(file), name="people.csv", by=bob.actor)
    assert (again["created"], again["unchanged"], again["errors"]) == (0, 2, 0)
    for created in (1, 0):
        found = import_file("company", io.BytesIO(b"Company name\nOak\n"), name="companies.csv", by=bob.actor)
        assert found["created"] == created
    with firm_context(alice.firm.id):
        assert access.contacts(bob.actor).count() == 2
        assert {c.company_id for c in access.contacts(bob.actor)}.isdisjoint({hers.pk, None})
        assert set(access.companies(bob.actor).values_list("name", flat=True)) == {"Elm", "Oak"}
        assert access.contacts(alice.actor).count() == 2, "who owns the firm sees all"


@pytest.mark.parametrize(
    ("match", "header", "mark"),
    [("phone", "Phone", "020 7946 0011"), ("external_id", "Record ID", "4711"), ("name_company", "Last name", "Elm")],
)
def test_of_two_with_one_mark_it_is_the_one_that_the_starter_sees(
    alice: Person, bob: Person, match: str, header: str, mark: str
) -> None:
    see_only(alice, Visibility.OWNER)
    with firm_context(alice.firm.id):
        for person in (alice, bob):  # hers is the older one
            values = {"last_name": "Elm", "phone": "020 7946 0011", "owner": person.membership.id}
            create_contact({**values, "external_id": "4711"}, by=person.actor)
    file = io.BytesIO(f"{header},City\n{mark},Rome\n".encode())
    found = import_file("contact", file, name="his.csv", by=bob.actor, options={"match": match})
    assert (found["updated"], found["problems"]) == (1, [])
    with firm_context(alice.firm.id):
        assert access.contacts(bob.actor).get().city == "Rome"
        assert set(access.contacts(alice.actor).values_list("city", flat=True)) == {"", "Rome"}


def test_examples_of_a_dry_run_are_of_those_whom_the_reader_sees(alice: Person, bob: Person) -> None:
    """The file is Bob's, who sees everybody until the firm decides otherwise; Alice's contact is in it."""
    with firm_context(alice.firm.id):
        values = {"last_name": "Elm", "city": "Hidden place", "emails": [{"address": "ada@elm.example"}]}
        create_contact({**values, "owner": alice.membership.id}, by=alice.actor)
    file = io.BytesIO(b"Email,City\nada@elm.example,Rome\nnew@elm.example,Oslo\n")
    options = {"overwrite": True}
    import_file("contact", file, name="people.csv", by=bob.actor, options=options, dry_run=True)
    with firm_context(alice.firm.id):
        run = ImportRun.rows().get()
    assert shown_to(bob, run) == (True, ["updated", "created"])
    see_only(alice, Visibility.OWNER)
    assert shown_to(bob, run) == (False, ["created"])
    assert shown_to(alice, run) == (True, ["updated", "created"])


def shown_to(person: Person, run: ImportRun) -> tuple[bool, list[str]]:
    """Return whether the page quotes the contact as it is, and the kinds of the API's examples."""
    page = person.client().get(person.url(f"imports/{run.pk}/")).content
    found = Api(person).get(f"imports/{run.pk}").json()["dry_run"]
    assert b"Oslo" in page and found["updated"] == 1
    return b"Hidden place" in page, [sample["kind"] for sample in found["samples"]]


def test_what_a_rule_gave_to_somebody_else_is_told_to_stay(alice: Person, bob: Person) -> None:
    see_only(alice, Visibility.OWNER)
    import_file("contact", io.BytesIO(b"Email\nada@elm.example\n"), name="people.csv", by=bob.actor)
    import_file("company", io.BytesIO(b"Company name\nOak\n"), name="companies.csv", by=bob.actor)
    with firm_context(alice.firm.id):
        rule = system_actor(alice.firm.id, "Rule In turn", via="job")
        for noun in ("contact", "company"):
            kind = nouns.get(noun)
            assert kind.set_field is not None
            ids = kind.model.rows().values_list("pk", flat=True)
            kind.set_field(dict.fromkeys(ids, str(alice.membership.id)), "owner", by=rule)
        for run in ImportRun.rows():
            verbs.revert(run.pk, by=bob.actor)
    drain()
    with firm_context(alice.firm.id):
        reports = [run.report for run in ImportRun.rows()]
        assert [(r["reverted"], [(k["name"], k["why"]) for k in r["kept"]]) for r in reports] == [
            (0, [("", NOT_YOURS)])
        ] * 2
