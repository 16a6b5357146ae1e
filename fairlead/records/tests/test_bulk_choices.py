"""Dialogs of bulk actions take nothing away that nobody chose to take away; an undo that cannot go on says why."""

import json

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions import lists
from fairlead.people.models import Contact, ListSubscription
from fairlead.records.actions.bulk import undo_bulk
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.models import BulkRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

from .bulk_runs import fresh, make, start

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(("verb", "more"), [("owner", {}), ("set", {"field": "owner"}), ("set", {"field": "country"})])
def test_nothing_is_chosen_before_somebody_chooses(alice: Person, verb: str, more: dict[str, str]) -> None:
    with firm_context(alice.firm.id):
        ids = [str(c.pk) for c in make(2, owner=alice.membership, country="IT")]
    client, at = alice.client(), alice.url(f"records/contacts/bulk/{verb}")
    page = client.get(at, more, headers=HTMX).content.decode()
    assert '<option value="…">Choose …</option>' in page.replace(" selected", "")
    sent = {"selection": json.dumps({"ids": ids}), **more}
    refused = client.post(at, {**sent, "value": "…"}, headers=HTMX)
    assert refused.status_code == 422 and "Choose what" in refused.content.decode()
    with firm_context(alice.firm.id):
        assert not BulkRun.rows().exists()
    assert client.post(at, {**sent, "value": ""}, headers=HTMX).status_code == 200
    drain()
    with firm_context(alice.firm.id):
        left = "country" if "country" in more.values() else "owner_id"
        assert set(Contact.rows().values_list(left, flat=True)) <= {None, ""}


def test_a_field_is_found_by_its_name_among_hundreds(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for number in range(300):
            create_field(nouns.get("contact"), {"label": f"Tier {number}", "kind": "text"}, by=alice.actor)
    at = alice.url("records/contacts/bulk/set")
    first = alice.client().get(at, {"count": "12"}, headers=HTMX).content.decode()
    assert first.count("<fl-combobox") == 1 and '<optgroup label="Custom fields">' in first
    assert f'data-dialog="{at}?count=12"' in first and 'name="value"' not in first
    chosen = alice.client().get(at, {"count": "12", "field": "custom.tier_299"}, headers=HTMX).content.decode()
    assert '<option value="custom.tier_299" selected>Tier 299</option>' in chosen
    assert "Tier 299 becomes" in chosen and "For 12 contacts" in chosen


def test_no_field_is_set_before_one_is_chosen(alice: Person) -> None:
    with firm_context(alice.firm.id):
        sent = {"selection": json.dumps({"ids": [str(c.pk) for c in make(1)]}), "field": ""}
    refused = alice.client().post(alice.url("records/contacts/bulk/set"), sent, headers=HTMX)
    assert refused.status_code == 422 and 'aria-invalid="true"' in refused.content.decode()
    with firm_context(alice.firm.id):
        assert not BulkRun.rows().exists()


def test_an_undo_that_cannot_go_on_says_why_and_goes_on_later(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = [c.pk for c in make(2)]
        news = lists.create_list("News", by=alice.actor)
    run = start(alice, "list-add", {"list": str(news.pk)}, ids=ids)
    drain()
    with firm_context(alice.firm.id):
        lists.archive_list(news.pk, by=alice.actor)
        undo_bulk(run.pk, by=alice.actor)
    drain()
    assert (fresh(run).state, fresh(run).message) == ("failed", "The list News is archived.")
    with firm_context(alice.firm.id):
        lists.unarchive_list(news.pk, by=alice.actor)
        undo_bulk(run.pk, by=alice.actor)
    drain()
    assert fresh(run).state == "undone"
    with firm_context(alice.firm.id):
        assert not ListSubscription.rows().filter(status="subscribed").exists()


@pytest.mark.parametrize(("label", "said"), [("VAT id", "VAT id"), ("Renewal of the PII", "renewal of the PII")])
def test_a_field_keeps_its_capitals_in_what_is_said_of_it(alice: Person, label: str, said: str) -> None:
    with firm_context(alice.firm.id):
        field = create_field(nouns.get("contact"), {"label": label, "kind": "text"}, by=alice.actor)
        ids = [contact.pk for contact in make(1)]
    run = start(alice, "set", {"field": field.name, "value": "x"}, ids=ids)
    page = alice.client().get(alice.url(f"bulk/{run.pk}/"), headers=HTMX).content.decode()
    assert f"Set {said}" in page
