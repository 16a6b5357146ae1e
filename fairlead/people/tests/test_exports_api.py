"""/api/v1/exports, with contacts as the noun."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event, words
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
SENT = {"noun": "contact", "columns": ["first_name", "email"]}


def test_a_list_is_exported_and_fetched_by_its_maker_only(alice: Person, bob: Person, charlie: Person) -> None:
    api = Api(alice)
    api.post("contacts", {"first_name": "=1+1", "email": "ada@kestrel.example"})
    made = api.post("exports", SENT)
    assert (made.status_code, made.json()["state"], made.json()["done"]) == (202, "done", 1), made.content
    path = f"exports/{made.json()['id']}"
    text = b"".join(api.get(f"{path}/file").streaming_content).decode("utf-8-sig")
    assert "ada@kestrel.example" in text
    assert ",=1+1" not in text
    for person in (bob, charlie):
        for method, where in (("GET", path), ("GET", f"{path}/file"), ("POST", f"{path}/cancel")):
            problem(Api(person).call(method, where), 404, "not_found")
    problem(api.post(f"{path}/cancel"), 409, "conflict")
    assert [e["id"] for e in api.get("exports").json()["data"]] == [made.json()["id"]]


def test_without_the_permission_nothing_is_exported(alice: Person, bob: Person) -> None:
    problem(Api(bob, scopes=("contacts.view",)).post("exports", SENT), 403, "forbidden")
    problem(Api(alice).post("exports", {**SENT, "columns": ["shoe_size"]}), 422, "invalid")
    problem(Api(alice).post("exports", {**SENT, "format": "pdf"}), 422, "invalid")


def test_one_address_streams_csv_or_a_workbook(alice: Person, bob: Person, charlie: Person) -> None:
    api = Api(alice)
    nasty = '=HYPERLINK("http://x") & <b> \x07 _x0041_ \r\nline \U0001f600'
    api.post("contacts", {"first_name": "Ada", "job_title": nasty, "email": "ada@kestrel.example"})
    api.post("contacts", {"first_name": "Ben", "city": "Berlin", "phone": "+493012345678"})
    Api(charlie).post("contacts", {"first_name": "Sid"})
    answer = api.get("contacts/export?format=xlsx&columns=name,job_title,completeness")
    assert answer.streaming and answer["Content-Disposition"].endswith('.xlsx"')
    body = b"".join(answer.streaming_content)
    sheet = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0)
    header, ada, ben = sheet.to_python()
    assert header == ["Record id", "Name", "Job title", "Profile complete (%)"]
    assert ada[1] == "Ada" and ada[2].startswith('=HYPERLINK("http://x") & <b>') and ada[2].endswith("line \U0001f600")
    assert isinstance(ben[3], float) and ben[3] > 0
    with ZipFile(BytesIO(body)) as archive:
        assert archive.testzip() is None
        text = archive.read("xl/worksheets/sheet1.xml").decode()
        ElementTree.fromstring(text)
    assert "<f>" not in text and "_x005F_x0041_" in text and "_x0007_" in text, "No formula, and nothing lost."
    plain = b"".join(api.get('contacts/export?filter={"field":"city","op":"is","value":"Berlin"}').streaming_content)
    assert b"Ben" in plain and b"Ada" not in plain
    problem(api.get("contacts/export?format=pdf"), 422, "invalid")
    problem(Api(bob, scopes=("contacts.view",)).get("contacts/export?format=xlsx"), 403, "forbidden")
    with firm_context(alice.firm.id):
        made = Event.rows().filter(type="export.made").order_by("id")
        told = ["exported 2 contacts as xlsx", "exported 1 contacts as csv"]
        assert [words(e.type, e.data) for e in made] == told, "The audit says how much of what left the house."
