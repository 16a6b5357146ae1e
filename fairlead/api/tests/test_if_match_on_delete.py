"""DELETE with If-Match, on what keeps no version: nobody deletes what a colleague changed since."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.api.tests.test_if_match_on_change import NOUNS

pytestmark = pytest.mark.django_db

DELETED = ("comment", "snippet", "note template", "task template", "tag", "team", "reason", "saved view")


@pytest.mark.parametrize("noun", DELETED)
def test_what_was_changed_since_stays(alice: Person, noun: str) -> None:
    make, field, second, _ = NOUNS[noun]
    api = Api(alice)
    path = make(api)
    tag = api.get(path)["ETag"]
    new = api.patch(path, {field: second})["ETag"]
    problem(api.delete(path, If_Match=tag), 412, "stale_version")
    assert api.get(path)["ETag"] == new, "It is as it was."
    assert api.delete(path, If_Match=new).status_code == 204
    problem(api.get(path), 404, "not_found")
    problem(api.delete(path, If_Match=new), 404, "not_found")


@pytest.mark.parametrize("noun", ["note template", "task template"])
def test_a_colleague_deletes_only_what_was_read(alice: Person, bob: Person, noun: str) -> None:
    make, field, second, _ = NOUNS[noun]
    api, bobs = Api(alice), Api(bob)
    path = make(api)
    tag = bobs.get(path)["ETag"]
    api.patch(path, {field: second})
    problem(bobs.delete(path, If_Match=tag), 412, "stale_version")
    assert bobs.delete(path, If_Match=bobs.get(path)["ETag"]).status_code == 204


@pytest.mark.parametrize("noun", DELETED)
def test_another_firm_deletes_nothing(alice: Person, charlie: Person, noun: str) -> None:
    make = NOUNS[noun][0]
    api = Api(alice)
    path = make(api)
    problem(Api(charlie).delete(path, If_Match=api.get(path)["ETag"]), 404, "not_found")
    assert api.get(path).status_code == 200


def test_an_attachment_has_a_tag(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    ada = api.post("contacts", {"first_name": "Ada"}).json()["id"]
    note = api.post("notes", {"body": "<p>See</p>", "about": [{"noun": "contact", "id": ada}]}).json()["id"]
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nHello\r\n--x--\r\n'
    kind = {"Content_Type": "multipart/form-data; boundary=x"}
    path = f"attachments/{api.call('POST', f'notes/{note}/attachments', body, **kind).json()['id']}"
    tag = api.get(path)["ETag"]
    problem(api.delete(path, If_Match='"0"'), 412, "stale_version")
    problem(Api(charlie).delete(path, If_Match=tag), 404, "not_found")
    assert api.delete(path, If_Match=tag).status_code == 204
