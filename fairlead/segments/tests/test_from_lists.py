"""The filter of the list of contacts leads on to a segment of those whom it leaves."""

import json
from html import unescape
from urllib.parse import urlencode

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.segments.tests.keeping import BERLIN

pytestmark = pytest.mark.django_db


def listed(person: Person, noun: str = "contacts", **asked: str) -> str:
    return unescape(person.client().get(person.url(f"{noun}/?{urlencode(asked)}")).content.decode())


def test_a_filter_can_be_saved_as_a_segment(alice: Person) -> None:
    criteria = json.dumps(BERLIN)
    address = alice.url("segments/new?") + urlencode({"of": "contacts", "criteria": criteria})
    assert address in listed(alice, criteria=criteria)
    assert "Berlin" in alice.client().get(address).content.decode()


def test_only_a_filter_that_says_all_and_of_people(alice: Person) -> None:
    criteria = json.dumps(BERLIN)
    for page in (
        listed(alice),
        listed(alice, criteria=criteria, q="ada"),
        listed(alice, "companies", criteria=criteria),
    ):
        assert "Save as segment" not in page
