"""The library of custom fields: verbs, pages, rules, and what Bob and Charlie may not."""

from typing import Any

import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.people.models import Contact
from fairlead.records.actions import custom_fields as actions
from fairlead.records.custom import Change, index_values
from fairlead.records.models import CustomField, FieldValue
from fairlead.records.public import nouns
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def add(person: Person, label: str = "Tier", kind: str = "dropdown", **more: Any) -> CustomField:
    values = {
        "label": label,
        "kind": kind,
        **({"options": ["Gold", "Silver"]} if kind in ("dropdown", "multi_select") else {}),
        **more,
    }
    return actions.create_field(nouns.get("contact"), values, by=person.actor)


def hold(field: CustomField, value: Any) -> Contact:
    contact = Contact.objects.create(name="Ann", custom={field.key: value})
    index_values([field], [Change(contact.id, {}, contact.custom)])
    return contact


def test_a_field_is_added_without_touching_a_table(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field = add(alice, "Renewal tier (2026)", group="Sales", default="Gold", is_required=True)
        assert (field.key, field.position, field.default) == ("renewal_tier_2026", 1, "gold")
        assert [o["value"] for o in field.options] == ["gold", "silver"]
        assert Event.rows().filter(type="custom_field.created").count() == 1
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND pid = pg_backend_pid()"
            )
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "rocket"}, "kind"),
        ({"label": ""}, "label"),
        ({"key": "Bad Key"}, "key"),
        ({"options": []}, "options"),
        ({"options": ["A", "a"]}, "options"),
        ({"options": [{"label": "A", "color": "#fff"}]}, "options"),
        ({"default": "Bronze"}, "default"),
        ({"is_unique": True}, "is_unique"),
        ({"rules": []}, "rules"),
        ({"rules": {"nope": 1}}, "rules"),
        ({"rules": {"min_length": "x"}}, "rules"),
        ({"rules": {"min": "x"}}, "rules"),
        ({"rules": {"pattern": "(?=a)b"}}, "rules"),
        ({"rules": {"pattern": "(?:a{1000}){1000}"}}, "rules"),
        ({"rules": {"pattern": "("}}, "rules"),
        ({"rules": {"pattern": 5}}, "rules"),
        ({"rules": {"currency": "euros"}}, "rules"),
        ({"rules": {"min": 10, "max": 1}}, "rules"),
        ({"rules": {"min_length": 5, "max_length": 2}}, "rules"),
        ({"kind": "date", "options": [], "rules": {"min": "soon"}}, "rules"),
        ({"nope": 1}, "nope"),
        ({"position": -1}, "position"),
    ],
)
def test_wrong_definitions_are_refused_by_name(alice: Person, values: dict[str, Any], name: str) -> None:
    base = {"label": "Tier", "kind": "dropdown", "options": ["Gold"], **values}
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput) as error:
            actions.create_field(nouns.get("contact"), base, by=alice.actor)
        assert list(error.value.fields) == [name]
        assert not CustomField.rows().exists()


def test_a_key_is_taken_once(alice: Person) -> None:
    with firm_context(alice.firm.id):
        add(alice)
        with pytest.raises(InvalidInput, match="already a field"):
            add(alice)


def test_a_label_in_any_script_gets_a_key_of_its_own(alice: Person) -> None:
    with firm_context(alice.firm.id):
        labels = ["Größe", "サイズ", "العنوان", "😀", "2026 العنوان", "2026 住所", "Größe!"]
        made = [add(alice, label).key for label in labels]
        assert made == ["grosse", "field", "field_2", "field_3", "f_2026", "f_2026_2", "grosse_2"]
        with pytest.raises(InvalidInput, match="already a field"):
            add(alice, "サイズ", key="field")


def test_options_in_use_are_merged_not_lost(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field = add(alice, kind="multi_select")
        ann = hold(field, ["gold", "silver"])
        with pytest.raises(InvalidInput, match="archive or merge"):
            actions.update_field(field.id, {"options": [{"value": "gold", "label": "Gold"}]}, by=alice.actor)
        with pytest.raises(InvalidInput):
            actions.merge_options(field.id, "silver", "nope", by=alice.actor)
        assert actions.merge_options(field.id, "silver", "gold", by=alice.actor) == 1
        ann.refresh_from_db()
        assert (ann.custom, ann.version) == ({"tier": ["gold"]}, 2)
        assert list(FieldValue.rows().values_list("key", flat=True)) == ["gold"]


def test_a_field_tells_how_many_records_hold_a_value(alice: Person) -> None:
    with firm_context(alice.firm.id):
        several, single = add(alice, kind="multi_select"), add(alice, "Rank")
        hold(several, ["gold", "silver"])
        hold(several, ["gold"])
        hold(single, "gold")
        assert actions.usage_of([several, single]) == {several.id: 2, single.id: 1}


def test_a_default_is_always_what_new_records_may_have(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field = add(alice, default="silver")
        away = [o | {"archived": o["value"] == "silver"} for o in field.options]
        with pytest.raises(InvalidInput) as error:
            actions.update_field(field.id, {"options": away}, by=alice.actor)
        assert list(error.value.fields) == ["default"]
        assert actions.update_field(field.id, {"options": away, "default": None}, by=alice.actor).default is None
        actions.update_field(field.id, {"options": field.options, "default": "silver"}, by=alice.actor)
        actions.merge_options(field.id, "silver", "gold", by=alice.actor)
        assert CustomField.rows().get(pk=field.pk).default == "gold"


def test_a_default_is_meant_as_the_firm_means_it(alice: Person) -> None:
    with firm_context(alice.firm.id):
        Firm.objects.filter(pk=alice.firm.id).update(country="DE", currency="EUR", time_zone="Europe/Berlin")
        assert add(alice, "Budget", "money", default="100").default == {"amount": 10_000, "currency": "EUR"}
        assert add(alice, "Hotline", "phone", default="030 123456").default == "+4930123456"
        assert add(alice, "Since", "datetime", default="2026-07-01T09:00").default == "2026-07-01T07:00:00Z"


def test_a_field_becomes_unique_only_when_its_values_are(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field = add(alice, "Vat", "text")
        hold(field, "GB1")
        actions.update_field(field.id, {"is_unique": True}, by=alice.actor)
        actions.update_field(field.id, {"is_unique": False}, by=alice.actor)
        hold(field, "gb1")
        with pytest.raises(InvalidInput, match="Several records"):
            actions.update_field(field.id, {"is_unique": True}, by=alice.actor)


def test_archive_restore_and_delete(alice: Person) -> None:
    with firm_context(alice.firm.id):
        field = add(alice, "Note", "text")
        ann = hold(field, "Hello")
        with pytest.raises(Conflict):
            actions.delete_field(field.id, by=alice.actor, confirm="note")
        actions.archive_field(field.id, by=alice.actor)
        actions.restore_field(field.id, by=alice.actor)
        assert FieldValue.rows().get().key == "hello"
        actions.archive_field(field.id, by=alice.actor)
        with pytest.raises(InvalidInput, match="Type note"):
            actions.delete_field(field.id, by=alice.actor, confirm="")
        actions.delete_field(field.id, by=alice.actor, confirm="note")
        ann.refresh_from_db()
        assert ann.custom == {}
        assert not FieldValue.rows().exists() and not CustomField.rows().exists()


def test_bob_may_look_and_charlie_finds_nothing(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        field = add(alice)
        with pytest.raises(Forbidden):
            actions.archive_field(field.id, by=bob.actor)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        actions.archive_field(field.id, by=charlie.actor)
    assert b"Tier" in bob.client().get(bob.url("settings/fields/")).content
    assert bob.client().get(bob.url("settings/fields/contacts/new")).status_code == 403
    assert b"Tier" not in charlie.client().get(charlie.url("settings/fields/")).content
    assert charlie.client().get(charlie.url(f"settings/fields/{field.id}/change")).status_code == 404
    with firm_context(alice.firm.id):
        field.refresh_from_db()
        assert field.archived_at is None


def test_the_pages_add_change_archive_and_delete(alice: Person) -> None:
    client, at = alice.client(), alice.url("settings/fields/")
    assert b"No custom fields yet" in client.get(at).content
    assert b"Drop-down" in client.get(f"{at}contacts/new", headers=HTMX).content
    assert b"<html" in client.get(f"{at}contacts/new").content  # opened in a tab of its own
    assert b"Options" in client.get(f"{at}contacts/new?kind=dropdown", headers=HTMX).content
    body = {"kind": "dropdown", "label": "Tier", "options": "Gold\nsilver = Silver\n# Old"}
    assert client.post(f"{at}contacts/new", {**body, "label": ""}, headers=HTMX).status_code == 422
    assert client.post(f"{at}contacts/new", body, headers=HTMX).status_code == 204
    number = {"kind": "number", "label": "Score", "min": "1"}
    for strange in ("x", "inf", "nan", "1e9999999"):
        assert client.post(f"{at}contacts/new", number | {"max": strange}, headers=HTMX).status_code == 422
    assert client.post(f"{at}contacts/new", {**number, "max": "9,5"}, headers=HTMX).status_code == 204
    with firm_context(alice.firm.id):
        tier, score = CustomField.rows().get(key="tier"), CustomField.rows().get(key="score")
        options = [(o["value"], o["archived"]) for o in tier.options]
        assert options == [("gold", False), ("silver", False), ("old", True)]
        assert score.rules == {"min": 1, "max": 9.5}
    assert b"silver = Silver\n# old = Old" in client.get(f"{at}{tier.id}/change", headers=HTMX).content
    changed = {"label": "Level", "options": "gold = Golden\nsilver = Silver"}
    assert client.post(f"{at}{tier.id}/change", changed, headers=HTMX).status_code == 204
    assert client.post(f"{at}{tier.id}/merge", {"gone": "silver", "kept": "silver"}, headers=HTMX).status_code == 422
    assert client.post(f"{at}{tier.id}/merge", {"gone": "silver", "kept": "gold"}, headers=HTMX).status_code == 204
    assert client.get(f"{at}{tier.id}/archive").status_code == 405
    for verb in ("archive", "restore", "archive"):
        assert client.post(f"{at}{tier.id}/{verb}", headers=HTMX).status_code == 204
    assert b"Archive" in client.get(at).content
    assert b"lost for good" in client.get(f"{at}{tier.id}/delete", headers=HTMX).content
    assert client.post(f"{at}{tier.id}/delete", {"confirm": "x"}, headers=HTMX).status_code == 422
    assert client.post(f"{at}{tier.id}/delete", {"confirm": "tier"}, headers=HTMX).status_code == 204
