"""What an import changes of known people moves them between segments, as what somebody changes by hand does."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.imports.public import import_file
from fairlead.records.public import nouns
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.models import Segment
from fairlead.segments.tests.keeping import catch_up, members
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def segment(person: Person, name: str, **condition: Any) -> Segment:
    with firm_context(person.firm.id):
        return create_segment({"name": name, "criteria": {"all": [condition]}}, by=person.actor)


def told(record_id: UUID, kind: str) -> dict[str, Any]:
    return dict(Event.rows().get(subject_id=record_id, type=kind).data)


def test_owner_company_and_the_firms_own_fields(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        create_field(nouns.get("contact"), {"label": "Tier", "key": "tier", "kind": "text"}, by=alice.actor)
        create_company({"name": "Heron", "city": "Rome"}, by=alice.actor)
        ada = create_contact({"email": "ada@heron.example", "lifecycle": "lead"}, by=alice.actor).pk
    found = [
        segment(alice, "Bob's", field="owner", op="is", value=str(bob.membership.pk)),
        segment(alice, "Golden", field="custom.tier", op="is", value="gold"),
        segment(alice, "Romans", field="company.city", op="is", value="Rome"),
    ]
    drain()
    catch_up(alice)
    file = f"Email,Contact owner,Tier,Company,Lifecycle stage\nada@heron.example,{bob.user.email},gold,Heron,client\n"
    import_file("contact", BytesIO(file.encode()), name="f.csv", by=alice.actor, options={"overwrite": True})
    catch_up(alice)
    assert [members(alice, one) for one in found] == [{ada}] * 3
    with firm_context(alice.firm.id):
        assert set(told(ada, "contact.updated")["changes"]) == {"owner", "custom.tier", "company", "lifecycle"}
        assert told(ada, "contact.owner_changed")["to_id"] == str(bob.membership.pk)
        assert told(ada, "contact.stage_changed")["from_stage"] == "lead"
