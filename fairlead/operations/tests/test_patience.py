"""Migrations beside people who work."""

from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.migrations import Migration

from fairlead.operations import patience

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ALTER = "ALTER TABLE patience_table ADD COLUMN extra int"


@pytest.fixture
def owner() -> Any:
    connection = connections["owner"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE patience_table (word text)")
    yield connection
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
        cursor.execute("DROP TABLE patience_table")


@pytest.fixture
def reader(owner: Any) -> Any:
    """Somebody with a report open: a second connection that holds the table's weakest lock."""
    other = owner.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT * FROM patience_table")
    yield other
    other.close()


def alter(owner: Any) -> None:
    with owner.cursor() as cursor:
        cursor.execute(ALTER)


def test_a_lock_that_is_held_is_tried_again_until_it_is_free(owner: Any, reader: Any) -> None:
    patience.limit(owner, "50ms")
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        if len(tries) == 3:
            reader.rollback()
        alter(owner)

    patience.patiently(work, pause=0)
    assert len(tries) == 3


def test_it_gives_up_after_the_last_attempt_and_changes_nothing(owner: Any, reader: Any) -> None:
    patience.limit(owner, "50ms")
    with pytest.raises(OperationalError, match="lock timeout"):
        patience.patiently(lambda: alter(owner), attempts=2, pause=0)
    reader.rollback()
    alter(owner)  # which would fail, were the column there


def test_another_error_is_not_tried_again(owner: Any) -> None:
    tries: list[int] = []

    def work() -> None:
        tries.append(1)
        raise OperationalError("the disk is full")

    with pytest.raises(OperationalError, match="disk"):
        patience.patiently(work, pause=0)
    assert len(tries) == 1


def test_an_index_is_dropped_whose_building_was_interrupted_not_one_under_way(owner: Any, reader: Any) -> None:
    reader.rollback()
    with owner.cursor() as cursor:
        cursor.execute("INSERT INTO patience_table VALUES ('twice'), ('twice')")
        with pytest.raises(Exception, match="patience_once"):
            cursor.execute("CREATE UNIQUE INDEX CONCURRENTLY patience_once ON patience_table (word)")
        cursor.execute("CREATE INDEX patience_sound ON patience_table (word)")
    with reader.cursor() as cursor:
        cursor.execute("LOCK TABLE patience_table IN SHARE UPDATE EXCLUSIVE MODE")  # as who builds one does
    assert patience.drop_unfinished(owner) == []
    reader.rollback()
    assert patience.drop_unfinished(owner) == ["patience_once"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'patience_table'")
        assert cursor.fetchall() == [("patience_sound",)]


def test_only_a_migration_that_is_not_atomic_may_wait_for_ever(owner: Any) -> None:
    command = patience.Command()
    command.verbosity = 0
    command._connection = owner
    concurrent = Migration("0001_concurrently", "patience")
    concurrent.atomic = False
    seen = []
    patience.limit(owner, patience.LOCK_TIMEOUT)
    for migration, action in ((Migration("0002_plain", "patience"), "apply_start"), (concurrent, "apply_start"),
                              (concurrent, "apply_success")):  # fmt: skip
        command.migration_progress_callback(action, migration)
        with owner.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            seen.append(cursor.fetchone()[0])
    assert seen == ["3s", "0", "3s"]
