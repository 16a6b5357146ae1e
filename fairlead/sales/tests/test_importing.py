"""Deals from files of HubSpot and Pipedrive: recognised, placed, linked, closed when they were, once, and undone."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Forbidden
from fairlead.people.public import Company, Tagging
from fairlead.records.imports import verbs
from fairlead.records.imports.files import import_file
from fairlead.records.public import ImportRun
from fairlead.sales.actions.deals import update_deal
from fairlead.sales.importing.headers import known
from fairlead.sales.models import Deal, DealContact, Loss, StageStay, Win
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "tests" / "data"


@pytest.fixture
def firm(alice: Person, bob: Person) -> Person:
    making.pipeline(alice, name="Sales")
    making.contact(alice, email="ada@kestrel.example")
    return alice


def load(person: Person, name: str, **options: Any) -> dict[str, Any]:
    with (DATA / name).open("rb") as stream:
        return import_file("deals", stream, name=name, by=person.actor, options=options)


def deals(person: Person) -> dict[str, Deal]:
    with firm_context(person.firm.pk):
        rows = Deal.rows().filter(deleted_at=None).select_related("stage", "company", "contact", "owner__user")
        return {d.name: d for d in rows}


def test_headers_of_hubspot_and_pipedrive_are_known() -> None:
    meant = {"deal name": "title", "deal stage": "stage", "amount": "value", "deal currency of value": "currency",
             "deal organization": "company", "deal contact person": "contacts", "deal won time": "closed_at",
             "associated contact": "contacts", "closed lost reason": "lost_reason", "deal label": "tags"}  # fmt: skip
    for header, target in meant.items():
        guess = known(header, ())
        assert guess is not None and guess.target == target, header
    ids = known("associated company ids", ())
    assert ids is not None and ids.target is None
    assert known("favourite colour", ()) is None


def test_a_file_of_hubspot(firm: Person, bob: Person) -> None:
    told = load(firm, "deals-hubspot.csv")
    assert (told["created"], told["errors"]) == (3, 2), told
    made = deals(firm)
    audit = made["Kestrel audit 2027"]
    assert (audit.value, audit.currency, audit.priority) == (1_200_000, "GBP", "high")
    assert audit.stage.name == "Qualified" and audit.owner_id == bob.membership.pk
    assert str(audit.expected_close) == "2027-03-31" and audit.external_id == "9001"
    assert audit.company.name == "Kestrel Capital" and audit.contact.first_name == "Ada"
    won, lost = made["Heron payroll"], made["Osprey tax review"]
    assert (won.outcome, lost.outcome) == ("won", "lost")
    with firm_context(firm.firm.pk):
        assert Win.rows().get().occurred_at.date().isoformat() == "2026-10-20"
        loss = Loss.rows().get()
        assert (loss.note or loss.reason.name) == "Too expensive" and loss.currency == "EUR"
        assert won.created_at.date().isoformat() == "2026-06-11"
        events = dict(Event.rows().filter(subject_id=won.pk).values_list("type", "occurred_at"))
        assert events["deal.created"] == won.created_at and events["deal.won"] == Win.rows().get().occurred_at
        stays = list(StageStay.rows().filter(deal=won).order_by("entered_at"))
        assert stays[0].entered_at == won.created_at and stays[-1].entered_at == Win.rows().get().occurred_at
        assert DealContact.rows().get().deal_id == audit.pk
        assert Company.rows().filter(name="Kestrel Capital").count() == 1
        run = ImportRun.rows().get()
    words = " ".join(str(p) for p in told["problems"])
    assert "no stage called" in words and "no title" in words
    assert "Nobody Known" in run.report["made"]["unknown owners"]


def test_a_file_of_pipedrive(firm: Person) -> None:
    told = load(firm, "deals-pipedrive.csv")
    assert (told["created"], told["errors"]) == (2, 0), told
    made = deals(firm)
    site, care = made["Website Kranich GmbH"], made["Wartung Kranich"]
    assert (site.value, site.currency, site.outcome) == (750_000, "EUR", "open")
    assert site.contact.last_name == "Byron" and str(site.expected_close) == "2027-03-31"
    assert (care.value, care.outcome) == (120_050, "won")
    assert care.closed_at is not None and care.closed_at < datetime(2026, 10, 21, tzinfo=UTC)
    with firm_context(firm.firm.pk):
        tags = Tagging.rows().filter(record_id=site.pk).values_list("tag__name", flat=True)
        assert set(tags) == {"Hot", "Web"}


def test_a_workbook_with_real_dates_amounts_and_formulas(firm: Person, bob: Person, charlie: Person) -> None:
    told = load(firm, "deals.xlsx")
    assert (told["created"], told["errors"]) == (3, 1), told
    assert "no stage called" in " ".join(str(p) for p in told["problems"])
    made = deals(firm)
    audit, heron, osprey = made["Kestrel audit 2027"], made["Heron payroll"], made["=1+1 Osprey"]
    assert (audit.value, audit.currency, audit.external_id) == (1_200_050, "EUR", "9001")
    assert audit.stage.name == "Qualified" and audit.owner_id == bob.membership.pk
    assert str(audit.expected_close) == "2027-03-31" and audit.company.name == "Kestrel Capital"
    assert audit.contact.first_name == "Ada" and audit.created_at.isoformat().startswith("2026-06-11")
    assert (heron.value, heron.currency, heron.outcome) == (1_500_000, "GBP", "won"), "A formula is worth its result."
    assert (osprey.value, osprey.currency, osprey.outcome) == (900, "JPY", "lost"), "A yen has no cents."
    with firm_context(firm.firm.pk):
        tags = Tagging.rows().filter(record_id=audit.pk).values_list("tag__name", flat=True)
        assert set(tags) == {"Hot", "Audit"}
        assert Win.rows().get().occurred_at.date().isoformat() == "2026-10-20"
    again = load(firm, "deals.xlsx")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3), again
    assert deals(charlie) == {}


def test_a_workbook_goes_through_the_pages_and_the_api(firm: Person, charlie: Person) -> None:
    browser = firm.client()
    with (DATA / "deals.xlsx").open("rb") as stream:
        answer = browser.post(firm.url("deals/import/"), {"file": stream}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Deal Name" in page and "Kestrel audit 2027" in page
    address = answer.redirect_chain[-1][0]
    assert charlie.client().get(address.replace(firm.firm.slug, charlie.firm.slug, 1)).status_code == 404
    api = Api(firm)
    headers = {"Authorization": f"Bearer {api.token}"}
    with (DATA / "deals.xlsx").open("rb") as stream:
        made = api.client.post("/api/v1/imports", {"noun": "deal", "file": stream}, headers=headers)
    assert made.status_code == 201, made.content
    path = f"imports/{made.json()['id']}"
    assert api.post(f"{path}/start").status_code in (200, 202)
    drain()
    told = api.get(path).json()
    assert told["status"] == "done" and len(deals(firm)) == 3, told
    assert Api(charlie).get(path).status_code == 404 and set(deals(charlie)) == set()


def test_the_same_file_twice_changes_nothing_and_a_changed_one_updates(firm: Person) -> None:
    load(firm, "deals-hubspot.csv")
    again = load(firm, "deals-hubspot.csv")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3), again
    with firm_context(firm.firm.pk):
        audit = Deal.rows().get(name="Kestrel audit 2027")
        update_deal(audit.pk, {"value": 100, "next_step": "Call"}, by=firm.actor)
    kept = load(firm, "deals-hubspot.csv")
    assert kept["updated"] == 0, "filled fields stay, unless one says so"
    changed = load(firm, "deals-hubspot.csv", overwrite=True)
    assert changed["updated"] == 1
    after = deals(firm)["Kestrel audit 2027"]
    assert (after.value, after.next_step) == (1_200_000, "Call")


def test_a_rehearsal_writes_nothing(firm: Person) -> None:
    with (DATA / "deals-hubspot.csv").open("rb") as stream:
        told = import_file("deals", stream, name="x.csv", by=firm.actor, dry_run=True)
    assert told["created"] == 3
    assert deals(firm) == {}
    with firm_context(firm.firm.pk):
        assert not Company.rows().exists()


def test_a_rehearsal_shows_amounts_and_places_in_words(firm: Person) -> None:
    with firm_context(firm.firm.pk):
        making.deal(firm, "Grant review", value=150_050, currency="EUR")
    rows = "Deal Name,Deal Stage,Amount,Deal Currency,Priority\nGrant review,Won,2000,EUR,high\nNew roof,,12.5,EUR,\n"
    told = import_file("deals", BytesIO(rows.encode()), name="x.csv", by=firm.actor, dry_run=True,
                       options={"overwrite": True})  # fmt: skip
    shown = {s["name"]: {c["field"]: (c["before"], c["after"]) for c in s["changes"]} for s in told["samples"]}
    assert shown["Grant review"]["Value"] == ("1,500.50 EUR", "2,000 EUR")
    assert shown["Grant review"]["Priority"] == ("", "High") and shown["Grant review"]["Stage"][1] == "Won"
    assert shown["New roof"]["Value"] == ("", "12.50 EUR")


def test_an_import_is_undone_but_for_what_somebody_changed(firm: Person) -> None:
    load(firm, "deals-pipedrive.csv")
    with firm_context(firm.firm.pk):
        site = Deal.rows().get(name="Website Kranich GmbH")
        update_deal(site.pk, {"next_step": "Call"}, by=firm.actor)
        verbs.revert(ImportRun.rows().get().pk, by=firm.actor)
    drain()
    assert list(deals(firm)) == ["Website Kranich GmbH"]


def test_strangers_import_into_their_own_firm_only(firm: Person, charlie: Person) -> None:
    making.pipeline(charlie, name="Sales")
    load(charlie, "deals-hubspot.csv")
    assert deals(firm) == {} and len(deals(charlie)) == 3
    assert deals(charlie)["Kestrel audit 2027"].contact is None


def test_it_takes_the_right_to_import(firm: Person) -> None:
    from fairlead.accounts.tests.cast import join
    from fairlead.tenancy.public import Role

    reader = join(firm.firm, "Rita", "Rowan", Role.READ_ONLY)
    with pytest.raises(Forbidden):
        load(reader, "deals-hubspot.csv")


def test_the_pages_take_a_file_and_rehearse_it(firm: Person) -> None:
    browser = firm.client()
    assert "deals/import/" in browser.get(firm.url("deals/")).content.decode()
    assert browser.get(firm.url("deals/import/")).status_code == 200
    with (DATA / "deals-hubspot.csv").open("rb") as stream:
        answer = browser.post(firm.url("deals/import/"), {"file": stream}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Deal Name" in page and "Expected close" in page
    assert "Name and company" not in page, "deals are recognised by themselves"
