"""An application that two people change: who saves second is told, and nothing is lost."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.oauth.actions import applications
from fairlead.oauth.models import Application
from fairlead.oauth.tests.flow import Robin
from fairlead.shell.tests.carried import Opened, edited_by_two

pytestmark = pytest.mark.django_db


def test_an_application(alice: Person) -> None:
    made = Robin(alice).application
    hers = Opened.at(alice.client(), alice.url(f"settings/applications/{made.pk}/"))
    site = {"website": "https://robin.example"}
    edited_by_two(
        hers, alice.inside(lambda: applications.update_application(made.pk, site, by=alice.actor)),
        "“https://robin.example”", alice.inside(lambda: Application.rows().values_list("name", "website").get()),
        ("Robin", "https://robin.example"), ("Wren", made.website), name="Wren",
    )  # fmt: skip
