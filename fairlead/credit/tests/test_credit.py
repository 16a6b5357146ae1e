"""What-if estimates of credit scores: the arithmetic, the model as data, pages and API, two firms."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.credit import estimating
from fairlead.credit.actions import founding, model
from fairlead.credit.actions.estimates import keep_estimate, what_if
from fairlead.credit.estimating import Change, Factor
from fairlead.credit.models import CreditEstimate, CreditFactor, CreditProfile, CreditStep
from fairlead.events.public import Event
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.people.public import Contact, create_contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
USE = Factor("use", "Credit used", 75, 100, 0)
AGE = Factor("age", "Age", 25, 0, 10)
SCALE = (300, 800)


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        founding.start_model(by=alice.actor)
        return create_contact({"first_name": "Ada"}, by=alice.actor)


def step(name: str) -> CreditStep:
    found: CreditStep = CreditStep.rows().get(name=name)
    return found


def test_a_score_is_the_weighted_mean_of_how_good_the_numbers_are() -> None:
    result = estimating.estimate([USE, AGE], {"use": 50, "age": 10}, [Change("use", True, 0)], SCALE)
    assert (result.before, result.after) == (300 + round(500 * (0.75 * 0.5 + 0.25)), 800)
    assert [line.gain for line in result.lines] == [188, 0]


def test_numbers_beyond_the_ends_earn_no_more_and_adding_stops_there() -> None:
    values = {"use": 130.0, "age": 1.0}
    assert estimating.share(USE, 130) == 0 and estimating.share(AGE, 99) == 1
    assert estimating.changed([USE, AGE], values, [Change("age", False, -5)])["age"] == 0
    assert estimating.changed([USE, AGE], values, [Change("use", False, 5)])["use"] == 130


def test_an_estimate_starts_from_a_known_score_and_stays_on_the_scale() -> None:
    result = estimating.estimate([USE], {"use": 50}, [Change("use", True, 0)], SCALE, known=700)
    assert (result.before, result.after) == (700, 800)


def test_nothing_is_written_until_an_estimate_is_kept(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        pay = step("Pay cards down to 10%")
        asked = what_if(ada.id, {}, [pay.id], by=alice.actor)
        assert asked.result is not None and asked.result.gain > 0
        assert not CreditEstimate.rows().exists() and not CreditProfile.rows().exists()
        use = CreditFactor.rows().get(unit="%")
        kept = keep_estimate(ada.id, {str(use.pk): "80"}, [pay.id], "620", by=alice.actor)
        assert kept.before == 620 and kept.after > 620
        assert kept.steps == ["Pay cards down to 10%"]
        assert {line["factor"]: (line["before"], line["after"]) for line in kept.lines}[use.name] == (80, 10)
        again = what_if(ada.id, {}, [], by=alice.actor)
        assert again.values[str(use.pk)] == 80 and again.known_score == 620
        event = Event.rows().get(type="credit.estimated", contact_id=ada.id)
        assert event.data["after"] == kept.after
        model.delete_factor(use.pk, by=alice.actor)
        assert CreditEstimate.rows().get().lines == kept.lines


@pytest.mark.parametrize(
    ("values", "wrong"),
    [({"name": ""}, "name"), ({"weight": "-1"}, "weight"), ({"weight": "2.5"}, "weight"), ({"best": "x"}, "best"),
     ({"worst": "5", "best": "5"}, "best"), ({"usual": "nan"}, "usual")],
)  # fmt: skip
def test_wrong_factors_are_refused_by_field(alice: Person, values: dict[str, str], wrong: str) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as refused:
        model.save_factor({"name": "Use", "weight": "10", "worst": "1", "best": "0", **values}, by=alice.actor)
    assert wrong in refused.value.fields


def test_weights_are_data_and_only_managers_change_them(alice: Person, bob: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        use, pay = CreditFactor.rows().get(unit="%"), step("Pay cards down to 10%")
        before = what_if(ada.id, {}, [pay.id], by=bob.actor).result
        model.save_factor({"weight": 0}, by=alice.actor, factor_id=use.pk)
        after = what_if(ada.id, {}, [pay.id], by=bob.actor).result
        assert before is not None and after is not None and before.gain > 0 and after.gain == 0
        with pytest.raises(Forbidden):
            model.save_factor({"weight": 5}, by=bob.actor, factor_id=use.pk)
        with pytest.raises(Conflict):
            founding.start_model(by=alice.actor)
        model.set_scale("0", "1000", by=alice.actor)
        with pytest.raises(InvalidInput):
            model.set_scale("900", "100", by=alice.actor)


def test_firms_do_not_meet(alice: Person, charlie: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        pay, use = step("Pay cards down to 10%"), CreditFactor.rows().get(unit="%")
    with firm_context(charlie.firm.id):
        sid = create_contact({"first_name": "Sid"}, by=charlie.actor)
        assert what_if(sid.id, {}, [], by=charlie.actor).result is None
        with pytest.raises(Conflict):
            keep_estimate(sid.id, {}, [], by=charlie.actor)
        with pytest.raises(InvalidInput):
            what_if(sid.id, {}, [pay.id], by=charlie.actor)
        with pytest.raises(InvalidInput):
            what_if(sid.id, {str(use.pk): 1}, [], by=charlie.actor)
        with pytest.raises(NotFound):
            what_if(ada.id, {}, [], by=charlie.actor)
        with pytest.raises(InvalidInput):
            model.save_step({"name": "Pay", "factor": str(use.pk), "kind": "set"}, by=charlie.actor)
    assert charlie.client().get(charlie.url(f"contacts/{ada.id}/credit")).status_code == 404
    assert charlie.client().post(charlie.url(f"settings/credit/steps/{pay.id}/delete")).status_code == 404


def test_the_pages_estimate_keep_and_explain(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        pay, use = step("Pay cards down to 10%"), CreditFactor.rows().get(unit="%")
    client, place = alice.client(), alice.url(f"contacts/{ada.id}/credit")
    html = client.get(place, {"step": str(pay.id), f"value-{use.id}": "90", "known_score": ""}).content.decode()
    assert "This is an estimate" in html and "points" in html
    assert "1 payments" not in html and "(payments)" not in html and '<span class="muted">(%)</span>' in html
    refused = client.get(place, {"step": str(pay.id), f"value-{use.id}": "many"})
    assert refused.status_code == 422 and f'value="{pay.id}" checked' in refused.content.decode()
    assert client.post(place, {"step": str(pay.id), f"value-{use.id}": "90"}).status_code == 302
    assert "Kept estimates" in client.get(place).content.decode()
    assert "→" in client.get(alice.url(f"contacts/{ada.id}/panels/credit")).content.decode()
    html = client.get(alice.url("settings/credit/")).content.decode()
    assert use.name in html and pay.name in html
    assert f'{use.name} <span class="muted">(%)</span>' in html and "(years)" in html  # said once, beside the name
    assert not [said for said in ("1 payments", "1 items", "1 kinds", "(payments)", "45 %") if said in html]
    answer = client.post(alice.url(f"settings/credit/factors/{use.id}/"), {"name": use.name, "weight": "50",
                         "worst": "100", "best": "0", "usual": "40", "unit": "%", "explanation": ""})  # fmt: skip
    assert answer.status_code == 302
    with firm_context(alice.firm.id):
        assert CreditFactor.rows().get(pk=use.pk).weight == 50


def test_the_api_estimates_and_edits_the_model(alice: Person, charlie: Person, ada: Contact) -> None:
    api = Api(alice)
    factors = api.get("credit-factors").json()["data"]
    assert len(factors) == len(founding.FACTORS)
    steps = {s["name"]: s["id"] for s in api.get("credit-steps").json()["data"]}
    answer = api.post(f"contacts/{ada.id}/credit-estimates", {"steps": [steps["Miss a payment"]], "known_score": 700})
    assert answer.status_code == 201, answer.content
    assert answer.json()["before"] == 700 > answer.json()["after"]
    assert len(api.get(f"contacts/{ada.id}/credit-estimates").json()["data"]) == 1
    assert api.patch(f"credit-factors/{factors[0]['id']}", {"weight": 1}).json()["weight"] == 1
    other = Api(charlie)
    assert other.get("credit-factors").json()["data"] == []
    assert other.patch(f"credit-factors/{factors[0]['id']}", {"weight": 1}).status_code == 404
    assert other.post(f"contacts/{ada.id}/credit-estimates", {}).status_code == 404
