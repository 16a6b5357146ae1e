"""An application asks, a person agrees, and takes it back."""

from urllib.parse import parse_qs, urlsplit

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.oauth.tests.flow import BACK, Robin
from tests.browser.faces import Face

pytestmark = pytest.mark.browser


def test_a_person_connects_an_application_and_takes_it_back(face: Face, alice: Person) -> None:
    robin = Robin(alice)
    face.page.context.route(f"{BACK}**", lambda route: route.fulfill(body="Welcome back", content_type="text/html"))
    face.log_in(alice)
    page = face.go(robin.asks("contacts.view"))
    page.get_by_role("heading", name="Let Robin act for you?").wait_for()
    face.check("consent")
    page.get_by_role("button", name="Allow", exact=True).click()
    page.wait_for_url(f"{BACK}?**")  # the policy of the page lets its form lead there
    robin.code = parse_qs(urlsplit(page.url).query)["code"][0]
    assert robin.exchange().status_code == 200
    assert robin.calls().status_code == 200
    page = face.go("/f/alder/settings/connections/")
    page.get_by_role("button", name="Disconnect Robin").click()
    page.get_by_text("Nothing connected").wait_for()
    assert robin.calls().status_code == 401
