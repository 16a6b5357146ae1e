"""Every page of sales opens, for those who may."""

import json
import re

import pytest

from fairlead.accounts.tests.cast import Person, join
from fairlead.sales.actions import deals as deal_actions
from fairlead.sales.actions import moving, outcomes
from fairlead.sales.actions.founding import furnish
from fairlead.sales.actions.products import create_product
from fairlead.sales.models import Deal, LineItem, Pipeline, Stage
from fairlead.sales.tests import making
from fairlead.tenancy.public import Role, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def sales(alice: Person) -> Pipeline:
    with firm_context(alice.firm.id):
        furnish(alice.actor)
        return Pipeline.rows().get()


def filled(alice: Person) -> list[Deal]:
    company, contact = making.company(alice), making.contact(alice)
    first = making.deal(alice, value="1,000 GBP", expected_close="2026-12-01", company=company.pk, contact=contact.pk,
                        owner=alice.membership.pk, priority="high")  # fmt: skip
    return [first, making.deal(alice, "Osprey audit", value="500 GBP"), making.deal(alice, "Heron move")]


def test_a_deals_timeline_is_filtered_by_what_happens_to_deals(alice: Person, sales: Pipeline) -> None:
    deal = filled(alice)[0]
    shown = alice.client().get(alice.url(f"deals/{deal.pk}/timeline")).text
    assert "kind=deals" in shown and "kind=notes" in shown
    assert not [kind for kind in ("consent", "lists", "segments") if f"kind={kind}" in shown]
    of_person = alice.client().get(alice.url(f"contacts/{making.contact(alice).pk}/timeline")).text
    assert "kind=consent" in of_person and "kind=segments" in of_person


def test_pages_open(alice: Person, sales: Pipeline) -> None:
    deals = filled(alice)
    line = making.stages(sales)
    with firm_context(alice.firm.id):
        moving.move_deal(deals[0].pk, line[2].pk, by=alice.actor)
        outcomes.win_deal(deals[1].pk, by=alice.actor)
    client = alice.client()
    pages = [
        f"deals/board/{sales.pk}/", f"deals/due/{sales.pk}/", f"deals/forecast/{sales.pk}/",
        f"deals/analytics/{sales.pk}/", f"deals/analytics/{sales.pk}/deals?measure=won",
        f"deals/analytics/{sales.pk}/deals?measure=entered:{line[0].pk}",
        f"deals/forecast/{sales.pk}/2026-12/weighted", f"deals/forecast/{sales.pk}/undated/open", "deals/", "deals/new",
        f"deals/{deals[0].pk}/", f"deals/{deals[1].pk}/", f"deals/{deals[0].pk}/timeline", "deals/bin",
        f"deals/{deals[0].pk}/panels/deal-score", f"deals/{deals[0].pk}/panels/deal-history",
        f"deals/{deals[0].pk}/win", f"deals/{deals[0].pk}/lose", f"deals/{deals[1].pk}/reopen",
        f"deals/{deals[0].pk}/move", f"deals/{deals[0].pk}/move?stage={line[3].pk}", f"deals/{deals[0].pk}/items",
        f"deals/{deals[0].pk}/contacts/add", f"deals/{deals[0].pk}/companies/add", f"deals/{deals[0].pk}/close-date",
        f"deals/{deals[0].pk}/tags", f"deals/{deals[0].pk}/delete", f"deals/{deals[0].pk}/facts/value",
        f"deals/board/{sales.pk}/stages/{line[0].pk}", f"deals/board/{sales.pk}/totals", "deals/contact-choices?q=ada",
        "settings/pipelines/", "settings/pipelines/new", f"settings/pipelines/{sales.pk}/",
        f"settings/pipelines/{sales.pk}/edit", f"settings/pipelines/{sales.pk}/archive",
        f"settings/pipelines/{sales.pk}/stages/new", f"settings/pipelines/{sales.pk}/stages/{line[0].pk}/",
        f"settings/pipelines/{sales.pk}/stages/{line[0].pk}/delete", "settings/products/", "settings/products/new",
        "settings/currencies/", "settings/currencies/new", "settings/reasons/", "settings/reasons/new/loss",
        "settings/scores/", "settings/scores/new", "records/deals/fields.json", "records/deals/bulk/move",
        f"contacts/{deals[0].contact_id}/", f"companies/{deals[0].company_id}/",
    ]  # fmt: skip
    assert [page for page in pages if client.get(alice.url(page)).status_code != 200] == []
    for page in ("deals/board/", "deals/forecast/", "deals/analytics/", "deals/due/"):
        assert client.get(alice.url(page)).status_code == 302


def test_charlie_finds_nothing_of_alices(alice: Person, charlie: Person, sales: Pipeline) -> None:
    deal, *_ = filled(alice)
    client = charlie.client()
    for page in (
        f"deals/{deal.pk}/",
        f"deals/board/{sales.pk}/",
        f"deals/analytics/{sales.pk}/",
        f"deals/{deal.pk}/win",
    ):
        assert client.get(charlie.url(page)).status_code == 404
    answer = client.post(charlie.url("deals/move"), {"deal": deal.pk, "stage": making.stages(sales)[1].pk})
    assert answer.status_code == 404


def test_a_card_is_moved_and_the_columns_say_so(alice: Person, bob: Person, sales: Pipeline) -> None:
    deal, *_ = filled(alice)
    line = making.stages(sales)
    given = {"deal": deal.pk, "stage": line[1].pk, "from": line[0].pk}
    moved = alice.client().post(alice.url("deals/move"), given)
    assert moved.json()["columns"][str(line[1].pk)] == {"count": "1", "total": "1,000 USD", "note": ""} or (
        moved.json()["columns"][str(line[1].pk)]["count"] == "1"
    )
    second = bob.client().post(bob.url("deals/move"), given)
    assert second.status_code == 409
    assert alice.user.name in second.json()["message"]
    wanting = bob.client().post(bob.url("deals/move"), {"deal": making.deal(alice, "Bare").pk, "stage": line[3].pk})
    assert wanting.status_code == 422
    asked = bob.client().get(wanting.json()["dialog"])
    assert b'name="expected_close"' in asked.content


def test_days_of_no_calendar_are_passed_over(alice: Person, sales: Pipeline) -> None:
    for view in ("forecast", "analytics"):
        asked = alice.url(f"deals/{view}/{sales.pk}/?period=own&since=2026-13-45&until=2026-02-30")
        assert alice.client().get(asked).status_code == 200
    gone = alice.client().get(alice.url(f"deals/forecast/{sales.pk}/kept/2026-13/open"))
    assert gone.status_code == 404


def test_the_dialog_of_a_stage_fills_and_moves(alice: Person, sales: Pipeline) -> None:
    line = making.stages(sales)
    deal = making.deal(alice)
    address = alice.url(f"deals/{deal.pk}/move")
    refused = alice.client().post(address, {"stage": line[3].pk, "value": "", "expected_close": ""})
    assert refused.status_code == 422
    done = alice.client().post(address, {"stage": line[3].pk, "value": "900 GBP", "expected_close": "2027-01-31"})
    assert done.status_code == 302
    with firm_context(alice.firm.id):
        fresh = Deal.rows().get(pk=deal.pk)
        assert (fresh.stage_id, fresh.value, fresh.currency) == (line[3].pk, 90_000, "GBP")


def test_a_deal_is_made_won_lost_and_reopened_by_hand(alice: Person, sales: Pipeline) -> None:
    client = alice.client()
    made = client.post(alice.url("deals/new"), {"title": "Kestrel website", "value": "2,500.50 EUR"})
    assert made.status_code == 302
    with firm_context(alice.firm.id):
        deal = Deal.rows().get()
        price = str(making.reason(alice, "Too dear").pk)
    assert (deal.value, deal.currency) == (250_050, "EUR")
    assert client.post(alice.url(f"deals/{deal.pk}/lose"), {}).status_code == 422
    assert client.post(alice.url(f"deals/{deal.pk}/lose"), {"reason": price}).status_code == 302
    assert client.post(alice.url(f"deals/{deal.pk}/reopen"), {"stage": ""}).status_code == 302
    assert client.post(alice.url(f"deals/{deal.pk}/win"), {"note": "At last"}).status_code == 302
    shown = client.get(alice.url(f"deals/{deal.pk}/")).content.decode()
    assert "At last" in shown


def test_line_items_make_the_value(alice: Person, sales: Pipeline) -> None:
    deal = making.deal(alice, currency="GBP")
    with firm_context(alice.firm.id):
        product = create_product({"name": "Workshop day", "unit_price": "800", "currency": "GBP"}, by=alice.actor)
    rows = {
        "product-0": product.pk,
        "quantity-0": "2.5",
        "discount-0": "10",
        "name-1": "Travel",
        "unit_price-1": "99.99",
    }
    rows |= {"quantity-1": "1", "count": "3", "sum_is_value": "yes"}
    assert alice.client().post(alice.url(f"deals/{deal.pk}/items"), rows).status_code == 302
    with firm_context(alice.firm.id):
        assert list(LineItem.rows().order_by("position").values_list("total", flat=True)) == [180_000, 9_999]
        assert Deal.rows().get(pk=deal.pk).value == 189_999
        deal_actions.update_deal(deal.pk, {"value": "5 GBP"}, by=alice.actor)
        assert not Deal.rows().get(pk=deal.pk).value_from_items
    wrong = alice.client().post(
        alice.url(f"deals/{deal.pk}/items"), {"name-0": "X", "quantity-0": "lots", "count": "1"}
    )
    assert wrong.status_code == 422


def test_stages_are_ordered_added_and_deleted(alice: Person, bob: Person, sales: Pipeline) -> None:
    first, second, *rest = (s for s in making.stages(sales) if s.kind == "open")
    here = f"settings/pipelines/{sales.pk}/"
    ids = [str(s.pk) for s in (second, first, *rest)]
    assert alice.client().post(alice.url(f"{here}order"), {"stage": ids}).status_code == 204
    assert [str(s.pk) for s in making.stages(sales)][:2] == ids[:2]
    assert bob.client().post(bob.url(f"{here}order"), {"stage": ids}).status_code == 403
    deal = making.deal(alice)
    gone = alice.url(f"{here}stages/{second.pk}/delete")
    assert alice.client().post(gone, {}).status_code == 422
    assert alice.client().post(gone, {"move_to": first.pk}).status_code == 302
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).stage_id == first.pk
        assert Stage.rows().get(pk=second.pk).archived_at is not None


def test_the_list_filters_by_stage_and_worth(alice: Person, sales: Pipeline) -> None:
    filled(alice)
    line = making.stages(sales)
    making.rate(alice, "GBP", "1.30")
    tree = {"all": [{"field": "stage", "op": "in", "value": [str(line[0].pk)]},
                    {"field": "base_value", "op": "gt", "value": 700}]}  # fmt: skip
    shown = alice.client().get(alice.url("deals/"), {"criteria": json.dumps(tree)}).content.decode()
    assert "Kestrel website" in shown
    assert "Osprey audit" not in shown


def test_readers_look_and_change_nothing(alice: Person, sales: Pipeline) -> None:
    deal, *_ = filled(alice)
    reader = join(alice.firm, "Rita", "Rowan", Role.READ_ONLY)
    client = reader.client()
    shown = client.get(reader.url(f"deals/board/{sales.pk}/")).content.decode()
    assert "data-editable" not in shown
    assert client.get(reader.url(f"deals/{deal.pk}/")).status_code == 200
    for verb in ("win", "lose", "items"):
        assert client.post(reader.url(f"deals/{deal.pk}/{verb}"), {}).status_code == 403


def test_a_step_from_a_stage_that_the_deal_has_left_says_who_was_faster(
    alice: Person, bob: Person, sales: Pipeline
) -> None:
    deal, line = making.deal(alice), making.stages(sales)
    with firm_context(alice.firm.id):
        moving.move_deal(deal.pk, line[2].pk, by=bob.actor)
    step = alice.url(f"deals/{deal.pk}/step?stage={line[1].pk}&from={line[0].pk}")
    answer = alice.client().post(step, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == alice.url(f"deals/{deal.pk}/")
    page = alice.client().get(answer.headers["HX-Redirect"])
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).stage == line[2]
    assert page.status_code == 200


def test_the_details_of_a_deal_are_read_by_people(alice: Person, charlie: Person) -> None:
    making.pipeline(alice), making.pipeline(charlie)
    ada = making.contact(alice)
    deal = making.deal(alice, value="900.50 EUR", contact=ada.pk, next_step="Call them", priority="high")
    html = alice.client().get(alice.url(f"deals/{deal.pk}/timeline")).content.decode()
    assert "900.50 EUR" in html and "90050" not in html
    assert "<dt>Contact</dt><dd>Ada Byron</dd>" in html and f"<dd>{ada.pk}" not in html
    order = [html.index(f"<dt>{label}</dt>") for label in ("Title", "Value", "Priority", "Next step", "Contact")]
    assert order == sorted(order)
    assert charlie.client().get(charlie.url(f"deals/{deal.pk}/timeline")).status_code == 404


def test_pipelines_are_listed_by_what_they_are_for(alice: Person, charlie: Person) -> None:
    sales, hiring, theirs = making.pipeline(alice), making.pipeline(alice, "hiring"), making.pipeline(charlie, "hiring")
    here = alice.url("settings/pipelines/")
    shown = alice.client().get(here).content.decode()
    assert "kind=sales" in shown and "kind=hiring" in shown and "kind=leads" not in shown
    shown = alice.client().get(f"{here}?kind=hiring").content.decode()
    assert str(hiring.pk) in shown and str(sales.pk) not in shown and str(theirs.pk) not in shown
    values = {"name": "Sales", "item_label": "Deal", "won_label": "Won", "lost_label": "Lost", "kind": "fulfilment",
              "visible_from": "read_only", "editable_from": "member"}  # fmt: skip
    alice.client().post(f"{here}{sales.pk}/edit", values, headers={"HX-Request": "true"})
    assert "Shipping and fulfilment" in alice.client().get(f"{here}{sales.pk}/").content.decode()
    refused = alice.client().post(f"{here}{sales.pk}/edit", {**values, "kind": "none"}, headers={"HX-Request": "true"})
    assert (
        "kind" in refused.content.decode()
        and str(sales.pk) in alice.client().get(f"{here}?kind=fulfilment").content.decode()
    )


def test_the_list_names_a_pipeline_where_two_stages_are_called_alike(alice: Person, sales: Pipeline) -> None:
    second = making.pipeline(alice, "customer_onboarding", name="Onboarding")
    first, other = making.stages(sales)[0], making.stages(second)[0]
    making.deal(alice, "Osprey audit")
    welcome = making.deal(alice, "Welcome Osprey", pipeline=second.pk)
    assert stages_shown(alice) == {first.name, other.name}
    with firm_context(alice.firm.id):
        Stage.rows().filter(pk=other.pk).update(name=first.name)
    assert stages_shown(alice) == {f"{first.name} (Sales)", f"{first.name} (Onboarding)"}
    alike = json.dumps({"all": [{"field": "pipeline", "op": "in", "value": [str(second.pk)]}]})
    assert stages_shown(alice, criteria=alike) == {first.name}
    assert welcome.stage_id == other.pk


def stages_shown(person: Person, **asked: str) -> set[str]:
    """What stands in the column of stages."""
    page = person.client().get(person.url("deals/"), {"columns": "title,stage", **asked}).text
    rows = page[page.index("<tbody") : page.index("</tbody>")]
    return {words.strip() for words in re.findall(r'class="tag"[^>]*><span>([^<]+)<', rows)}


@pytest.mark.parametrize(("days", "status"), [("--5", 422), ("²", 422), ("9" * 5_000, 422), ("-3", 204)])
def test_a_close_date_moves_by_days_that_are_a_number(alice: Person, sales: Pipeline, days: str, status: int) -> None:
    deal = filled(alice)[0]
    client, path = alice.client(), alice.url(f"deals/{deal.pk}/close-date")
    assert client.post(path, {"days": days}, headers={"HX-Request": "true"}).status_code == status
    with firm_context(alice.firm.id):
        deal.refresh_from_db()
    assert f"{deal.expected_close:%-d %B}" == ("28 November" if status == 204 else "1 December")
