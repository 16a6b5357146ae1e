"""Pictures of contacts over the API."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.people.tests.test_pictures import photo

pytestmark = pytest.mark.django_db


def put(api: Api, address: str, upload: Any, **headers: str) -> Any:
    body = encode_multipart(BOUNDARY, {"picture": upload})
    return api.call("PUT", address, body, Content_Type=MULTIPART_CONTENT, **headers)


def test_a_picture_is_set_fetched_and_taken_away(alice: Person, charlie: Person) -> None:
    api = Api(alice)
    address = f"contacts/{api.post('contacts', {'first_name': 'Ada'}).json()['id']}/picture"
    problem(api.get(address), 404, "not_found")
    changed = put(api, address, photo(), If_Match='"1"')
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    problem(put(api, address, photo(), If_Match='"1"'), 412, "stale_version")
    sent = api.get(address)
    with Image.open(io.BytesIO(b"".join(sent.streaming_content))) as picture:  # type: ignore[attr-defined]
        assert (sent["Content-Type"], picture.format, max(picture.size)) == ("image/webp", "WEBP", 512)
    for method in ("GET", "DELETE"):
        problem(Api(charlie).call(method, address), 404, "not_found")
    problem(put(Api(charlie), address, photo()), 404, "not_found")
    assert api.delete(address).status_code == 204
    problem(api.get(address), 404, "not_found")


def test_what_is_no_picture_is_refused(alice: Person) -> None:
    api = Api(alice)
    address = f"contacts/{api.post('contacts', {'first_name': 'Ada'}).json()['id']}/picture"
    refused = put(api, address, SimpleUploadedFile("x.png", b"<script>", "image/png"))
    assert [e["field"] for e in problem(refused, 422, "invalid")["errors"]] == ["picture"]
    problem(api.call("PUT", address, {}), 415, "unsupported_media_type")
    problem(put(Api(alice, scopes=("contacts.view",)), address, photo()), 403, "forbidden")
