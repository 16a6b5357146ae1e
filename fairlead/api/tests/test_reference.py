"""The reference page: for everybody by itself, for members in their frame."""

import pytest
from django.test import Client
from django.utils.html import escape

from fairlead.accounts.tests.cast import Person
from fairlead.sales.models import Deal

pytestmark = pytest.mark.django_db


def test_it_shows_every_operation_with_a_request_to_try() -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'id="contacts_opt_out"' in text
    assert "$FAIRLEAD_KEY" not in text, "what an operation takes and gives is drawn when it is opened"
    assert "$FAIRLEAD_KEY" in operation("contacts_opt_out")
    assert 'id="problem-stale_version"' in text
    assert "style=" not in text


def operation(name: str) -> str:
    """Return what comes when an operation is opened."""
    response = Client().get(f"/api/v1/docs?operation={name}", headers={"HX-Request": "true"})
    return response.content.decode()


def test_an_operation_has_an_address_of_its_own() -> None:
    text = Client().get("/api/v1/docs?operation=contacts_opt_out").content.decode()
    assert text.count("<details") == 2 and "$FAIRLEAD_KEY" in text  # beside "Getting started"
    everything = Client().get("/api/v1/docs?operation=nonsense").content.decode()
    assert 'id="tags_list"' in everything


def test_it_says_how_to_begin_at_this_installation() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert 'curl -H "Authorization: Bearer $KEY" http://testserver/api/v1/me' in page
    for header in ("Idempotency-Key", "If-Match"):
        assert header in page.split("Getting started")[1].split("</details>")[0]


def test_it_is_searched() -> None:
    text = Client().get("/api/v1/docs?q=opt-out contact").content.decode()
    assert 'id="contacts_opt_out"' in text
    assert 'id="tags_list"' not in text
    assert 'id="contacts_create"' in Client().get("/api/v1/docs?q=lifecycle POST").content.decode(), "by a field"
    assert "Nothing fits" in Client().get("/api/v1/docs?q=zebra%00").content.decode()


def test_members_see_it_in_their_frame(alice: Person, charlie: Person) -> None:
    page = alice.client().get(alice.url("reference/"))
    assert page.status_code == 200
    assert "Alder &amp; Co" in page.content.decode()
    assert charlie.client().get(alice.url("reference/")).status_code == 404


def test_it_says_of_a_value_what_its_model_says_where_the_noun_has_no_word() -> None:
    page = operation("deals_create")
    help_text = Deal._meta.get_field("currency").help_text
    assert escape(f"Currency. {help_text}") in page
    assert "Owner. Id of a member." in page  # the noun's own word comes first
