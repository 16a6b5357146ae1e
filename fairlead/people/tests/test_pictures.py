"""Pictures of contacts."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def photo() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(made, "PNG")
    return SimpleUploadedFile("ada.png", made.getvalue(), "image/png")


def test_a_picture_is_set_shown_and_taken_away(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
    client, one = alice.client(), alice.url(f"contacts/{ada.id}/")
    assert client.get(f"{one}picture").status_code == 404
    assert client.post(f"{one}picture/change", {"picture": photo()}, headers=HX).status_code == 204
    assert f"{one}picture?v=2" in client.get(one).content.decode()
    sent = client.get(f"{one}picture")
    with Image.open(io.BytesIO(b"".join(sent.streaming_content))) as picture:
        assert (picture.format, max(picture.size)) == ("WEBP", 512)
    assert charlie.client().get(charlie.url(f"contacts/{ada.id}/picture")).status_code == 404
    fake = SimpleUploadedFile("x.png", b"<script>", "image/png")
    refused = client.post(f"{one}picture/change", {"picture": fake}, headers=HX)
    assert refused.status_code == 422 and "not a JPEG" in refused.content.decode()
    assert client.post(f"{one}picture/change", {"remove": "on"}, headers=HX).status_code == 204
    with firm_context(alice.firm.id):
        assert not Contact.rows().get(pk=ada.id).picture
        assert Event.rows().filter(type__startswith="contact.picture").count() == 2
