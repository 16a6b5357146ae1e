"""One's own notifications in two windows: the second to save is told what the first changed."""

from datetime import time

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.notifications import kinds, reads
from fairlead.notifications.actions import wishing
from fairlead.shell.tests.carried import Opened, edited_by_two

pytestmark = pytest.mark.django_db


def test_the_rhythm_in_two_windows(bob: Person) -> None:
    one = Opened.at(bob.client(), bob.url("settings/notifications/"))
    edited_by_two(
        one, bob.inside(lambda: wishing.set_rhythm({"digest_at": "06:15"}, by=bob.actor)), "“06:15”",
        bob.inside(lambda: (reads.rhythm(bob.actor).digest_at, reads.rhythm(bob.actor).quiet_weekends)),
        (time(6, 15), False), (time(9, 30), True), digest_at="09:30", quiet_weekends="on",
    )  # fmt: skip


def test_a_kind_of_notice_in_two_windows(bob: Person) -> None:
    key = kinds.declared()[0].key
    one = Opened.at(bob.client(), bob.url("settings/notifications/"))
    first = wishing.MailWhen.NEVER if kinds.get(key).mail != wishing.MailWhen.NEVER else wishing.MailWhen.NOW
    wanted = {key: {"in_app": True, "mail": first}}
    edited_by_two(
        one, bob.inside(lambda: wishing.set_preferences(wanted, by=bob.actor)), f"“{first.label}”",
        bob.inside(lambda: (reads.chosen(bob.actor)[0].mail, reads.rhythm(bob.actor).quiet_weekends)),
        (first, False), (kinds.get(key).mail, True), quiet_weekends="on",
    )  # fmt: skip
