"""What the tests of deals begin with: sixteen of them in a pipeline."""

from datetime import timedelta

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from fairlead.people.public import create_company, create_contact, tag_records
from fairlead.sales.actions import associations, deals, line_items, moving, outcomes, products, rates
from fairlead.sales.actions.founding import furnish
from fairlead.sales.models import Deal, Pipeline, Reason, Stage
from fairlead.tenancy.public import firm_context

TITLES = (
    "Kestrel website relaunch", "Osprey annual audit", "Heron office move", "Merlin data platform", "Harrier retainer",
    "Falcon tax review", "Buzzard payroll switch", "Goshawk training days", "Hobby brand refresh", "Eagle market entry",
    "Sparrow bookkeeping", "Linnet grant application", "Wren succession plan", "Finch pricing study",
    "Swift onboarding", "Martin CRM clean-up",
)  # fmt: skip


def sixteen_deals(alice: Person, bob: Person) -> Pipeline:
    """Make sixteen deals in five stages; some won, some lost, one of them twice in a stage, two in euros."""
    with firm_context(alice.firm.id):
        furnish(alice.actor)
        made = Pipeline.rows().get()
        with clock.frozen(clock.now() - timedelta(days=40)):
            rates.set_rate("EUR", "1.08", by=alice.actor)
            found = [_deal(at, title, alice, bob) for at, title in enumerate(TITLES)]
        with clock.frozen(clock.now() - timedelta(days=16)):
            _progress(made, found, alice, bob)
        _ends(found, alice)
        tag_records("deal", [d.pk for d in found[:3]], names=["Key account"], by=alice.actor)
        products.create_product({"name": "Workshop day", "unit_price": "1200", "unit": "day"}, by=alice.actor)
        products.create_product({"name": "Licence", "unit_price": "49.90", "sku": "LIC"}, by=alice.actor)
        items = [{"name": "Concept", "quantity": "3", "unit_price": "1200"}, {"name": "Build", "unit_price": "9000"}]
        line_items.set_line_items(found[0].pk, items, by=alice.actor)
        return made


def _deal(at: int, title: str, alice: Person, bob: Person) -> Deal:
    owner = (alice, bob)[at % 2]
    company = create_company({"name": f"{title.split()[0]} Ltd"}, by=alice.actor)
    names = ("Ada Byron", "Ben Okafor", "Cleo Hart", "Dan Weiss")[at % 4].split()
    contact = create_contact({"first_name": names[0], "last_name": names[1], "company": company.pk}, by=alice.actor)
    close = clock.now().date() + timedelta(days=(at * 17) % 150 + 10)
    made = deals.create_deal(
        {
            "title": title, "value": f"{(at * 7 % 11 + 2) * 2500} {'EUR' if at in (3, 6) else 'USD'}",
            "company": company.pk, "contact": contact.pk, "owner": owner.membership.pk, "expected_close": close,
            "priority": ("", "high", "", "urgent")[at % 4], "next_step": ("Send the draft", "")[at % 2],
        },
        by=owner.actor,
    )  # fmt: skip
    associations.add_contact(made.pk, contact.pk, by=alice.actor, role="Decision maker")
    return made


def _progress(pipeline: Pipeline, found: list[Deal], alice: Person, bob: Person) -> None:
    line = list(Stage.rows().filter(pipeline=pipeline, kind="open").order_by("position"))
    for at, deal in enumerate(found):
        for stage in line[1 : at % 5 + 1]:
            moving.move_deal(deal.pk, stage.pk, by=(alice, bob)[at % 2].actor)
    moving.move_deal(found[4].pk, line[2].pk, by=bob.actor)


def _ends(found: list[Deal], alice: Person) -> None:
    words = {r.name: r.pk for r in Reason.rows()}
    outcomes.win_deal(found[9].pk, by=alice.actor, reason_id=words["Trust"])
    outcomes.win_deal(found[14].pk, by=alice.actor, reason_id=words["Best fit"])
    outcomes.lose_deal(found[8].pk, by=alice.actor, reason_id=words["No budget"])
