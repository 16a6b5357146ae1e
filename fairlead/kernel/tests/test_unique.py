"""What may stand once only: the index says so, the person reads why."""

import pytest
from django.db import IntegrityError

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.unique import unique
from fairlead.people.models import Tag
from fairlead.people.public import ensure_tags
from fairlead.tenancy.public import firm_context


def _again(tag: Tag) -> None:
    Tag(name=tag.name, name_norm=tag.name_norm).save(force_insert=True)


def test_a_taken_name_names_its_field_and_the_transaction_goes_on(alice: Person) -> None:
    with firm_context(alice.actor.firm_id):
        tag = ensure_tags(["Gold"], by=alice.actor)["gold"]
        with pytest.raises(InvalidInput) as refused, unique("Gold is there.", field="label"):
            _again(tag)
        assert (refused.value.fields, refused.value.code) == ({"label": ["Gold is there."]}, "taken")
        assert Tag.rows().count() == 1


def test_another_firm_may_use_the_name(alice: Person, charlie: Person) -> None:
    with firm_context(alice.actor.firm_id):
        tag = ensure_tags(["Gold"], by=alice.actor)["gold"]
    with firm_context(charlie.actor.firm_id), unique("Gold is there."):
        _again(tag)


def test_another_defect_is_not_taken_for_a_taken_name(alice: Person) -> None:
    with firm_context(alice.actor.firm_id), pytest.raises(IntegrityError), unique("Gold is there."):
        Tag(name=None, name_norm="gold").save(force_insert=True)
