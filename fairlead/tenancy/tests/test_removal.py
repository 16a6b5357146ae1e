"""Removing a firm while others still write for it."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, connections

from fairlead.accounts.tests.cast import Person
from fairlead.people.models import Tag
from fairlead.tenancy import policies, removal
from fairlead.tenancy.public import Firm, firm_context
from tests.running import until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"  # what others wait for is hidden elsewhere


class Writer(threading.Thread):
    """Alice, who saves a tag from somewhere else."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person, self.refused = person, False

    def run(self) -> None:
        try:
            with firm_context(self.person.firm.id):
                Tag.objects.create(name="late", name_norm="late")
        except IntegrityError:
            self.refused = True
        finally:
            connection.close()


def test_who_writes_meanwhile_waits_and_is_refused(alice: Person, charlie: Person, monkeypatch: Any) -> None:
    with firm_context(charlie.firm.id):
        Tag.objects.create(name="stays", name_norm="stays")
    writer = Writer(alice)

    def is_settled() -> bool:
        with connections["owner"].cursor() as cursor:
            cursor.execute(WAITING)
            return bool(cursor.fetchone()[0]) or not writer.is_alive()

    def models() -> Any:
        yield from policies.firm_models()
        writer.start()  # every table is empty by now, and the firm still there
        until(is_settled, "the writer to wait for the firm, or to be done")

    monkeypatch.setattr(removal, "firm_models", models)
    removal.remove_firm(alice.firm.id)
    writer.join()
    assert writer.refused
    assert not Firm.objects.filter(pk=alice.firm.pk).exists()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT firm_id FROM people_tag")
        assert cursor.fetchall() == [(charlie.firm.pk,)]


def test_a_deadlock_is_tried_again(alice: Person, monkeypatch: Any) -> None:
    """Alice holds a tag and then wants her firm; the removal holds the firm and then wants the tag."""
    with firm_context(alice.firm.id):
        tag = Tag.objects.create(name="held", name_norm="held")
    held, tries = threading.Event(), []

    def write() -> None:
        try:
            with firm_context(alice.firm.id):
                Tag.rows().select_for_update().get(pk=tag.pk)
                Tag.objects.create(name="new", name_norm="new")
                held.set()
                until(lambda: tries, "the removal to begin")
        except (IntegrityError, OperationalError):
            pass
        finally:
            connection.close()

    real = removal._remove_rows

    def counted(firm_id: Any) -> int:
        tries.append(1)
        return real(firm_id)

    monkeypatch.setattr(removal, "_remove_rows", counted)
    writer = threading.Thread(target=write)
    writer.start()
    held.wait(30)
    removal.remove_firm(alice.firm.id)
    writer.join()
    assert not Firm.objects.filter(pk=alice.firm.pk).exists()
