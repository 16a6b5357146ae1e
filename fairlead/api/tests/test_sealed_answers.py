"""What is kept for a repeat of a request can be read by nobody who reads the database."""

from typing import Any

import pytest
from cryptography.fernet import Fernet

from fairlead.accounts.tests.cast import Person
from fairlead.api.models import KeptAnswer
from fairlead.api.tests.client import Api, problem
from fairlead.kernel import crypto
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def kept(person: Person) -> KeptAnswer:
    with firm_context(person.firm.id):
        found: KeptAnswer = KeptAnswer.rows().get()
        return found


def test_the_text_of_a_new_key_is_not_stored(alice: Person) -> None:
    api = Api(alice)
    made = api.post("keys", {"name": "Café 😀"}, Idempotency_Key="k")
    assert made.json()["key"].encode() not in bytes(kept(alice).body)
    again = api.post("keys", {"name": "Café 😀"}, Idempotency_Key="k")
    assert (again.content, again["Idempotency-Replayed"]) == (made.content, "true")


def test_it_follows_a_change_of_the_field_key(alice: Person, settings: Any) -> None:
    api, new = Api(alice), Fernet.generate_key().decode()
    made = api.post("keys", {"name": "Sync"}, Idempotency_Key="k")
    settings.FIELD_KEY = f"{new},{settings.FIELD_KEY}"
    assert crypto.reencrypt_all()["kept answers"] == 1
    settings.FIELD_KEY = new
    assert api.post("keys", {"name": "Sync"}, Idempotency_Key="k").content == made.content


def test_one_that_cannot_be_read_any_more_does_nothing_twice(alice: Person, settings: Any) -> None:
    api = Api(alice)
    api.post("tags", {"name": "VIP"}, Idempotency_Key="k")
    settings.FIELD_KEY = Fernet.generate_key().decode()
    problem(api.post("tags", {"name": "VIP"}, Idempotency_Key="k"), 409, "conflict")


def test_one_that_was_kept_before_they_were_sealed_is_still_given(alice: Person) -> None:
    api = Api(alice)
    made = api.post("tags", {"name": "VIP"}, Idempotency_Key="k")
    with firm_context(alice.firm.id):
        KeptAnswer.rows().update(body=made.content)
    assert api.post("tags", {"name": "VIP"}, Idempotency_Key="k").content == made.content
