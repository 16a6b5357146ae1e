"""Wrong trees are refused at the node that is wrong; hostile values are only values."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound
from fairlead.kernel.ids import uuid7
from fairlead.people.models import Company, Contact, Tag, Tagging
from fairlead.records.criteria.choices import catalogue
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.models import CustomField
from fairlead.records.public import Criteria, nouns
from fairlead.tenancy.public import Visibility, firm_context

pytestmark = pytest.mark.django_db
GOOD = {"field": "city", "op": "is", "value": "Rome"}
EVENT = "contact.created"


def deep(levels: int) -> Any:
    return GOOD if levels == 0 else {"not": deep(levels - 1)}


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ({"all": [], "any": []}, ""),
        ({"nope": []}, ""),
        ({"all": GOOD}, "all"),
        ({"any": []}, "any"),
        ({"all": [GOOD, {"any": [{"field": "nope", "op": "is"}]}]}, "all.1.any.0.field"),
        ({"not": {"field": 5, "op": "is"}}, "not.field"),
        ({"field": "city", "op": "gt", "value": 1}, "op"),
        ({"field": "city", "value": 1}, "op"),
        ({**GOOD, "values": 1}, "values"),
        ({**GOOD, "value": ""}, "value"),
        ({**GOOD, "value": "́"}, "value"),
        ({**GOOD, "value": "a\x00b"}, "value"),
        ({**GOOD, "value": "\ud800"}, "value"),
        ({**GOOD, "value": "x" * 201}, "value"),
        ({"field": "city", "op": "is_known", "value": "x"}, "value"),
        ({"field": "city", "op": "in", "value": []}, "value"),
        ({"field": "city", "op": "in", "value": ["x"] * 1001}, "value"),
        ({"field": "country", "op": "in", "value": ["Atlantis"]}, "value"),
        ({"field": "lifecycle", "op": "is", "value": "king"}, "value"),
        ({"field": "owner", "op": "is", "value": "alice"}, "value"),
        ({"field": "phone", "op": "contains", "value": "abc"}, "value"),
        ({"field": "created_at", "op": "before", "value": "soon"}, "value"),
        ({"field": "created_at", "op": "before", "value": {"relative": {"unit": "years", "amount": 1}}}, "value"),
        ({"field": "created_at", "op": "before", "value": {"relative": {"unit": "days", "amount": 10**9}}}, "value"),
        ({"field": "created_at", "op": "between", "value": ["2026-01-01"]}, "value"),
        ({"field": "created_at", "op": "in_last", "value": {"amount": 1, "unit": "eons"}}, "value"),
        ({"field": "created_at", "op": "in_last", "value": -1}, "value"),
        ({"field": "birthday", "op": "anniversary", "value": 400}, "value"),
        ({"field": "company.employees", "op": "gt", "value": "many"}, "value"),
        ({"field": "company.employees", "op": "gt", "value": True}, "value"),
        ({"field": "company.owner.name", "op": "is", "value": "x"}, "field"),
        ({"field": "city.x", "op": "is", "value": "x"}, "field"),
        ({"field": "custom.nope", "op": "is", "value": "x"}, "field"),
        ({"field": "password", "op": "is", "value": "x"}, "field"),
        ({"tag": {"op": "has_any"}}, "tag"),
        ({"tag": {"op": "in", "value": [str(uuid7())]}}, "tag.op"),
        ({"tag": {"op": "has_any", "value": []}}, "tag.value"),
        ({"tag": {"op": "has_any", "value": ["x"]}}, "tag.value"),
        ({"list": {"op": "in", "value": [str(uuid7())]}}, "list.value"),
        ({"event": []}, "event"),
        ({"event": {"type": "nope"}}, "event.type"),
        ({"event": {"type": [EVENT]}}, "event.type"),
        ({"event": {"type": EVENT, "op": "!="}}, "event.op"),
        ({"event": {"type": EVENT, "op": []}}, "event.op"),
        ({"event": {"type": EVENT, "count": -1}}, "event.count"),
        ({"event": {"type": EVENT, "within": {"days": 0}}}, "event.within"),
        ({"event": {"type": EVENT, "within": 30}}, "event.within"),
        ({"event": {"type": EVENT, "where": {"a' OR 1=1": "x"}}}, "event.where"),
        ({"event": {"type": EVENT, "where": {"a": []}}}, "event.where"),
        ({"event": {"type": EVENT, "where": []}}, "event.where"),
        ({"event": {"type": EVENT, "sql": "x"}}, "event.sql"),
        (deep(10), "not.not.not.not.not.not.not.not.not.not"),
    ],
)
def test_errors_name_the_node(alice: Person, tree: Any, path: str) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as error:
        Criteria(nouns.get("contact"), tree, by=alice.actor)
    assert list(error.value.fields) == [path]
    assert error.value.code == "invalid_criteria"


@pytest.mark.parametrize("times", ["--5", "²", "9" * 5_000, "", None])
def test_a_number_that_is_none_is_told_in_words(alice: Person, times: Any) -> None:
    tree = {"event": {"type": EVENT, "op": ">=", "count": times}}
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as error:
        Criteria(nouns.get("contact"), tree, by=alice.actor)
    assert "A whole number from" in str(error.value.fields)


def test_every_wrong_node_is_named_at_once(alice: Person) -> None:
    tree = {"all": [{"field": "x", "op": "is"}, GOOD, {"any": [{"field": "city", "op": "x"}]}]}
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as error:
        Criteria(nouns.get("contact"), tree, by=alice.actor)
    assert set(error.value.fields) == {"all.0.field", "all.2.any.0.op"}


def test_a_tree_has_a_limit(alice: Person) -> None:
    with firm_context(alice.firm.id):
        Criteria(nouns.get("contact"), {"all": [GOOD] * 199}, by=alice.actor)
        with pytest.raises(InvalidInput, match="at most 200"):
            Criteria(nouns.get("contact"), {"all": [GOOD] * 200}, by=alice.actor)


@pytest.mark.parametrize("value", ["'; DROP TABLE people_contact; --", "%s", "%(x)s", "\\", '"', "$$", "{}", "%%"])
def test_values_never_become_sql(alice: Person, value: str) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="note", label="Note", kind="text")
        made = Contact.objects.create(first_name=value, custom={"note": value})
        for name in ("first_name", "custom.note"):
            for op in ("contains", "ends_with"):
                tree = {"field": name, "op": op, "value": value}
                criteria = Criteria(nouns.get("contact"), tree, by=alice.actor)
                assert list(criteria.filter(Contact.rows())) == [made]
                assert criteria.explain(made.id).text.endswith(value)
        event = {"event": {"type": EVENT, "op": "none", "where": {"name": value}}}
        assert Criteria(nouns.get("contact"), event, by=alice.actor).matches(made.id)


def test_charlie_cannot_reach_alices_records_fields_or_tags(alice: Person, charlie: Person) -> None:
    contact = nouns.get("contact")
    with firm_context(alice.firm.id):
        made = Contact.objects.create(city="Rome")
        tag = Tag.objects.create(name="VIP", name_norm="vip")
        Tagging.objects.create(tag=tag, noun="contact", record_id=made.id)
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
        criteria = Criteria(contact, {"tag": {"op": "has_any", "value": [str(tag.id)]}}, by=alice.actor)
        assert list(criteria.filter(contact.visible(alice.actor))) == [made]
    with firm_context(charlie.firm.id):
        assert not Criteria(contact, GOOD, by=charlie.actor).filter(contact.visible(charlie.actor)).exists()
        with pytest.raises(NotFound):
            Criteria(contact, GOOD, by=charlie.actor).explain(made.id)
        for tree in ({"tag": {"op": "has_any", "value": [str(tag.id)]}}, {"field": "custom.tier", "op": "is_known"}):
            with pytest.raises(InvalidInput):
                Criteria(contact, tree, by=charlie.actor)


def test_a_member_filters_by_no_company_that_he_may_not_see(alice: Person, bob: Person) -> None:
    contact = nouns.get("contact")
    alice.firm.visibility = Visibility.OWNER
    alice.firm.save()
    with firm_context(alice.firm.id):
        secret = Company.objects.create(name="Secret", industry="luxury", owner=alice.membership)
        his = Contact.objects.create(company=secret, owner=bob.membership)
        Contact.objects.create(company=secret, owner=alice.membership)
        tree = {"field": "company.industry", "op": "is", "value": "luxury"}
        seen = Criteria(contact, tree, by=bob.actor).filter(contact.visible(bob.actor))
        assert list(seen) == []
        assert Criteria(contact, tree, by=alice.actor).filter(contact.visible(alice.actor)).count() == 2
        assert Criteria(contact, {"not": tree}, by=bob.actor).matches(his.id)


def test_an_actor_without_the_right_gets_nothing(alice: Person) -> None:
    from dataclasses import replace

    nobody = replace(alice.actor, permissions=frozenset())
    with firm_context(alice.firm.id), pytest.raises(Forbidden):
        Criteria(nouns.get("contact"), GOOD, by=nobody).matches(uuid7())


def test_the_catalogue_offers_what_trees_may_say(alice: Person) -> None:
    with firm_context(alice.firm.id):
        options = [{"value": "a", "label": "A"}]
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="dropdown", options=options)
        Tag.objects.create(name="VIP", name_norm="vip", color="red")
        actor = alice.actor
        with CaptureQueriesContext(connection) as queries:
            offered = catalogue(Vocabulary(nouns.get("contact")), by=actor)
        fields = {f["name"]: f for f in offered["fields"]}
        assert fields["custom.tier"]["options"] == [{"value": "a", "label": "A", "color": ""}]
        assert fields["company.industry"]["label"] == "Company: Industry"
        assert {"name": "in_last", "label": "was in the last", "value": "span"} in fields["created_at"]["ops"]
        kinds = [m["name"] for m in offered["memberships"]]
        assert kinds[:2] == ["tag", "list"]  # rooms above add theirs
        assert offered["memberships"][0]["options"][0]["label"] == "VIP"
        assert len(queries) <= 4 + len(kinds)


def test_an_explanation_reads_like_a_sentence(alice: Person) -> None:
    with firm_context(alice.firm.id):
        acme = Company.objects.create(name="Acme", industry="software")
        made = Contact.objects.create(city="Rome", country="IT", company=acme, owner=alice.membership)
        tree = {
            "all": [
                {"field": "country", "op": "in", "value": ["IT", "France"]},
                {"not": {"field": "owner", "op": "is", "value": "me"}},
                {"field": "company", "op": "in", "value": [str(acme.id)]},
                {"field": "created_at", "op": "after", "value": {"relative": {"unit": "days", "amount": -3}}},
                {"event": {"type": EVENT, "op": ">=", "count": 2, "within": {"days": 30}}},
            ]
        }
        found = Criteria(nouns.get("contact"), tree, by=alice.actor).explain(made.id)
    assert [(c.text, c.holds) for c in found.children] == [
        ("Country is any of Italy, France", True),
        ("Not", False),
        ("Company is any of Acme", True),
        ("Created is after 3 days ago", True),
        ("Contact created at least 2 times in the last 30 days", False),
    ]
    assert not found.holds
    assert found.children[1].children[0].text == "Owner is me"
