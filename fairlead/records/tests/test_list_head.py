"""The buttons above a list are about the rows that it shows, also once it was filtered in place."""

import json
from html import unescape
from urllib.parse import urlencode

import pytest

from fairlead.accounts.tests.cast import Person

from .bulk_runs import ROME

pytestmark = pytest.mark.django_db


def test_who_exports_after_a_filter_exports_what_is_left(alice: Person) -> None:
    asked = urlencode({"q": "ada", "criteria": json.dumps(ROME)})
    answer = alice.client().get(f"{alice.url('contacts/')}?{asked}", headers={"HX-Request": "true"})
    page = unescape(answer.content.decode())
    assert 'hx-swap-oob="innerMorph:.page-actions"' in page
    assert f"{alice.url('records/contacts/export')}?{asked}" in page
    whole = alice.client().get(f"{alice.url('contacts/')}?{asked}").content.decode()
    assert "hx-swap-oob" not in whole
