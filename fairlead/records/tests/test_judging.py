"""Many trees asked of a few records: what each needs is asked once for all of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Tag
from fairlead.records.public import Context, Criteria, nouns, trees
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_a_column_is_folded_once_and_memberships_are_read_once(alice: Person) -> None:
    with firm_context(alice.firm.id):
        noun = nouns.get("contact")
        ada, ben = (create_contact({"first_name": n, "city": "München"}, by=alice.actor) for n in ("Ada", "Ben"))
        tag_records("contact", [ada.pk], names=["vip", "new"], by=alice.actor)
        vip, new = (str(Tag.rows().get(name=n).pk) for n in ("vip", "new"))
        asked = (
            {"field": "city", "op": "is", "value": "munchen"},
            {"not": {"field": "city", "op": "is", "value": "Köln"}},
            {"tag": {"op": "has_all", "value": [vip, new]}},
            {"any": [{"tag": {"op": "has_none", "value": [vip]}}, {"field": "first_name", "op": "is", "value": "ADA"}]},
        )
        nodes = [Criteria(noun, tree, by=alice.actor).node for tree in asked]
        with CaptureQueriesContext(connection) as made:
            found = trees.judge(noun, nodes, [ada.pk, ben.pk], Context.of(alice.actor))
    assert found == {ada.pk: [True, True, True, True], ben.pk: [True, True, False, True]}
    said = [query["sql"] for query in made.captured_queries]
    assert [sql.count('fairlead_fold(t."city")') for sql in said if '"city"' in sql] == [1]
    assert sum("people_tagging" in sql for sql in said) == 1
