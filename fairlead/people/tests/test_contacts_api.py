"""/api/v1/contacts"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.people.models import Contact
from fairlead.tenancy.public import Role, firm_context

pytestmark = pytest.mark.django_db
ADA = {
    "first_name": "Ada",
    "last_name": "Byron",
    "country": "GB",
    "emails": [{"address": "Ada@Kestrel.example"}, {"address": "ada@home.example", "label": "home"}],
    "phone": "020 7946 0011",
}


def test_a_contact_is_created_read_changed_and_binned(api: Api) -> None:
    made = api.post("contacts", ADA)
    assert made.status_code == 201, made.content
    ada = made.json()
    assert (ada["name"], ada["email"], ada["phone"], ada["version"]) == (
        "Ada Byron", "Ada@kestrel.example", "+442079460011", 1,
    )  # fmt: skip
    assert [e["label"] for e in ada["emails"]] == ["", "home"]
    assert made["Location"] == f"http://testserver/api/v1/contacts/{ada['id']}"
    read = api.get(made["Location"])
    assert read.json() == ada
    assert read["ETag"] == made["ETag"] == '"1"'
    changed = api.patch(f"contacts/{ada['id']}", {"city": "London"}, If_Match='"1"')
    assert (changed.json()["city"], changed["ETag"]) == ("London", '"2"')
    gone = api.delete(f"contacts/{ada['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    problem(api.get(f"contacts/{ada['id']}"), 404, "not_found")
    assert [c["id"] for c in api.get("contacts?binned=true").json()["data"]] == [ada["id"]]
    assert api.post(f"contacts/{ada['id']}/restore").json()["name"] == "Ada Byron"


def test_the_second_of_two_editors_is_told(api: Api, bob: Person) -> None:
    ada = api.post("contacts", ADA).json()["id"]
    assert Api(bob).patch(f"contacts/{ada}", {"city": "Paris"}).status_code == 200
    refused = api.patch(f"contacts/{ada}", {"city": "London"}, If_Match='"1"')
    assert problem(refused, 412, "stale_version")["current_version"] == 2
    assert refused["ETag"] == '"2"'
    problem(api.delete(f"contacts/{ada}", If_Match='"1"'), 412, "stale_version")
    assert api.get(f"contacts/{ada}").json()["city"] == "Paris"


def test_every_wrong_field_is_named_and_nothing_is_created(api: Api) -> None:
    sent = {"country": "Atlantis", "shoe_size": 4, "do_not_contact": True, "first_name": 7,
            "emails": [{"address": "x@y.example", "kind": 1}]}  # fmt: skip
    errors = problem(api.post("contacts", sent), 422, "invalid")["errors"]
    assert {e["pointer"]: e["code"] for e in errors} == {
        "/shoe_size": "unknown_field", "/do_not_contact": "unknown_field", "/first_name": "wrong_type",
        "/emails/0/kind": "unknown_field",
    }  # fmt: skip
    errors = problem(api.post("contacts", {"country": "Atlantis", "birthday": "x"}), 422, "invalid")["errors"]
    assert {e["field"] for e in errors} == {"country", "birthday"}
    assert api.get("contacts?total=true").json()["total"] == 0


def test_another_firms_contact_is_absent(api: Api, charlie: Person) -> None:
    ada = api.post("contacts", ADA).json()["id"]
    stranger = Api(charlie)
    absent = problem(stranger.get("contacts/01900000-0000-7000-8000-000000000000"), 404, "not_found")
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/restore")):
        refused = stranger.call(method, f"contacts/{ada}{path}", {} if method == "PATCH" else None)
        assert problem(refused, 404, "not_found") == absent, (method, path)
    assert stranger.get("contacts").json() == {"data": [], "next": None, "previous": None}
    assert api.get(f"contacts/{ada}").json()["version"] == 1


def test_a_role_without_the_permission_is_refused(api: Api, firm_a: object, bob: Person) -> None:
    reader = Api(bob, scopes=("contacts.view",))
    ada = api.post("contacts", ADA).json()["id"]
    assert reader.get(f"contacts/{ada}").status_code == 200
    for method, path, body in (
        ("POST", "contacts", ADA), ("PATCH", f"contacts/{ada}", {"city": "x"}), ("DELETE", f"contacts/{ada}", None),
    ):  # fmt: skip
        problem(reader.call(method, path, body), 403, "forbidden")
    problem(Api(bob, scopes=("companies.view",)).get("contacts"), 403, "forbidden")


def test_pages_join_without_gap_or_overlap_in_every_order(api: Api, alice: Person) -> None:
    with firm_context(alice.firm.id):
        Contact.objects.bulk_create(
            Contact(first_name=f"N{i % 3}", name=f"N{i % 3}", sort_key=f"n{i % 3}", email_norm=f"{i % 2}")
            for i in range(23)
        )
    for order in ("name", "-name", "email", "created_at", "-updated_at", "last_activity_at", "-last_activity_at"):
        url, seen, back = f"contacts?limit=5&fields=name&sort={order}", [], []
        while url:
            page = api.get(url).json()
            seen += [c["id"] for c in page["data"]]
            url, last = page["next"], page
        assert len(set(seen)) == len(seen) == 23, order
        url = last["previous"]
        while url:
            page = api.get(url).json()
            back = [c["id"] for c in page["data"]] + back
            url = page["previous"]
        assert back == seen[:20], order


def test_fields_and_parts_are_shown_as_asked(api: Api) -> None:
    api.post("contacts", ADA)
    (row,) = api.get("contacts?fields=name,emails").json()["data"]
    assert set(row) == {"id", "version", "name", "emails"}
    (row,) = api.get("contacts?include=tags,lists").json()["data"]
    assert row["tags"] == row["lists"] == []
    assert "emails" not in row
    found = problem(api.get("contacts?fields=shoe_size&Colour=red&limit=0"), 422, "invalid")["errors"]
    assert {e["parameter"] for e in found} == {"Colour", "limit"}
    problem(api.get("contacts?fields=shoe_size"), 422, "invalid")


def test_a_list_takes_the_same_number_of_queries_whatever_its_length(api: Api, alice: Person) -> None:
    api.get("contacts")
    counts = []
    for count in (1, 30):
        with firm_context(alice.firm.id):
            Contact.objects.bulk_create(Contact(name=f"x{i}", sort_key=f"x{i}") for i in range(count))
        with CaptureQueriesContext(connection) as queries:
            assert api.get("contacts?include=tags").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8  # two of them are the savepoint that stands for the transaction in a test


def test_a_batch_judges_each_item_by_itself(api: Api) -> None:
    sent = {"items": [ADA, {"first_name": 3}, {"email": "ada@HOME.example"}, {"last_name": "Hopper"}]}
    body = api.post("contacts/batch/create", sent).json()
    assert [r["status"] for r in body["results"]] == [201, 422, 422, 201], body
    assert (body["succeeded"], body["failed"]) == (2, 2)
    assert body["results"][1]["problem"]["errors"][0]["field"] == "first_name"
    ada, hopper = body["results"][0]["id"], body["results"][3]["id"]
    sent = {"items": [{"id": ada, "version": 9, "city": "x"}, {"id": hopper, "city": "Arlington"}, {"city": "y"}]}
    body = api.post("contacts/batch/update", sent).json()
    assert [r["status"] for r in body["results"]] == [412, 200, 422]
    body = api.post("contacts/batch/delete", {"ids": [ada, hopper, ada]}).json()
    assert [r["status"] for r in body["results"]] == [200, 200, 404]
    body = api.post("contacts/batch/restore", {"ids": [hopper]}).json()
    assert body["succeeded"] == 1
    problem(api.post("contacts/batch/delete", {"ids": []}), 422, "invalid")


def test_a_batch_of_another_firm_changes_nothing(api: Api, charlie: Person) -> None:
    ada = api.post("contacts", ADA).json()["id"]
    stranger = Api(charlie)
    for verb, body in (("update", {"items": [{"id": ada, "city": "x"}]}), ("delete", {"ids": [ada]})):
        assert stranger.post(f"contacts/batch/{verb}", body).json()["results"][0]["status"] == 404
    assert api.get(f"contacts/{ada}").json()["version"] == 1


def test_a_read_only_member_reads(firm_a: object, alice: Person) -> None:
    from fairlead.accounts.tests.cast import join

    reader = Api(join(alice.firm, "Rita", "Rowan", Role.READ_ONLY))
    assert reader.get("contacts").status_code == 200
    problem(reader.post("contacts", ADA), 403, "forbidden")


@pytest.fixture
def known(api: Api) -> dict[str, str]:
    """Ada (GB, VIP, client), Bo (DE, lead) and Cy (no country)."""
    found = {}
    for first, country, stage in (("Ada", "GB", "client"), ("Bo", "DE", "lead"), ("Cy", "", "lead")):
        sent = {"first_name": first, "country": country, "lifecycle": stage, "email": f"{first}@kestrel.example"}
        found[first] = api.post("contacts", sent).json()["id"]
    api.post(f"contacts/{found['Ada']}/tag", {"names": ["VIP"]})
    return found


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("country=DE", "Bo"),
        ("country__in=DE,GB", "Ada Bo"),
        ("country__not_in=DE", "Ada Cy"),
        ("country__is_known=true", "Ada Bo"),
        ("country__is_known=false", "Cy"),
        ("lifecycle=lead&country=DE", "Bo"),
        ("email=ADA@kestrel.example", "Ada"),
        ("first_name__starts_with=b", "Bo"),
        ("tag=vip", "Ada"),
        ("tag__has_none=VIP", "Bo Cy"),
        ("created_at__gte=2020-01-01", "Ada Bo Cy"),
        ("created_at__lt=2020-01-01", ""),
        ("created_at__in_last=2d", "Ada Bo Cy"),
        ("last_activity_at__lte=2030-01-01T00:00:00Z", ""),
        ("do_not_contact=false", "Ada Bo Cy"),
        ('filter={"any":[{"field":"city","op":"is_known"},{"field":"name","op":"is","value":"Cy"}]}', "Cy"),
        ('lifecycle=lead&filter={"not":{"field":"country","op":"is","value":"DE"}}', "Cy"),
    ],
)  # fmt: skip
def test_a_list_is_filtered(api: Api, known: dict[str, str], query: str, names: str) -> None:
    found = api.get(f"contacts?fields=first_name&total=true&{query}")
    assert found.status_code == 200, found.content
    assert " ".join(c["first_name"] for c in found.json()["data"]) == names
    assert found.json()["total"] == len(names.split())


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("shoe_size=4", {"parameter": "shoe_size"}),
        ("country__near=DE", {"parameter": "country__near"}),
        ("country=Atlantis", {"parameter": "country"}),
        ("tag=nobody", {"parameter": "tag"}),
        ("created_at__gte=yesterday", {"parameter": "created_at__gte"}),
        ("do_not_contact=maybe", {"parameter": "do_not_contact"}),
        ("filter={", {"parameter": "filter"}),
        ("filter=7", {"parameter": "filter"}),
        (
            'country=DE&filter={"all":[{"field":"country","op":"is","value":7}]}',
            {"parameter": "filter", "pointer": "/all/0/value"},
        ),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_named(api: Api, known: dict[str, str], query: str, error: dict[str, str]) -> None:
    (found,) = problem(api.get(f"contacts?{query}"), 422, "invalid")["errors"]
    assert {k: found[k] for k in error} == error


def test_contacts_are_searched_by_criteria(api: Api, charlie: Person, known: dict[str, str]) -> None:
    body = {"criteria": {"any": [{"field": "country", "op": "in", "value": ["DE", "GB"]}]}}
    page = api.post("contacts/search?limit=1&sort=-name&fields=first_name", body).json()
    assert [c["first_name"] for c in page["data"]] == ["Bo"]
    page = api.post(page["next"], body).json()
    assert ([c["first_name"] for c in page["data"]], page["next"]) == (["Ada"], None)
    (wrong,) = problem(api.post("contacts/search", {"criteria": {"any": []}}), 422, "invalid")["errors"]
    assert wrong["pointer"] == "/criteria/any"
    assert Api(charlie).post("contacts/search", {}).json()["data"] == []
