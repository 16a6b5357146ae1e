"""The model that a firm starts with: factors that bureaus name in public, with the shares usually given for them."""

from django.db import transaction

from fairlead.credit.models import CreditFactor, CreditStep
from fairlead.events.public import record
from fairlead.kernel.errors import Conflict
from fairlead.tenancy.public import Actor

FACTORS = {
    "late": ("Late payments in two years", "Paying on time counts most.", "payments", 20, 6, 0, 1),
    "negative": ("Negative items on the report", "Collections, charge-offs, judgements.", "items", 15, 5, 0, 1),
    "use": ("Credit used of all limits", "Below a tenth is best.", "%", 30, 100, 5, 45),
    "age": ("Average age of the accounts", "Older accounts speak of experience.", "years", 15, 0, 12, 4),
    "inquiries": ("Hard inquiries in a year", "Each request for credit leaves one.", "inquiries", 10, 6, 0, 2),
    "kinds": ("Kinds of credit", "Cards, instalments, mortgage ...", "kinds", 10, 1, 4, 2),
}
STEPS = (
    ("Pay cards down to 30%", "use", "set", 30), ("Pay cards down to 10%", "use", "set", 10),
    ("Have a wrong item removed by a dispute", "negative", "add", -1),
    ("Have a late payment forgiven", "late", "add", -1),
    ("Make no request for credit for a year", "inquiries", "set", 0),
    ("Open a new card", "inquiries", "add", 1), ("Take an instalment loan beside cards", "kinds", "add", 1),
    ("Keep the accounts open for another year", "age", "add", 1), ("Miss a payment", "late", "add", 1),
)  # fmt: skip


@transaction.atomic
def start_model(*, by: Actor) -> int:
    """Put the usual factors and steps in; return how many factors. Raises `Conflict` when there are some."""
    by.require("credit.manage")
    if CreditFactor.rows().exists():
        raise Conflict("There are factors already.")
    furnish(by)
    record("credit_model.started", by=by, subject=("credit_model", None), data={"factors": len(FACTORS)})
    return len(FACTORS)


def furnish(by: Actor) -> None:
    """Make the model of a new firm."""
    made = {}
    for position, (key, values) in enumerate(FACTORS.items(), 1):
        name, explanation, unit, weight, worst, best, usual = values
        made[key] = CreditFactor.objects.create(
            name=name, explanation=explanation, unit=unit, weight=weight, worst=worst, best=best, usual=usual,
            position=position,
        )  # fmt: skip
    for position, (name, key, kind, amount) in enumerate(STEPS, 1):
        CreditStep.objects.create(name=name, factor=made[key], kind=kind, amount=amount, position=position)
