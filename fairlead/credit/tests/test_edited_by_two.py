"""The forms of the model while a colleague changes the same thing: who saves second is told, and nothing is lost."""

from urllib.parse import urlencode

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.credit import access
from fairlead.credit.actions import founding, model
from fairlead.credit.actions.estimates import keep_estimate
from fairlead.credit.models import CreditFactor, CreditProfile, CreditStep
from fairlead.people.public import create_contact
from fairlead.shell.tests.carried import Opened, edited_by_two
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _usual(alice: Person) -> None:
    with firm_context(alice.firm.id):
        founding.start_model(by=alice.actor)


def test_the_ends_of_the_score(alice: Person) -> None:
    hers = Opened.at(alice.client(), alice.url("settings/credit/scale"))
    with firm_context(alice.firm.id):
        lowest, _ = access.scale(alice.actor)
    edited_by_two(
        hers, alice.inside(lambda: model.set_scale(100, 999, by=alice.actor)), "“999”",
        alice.inside(lambda: access.scale(alice.actor)), (100, 999), (lowest, 900), highest="900",
    )  # fmt: skip


def test_the_numbers_of_a_client(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        factors = CreditFactor.rows().order_by("pk")[:2]
        one, other, usual = str(factors[0].pk), str(factors[1].pk), factors[1].usual
    path = alice.url(f"contacts/{ada.pk}/credit")
    hers = Opened.at(alice.client(), path)
    chosen = {name: values[-1] for name, values in hers.form.values.items()} | {f"value-{other}": "3"}
    hers.form = Opened.at(alice.client(), f"{path}?{urlencode(chosen)}").form  # she estimates, and thinks about it
    kept = alice.inside(lambda: [CreditProfile.rows().get().values[key] for key in (one, other)])
    edited_by_two(
        hers, alice.inside(lambda: keep_estimate(ada.pk, {one: "7"}, (), 640, by=bob.actor)), "“640”", kept,
        [7, usual], [1, 3], **{f"value-{one}": "1"},
    )  # fmt: skip


def test_a_factor(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = CreditFactor.rows().order_by("pk")[0]
    values = {name: getattr(found, name) for name in ("name", "explanation", "unit", "worst", "best", "usual")}
    hers = Opened.at(alice.client(), alice.url(f"settings/credit/factors/{found.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: model.save_factor({**values, "weight": 77}, by=alice.actor, factor_id=found.pk)),
        "“77”", alice.inside(lambda: CreditFactor.rows().values_list("name", "weight").get(pk=found.pk)),
        (found.name, 77), ("Debt", found.weight), name="Debt",
    )  # fmt: skip


def test_a_step(alice: Person) -> None:
    with firm_context(alice.firm.id):
        found = CreditStep.rows().order_by("pk")[0]
    values = {name: getattr(found, name) for name in ("name", "kind", "amount")} | {"factor": str(found.factor_id)}
    hers = Opened.at(alice.client(), alice.url(f"settings/credit/steps/{found.pk}/"))
    edited_by_two(
        hers, alice.inside(lambda: model.save_step({**values, "explanation": "Why"}, by=alice.actor, step_id=found.pk)),
        "“Why”", alice.inside(lambda: CreditStep.rows().values_list("name", "explanation").get(pk=found.pk)),
        (found.name, "Why"), ("Pay", found.explanation), name="Pay",
    )  # fmt: skip
