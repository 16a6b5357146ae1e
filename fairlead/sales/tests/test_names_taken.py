"""Two make a thing of the same name at one instant: both find it free, and only the index knows better."""

import pytest
from django.db.models import QuerySet

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import InvalidInput
from fairlead.sales.actions.pipelines import create_pipeline, restore_pipeline, update_pipeline
from fairlead.sales.actions.products import archive_product, create_product, restore_product, update_product
from fairlead.sales.actions.reasons import create_reason, update_reason
from fairlead.sales.actions.stage_ends import archive_pipeline
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _found_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "exists", lambda rows: False)


def test_of_pipelines(alice: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_pipeline(by=alice.actor, name="Hiring")
        archive_pipeline(old.pk, by=alice.actor)
        create_pipeline(by=alice.actor, name="Hiring")
        other = create_pipeline(by=alice.actor, name="Orders")
        with pytest.raises(InvalidInput, match="There is a pipeline of this name"):
            create_pipeline(by=alice.actor, name="hiring")
        with pytest.raises(InvalidInput, match="There is a pipeline of this name"):
            update_pipeline(other.pk, {"name": "Hiring"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a pipeline of this name"):
            restore_pipeline(old.pk, by=alice.actor)


def test_of_products(alice: Person) -> None:
    with firm_context(alice.firm.id):
        old = create_product({"name": "Audit"}, by=alice.actor)
        archive_product(old.pk, by=alice.actor)
        create_product({"name": "Audit", "sku": "A1"}, by=alice.actor)
        other = create_product({"name": "Review"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a product of this name, or with this code"):
            create_product({"name": "Another", "sku": "A1"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a product of this name, or with this code"):
            update_product(other.pk, {"name": "Audit"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="There is a product of this name, or with this code"):
            restore_product(old.pk, by=alice.actor)


def test_of_reasons(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_reason("loss", "Budget", by=alice.actor)
        other = create_reason("loss", "Timing", by=alice.actor)
        with pytest.raises(InvalidInput, match="This is on the list"):
            create_reason("loss", "Budget", by=alice.actor)
        with pytest.raises(InvalidInput, match="This is on the list"):
            update_reason(other.pk, "budget", by=alice.actor)
