"""The forms of this room while a colleague changes the same thing: who saves second is told, and nothing is lost."""

import json

import pytest

from fairlead.accounts.public import Team
from fairlead.accounts.tests.cast import Person
from fairlead.sales.actions import line_items, pipelines, products, reasons, scoring, stages
from fairlead.sales.models import LineItem, Pipeline, PipelineTeam, Product, Reason, SalesSettings, ScoreRule, Stage
from fairlead.sales.tests import making
from fairlead.shell.tests.carried import TOLD, Opened, edited_by_two
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
BIG = {"all": [{"field": "title", "op": "contains", "value": "Group"}]}
LATE = {"all": [{"field": "title", "op": "contains", "value": "late"}]}


def test_the_line_items_of_a_deal(alice: Person, bob: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice, currency="GBP")
    day = {"name": "Workshop", "quantity": "1", "unit_price": "800"}
    with firm_context(alice.firm.id):
        line_items.set_line_items(deal.pk, [day], by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"deals/{deal.pk}/items"))
    travel = {"name": "Travel", "quantity": "1", "unit_price": "90"}
    edited_by_two(
        hers, alice.inside(lambda: line_items.set_line_items(deal.pk, [day, travel], by=bob.actor)),
        f"Line items: {TOLD}: it is “1 × Workshop at 800.00, 1 × Travel at 90.00” now",
        alice.inside(lambda: sorted((i.name, int(i.quantity)) for i in LineItem.rows())),
        [("Travel", 1), ("Workshop", 1)], [("Workshop", 3)], **{"quantity-0": "3"},
    )  # fmt: skip


def test_what_holds_for_all_deals(alice: Person) -> None:
    making.pipeline(alice)
    hers = Opened.at(alice.client(), alice.url("settings/reasons/"))
    edited_by_two(
        hers, alice.inside(lambda: reasons.update_settings({"silent_days": 40}, by=alice.actor)), "“40”",
        alice.inside(lambda: SalesSettings.rows().values_list("silent_days", "loss_reason_required").get()),
        (40, True), (9, False), silent_days="9", loss_reason_required=[],
    )  # fmt: skip


def test_a_wrong_number_of_days_is_said_at_its_field(alice: Person) -> None:
    making.pipeline(alice)
    hers = Opened.at(alice.client(), alice.url("settings/reasons/"))
    told = hers.send(silent_days="many")
    assert told.status_code == 422 and "from 1 to 365" in told.content.decode()
    part = alice.client().post(hers.form.action, hers.form.values, headers={"HX-Request": "true"})
    assert part.status_code == 422 and "<html" not in part.content.decode()


def test_a_product(alice: Person) -> None:
    with firm_context(alice.firm.id):
        made = products.create_product({"name": "Day", "unit_price": "800", "currency": "GBP"}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"settings/products/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: products.update_product(made.pk, {"unit_price": "900"}, by=alice.actor)), "“900.00”",
        alice.inside(lambda: Product.rows().values_list("name", "unit_price").get()),
        ("Day", 90_000), ("A day", 80_000), name="A day",
    )  # fmt: skip


def test_a_reason(alice: Person) -> None:
    made = making.reason(alice)
    hers = Opened.at(alice.client(), alice.url(f"settings/reasons/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: reasons.update_reason(made.pk, "Budget", by=alice.actor)), "“Budget”",
        alice.inside(lambda: Reason.rows().get(pk=made.pk).name), "Budget", "Too dear", name="Too dear",
    )  # fmt: skip


def test_the_conditions_of_a_score(alice: Person) -> None:
    making.pipeline(alice)
    with firm_context(alice.firm.id):
        made = scoring.create_rule({"name": "Big", "points": "10", "criteria": BIG}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"settings/scores/{made.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: scoring.update_rule(made.pk, {"criteria": LATE}, by=alice.actor)), "late",
        alice.inside(lambda: ScoreRule.rows().values_list("points", "criteria").get(pk=made.pk)),
        (10, LATE), (20, BIG), points="20",
    )  # fmt: skip


def test_half_a_condition_hides_no_change_of_a_colleague(alice: Person) -> None:
    making.pipeline(alice)
    with firm_context(alice.firm.id):
        made = scoring.create_rule({"name": "Big", "points": "10", "criteria": BIG}, by=alice.actor)
    hers = Opened.at(alice.client(), alice.url(f"settings/scores/{made.pk}/"))
    with firm_context(alice.firm.id):
        scoring.update_rule(made.pk, {"criteria": LATE, "points": "30"}, by=alice.actor)
    assert TOLD not in hers.send(criteria="{").content.decode(), "What cannot be read cannot be compared,"
    told = hers.send(criteria=json.dumps(BIG)).content.decode()
    assert told.count(TOLD) >= 2 and "“30”" in told, "and nothing is forgotten over it."


def test_a_pipeline(alice: Person) -> None:
    made = making.pipeline(alice)
    with firm_context(alice.firm.id):
        team = Team.objects.create(name="Tax")
    hers = Opened.at(alice.client(), alice.url(f"settings/pipelines/{made.pk}/edit"))
    edited_by_two(
        hers, alice.inside(lambda: pipelines.update_pipeline(made.pk, {"teams": [str(team.pk)]}, by=alice.actor)),
        "“Tax”", alice.inside(lambda: (Pipeline.rows().get().item_label, PipelineTeam.rows().count())),
        (made.item_label, 1), ("Chance", 0), item_label="Chance",
    )  # fmt: skip


def test_a_stage(alice: Person) -> None:
    line = making.pipeline(alice)
    first = making.stages(line)[0]
    hers = Opened.at(alice.client(), alice.url(f"settings/pipelines/{line.pk}/stages/{first.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: stages.update_stage(first.pk, {"probability": 33}, by=alice.actor)), "“33”",
        alice.inside(lambda: Stage.rows().values_list("name", "probability").get(pk=first.pk)),
        (first.name, 33), ("Hello", first.probability), name="Hello",
    )  # fmt: skip
