"""The demo firm: filled, marked, and removed without a trace; nobody else's firm can go that way."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections
from django.test import Client

from fairlead.accounts.public import Membership, User, create_firm
from fairlead.accounts.tests.cast import Person
from fairlead.activities.public import Activity, Task
from fairlead.operations import demo
from fairlead.operations.demo.firm import DOMAIN
from fairlead.people.public import Company, Contact
from fairlead.sales.public import Deal
from fairlead.segments.public import Segment
from fairlead.tenancy.policies import firm_models
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def shown() -> Firm:
    return demo.create()


@pytest.fixture
def marked() -> Firm:
    """A demo firm with nothing in it: who may remove it does not depend on what it holds."""
    member = create_firm("demo", "Demo", f"owner@{DOMAIN}", "correct horse battery", country="GB", is_demo=True)
    with firm_context(member.firm.id):
        tom = User.objects.create(email=f"tom.reed@{DOMAIN}", first_name="Tom", last_name="Reed", password="!")
        Membership.objects.create(user=tom, role="member")
    return member.firm


def owner_of(firm: Firm) -> Client:
    with firm_context(firm.id):
        user = Membership.rows().get(role="owner").user
    client = Client()
    client.force_login(user)
    return client


def rows_of(firm: Firm) -> dict[str, int]:
    """How many rows each table holds of the firm, seen by the owner role."""
    found = {}
    with connections["owner"].cursor() as cursor:
        for model in firm_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE firm_id = %s', [firm.id])
            found[model._meta.label] = cursor.fetchone()[0]
    return {label: count for label, count in found.items() if count}


def test_it_is_filled_in_every_room(shown: Firm) -> None:
    assert shown.is_demo
    with firm_context(shown.id):
        assert Contact.objects.count() == 48
        assert Company.objects.count() == 12
        assert Membership.objects.count() == 4
        open_ = Deal.rows().filter(outcome="open")
        assert len(set(open_.values_list("stage", flat=True))) >= 6 and open_.filter(owner=None).count() == 0
        assert {o for (o,) in Deal.rows().values_list("outcome").distinct()} == {"open", "won", "lost"}
        assert Deal.rows().filter(outcome="won").count() > Deal.rows().filter(outcome="lost").count()
        assert Task.rows().filter(completed_at=None).count() >= 10
        calls = Activity.rows().filter(kind="call")
        assert calls.count() >= 12
        held = calls.filter(scheduled_at=None).select_related("outcome")
        assert {c.direction for c in held} == {"inbound", "outbound"} and not held.filter(outcome=None).exists()
        assert len({c.outcome.name for c in held if c.outcome}) >= 5
        for call in held:
            spoke = call.outcome is not None and call.outcome.name not in ("No answer", "Busy")
            assert bool(call.duration_minutes) is spoke
            assert call.occurred_at.weekday() < 5 and 9 <= call.occurred_at.hour < 17
        assert Segment.rows().filter(purpose="segment").count() == 5
    client = owner_of(shown)
    for page in ("deals/board/", "segments/", "settings/assignment/", "calls/", "tasks/mine/", "snippets/"):
        answer = client.get(f"/f/{shown.slug}/{page}", follow=True)
        assert answer.status_code == 200, page
        assert "Remove the demo firm" in answer.text, page


def test_its_owner_removes_it_with_one_click(shown: Firm, charlie: Person) -> None:
    before = rows_of(charlie.firm)
    client = owner_of(shown)
    photo = default_storage.save("users/tom/photo.webp", ContentFile(b"Tom"))
    User.objects.filter(email="tom.reed@demo.example").update(photo=photo)
    page = client.get(f"/f/{shown.slug}/contacts/")
    assert "Remove the demo firm" in page.text
    assert client.post(f"/f/{shown.slug}/demo/removal").status_code == 302
    assert not Firm.objects.filter(pk=shown.pk).exists()
    assert rows_of(shown) == {}
    assert not default_storage.exists(photo)
    assert rows_of(charlie.firm) == before
    assert [u.email for u in User.objects.filter(email__endswith="@demo.example")] == ["owner@demo.example"]


def test_a_real_firm_is_not_removed(alice: Person, marked: Firm) -> None:
    before = rows_of(alice.firm)
    assert alice.client().post(alice.url("demo/removal")).status_code == 404
    with pytest.raises(ValueError, match="no demo firm"):
        demo.remove(alice.firm)
    assert rows_of(alice.firm) == before
    assert "Remove the demo firm" not in alice.client().get(alice.url("contacts/")).text


def test_strangers_and_plain_members_cannot_remove_it(marked: Firm, charlie: Person) -> None:
    url = f"/f/{marked.slug}/demo/removal"
    assert charlie.client().post(url).status_code == 404
    assert Client().post(url).status_code == 302
    member = Client()
    member.force_login(User.objects.get(email="tom.reed@demo.example"))
    assert member.post(url).status_code == 403
    assert member.get(url).status_code in (404, 405)
    assert Firm.objects.filter(pk=marked.pk).exists()


def test_every_firm_table_is_emptied() -> None:
    assert {m._meta.label for m in firm_models()} >= {"people.Contact", "events.Event", "accounts.Membership"}
    assert apps.is_installed("fairlead.operations")
