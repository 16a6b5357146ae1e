"""The reference of the API: an operation draws what it takes and gives when it is opened."""

import pytest
from playwright.sync_api import expect

from .faces import Face

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]


def test_an_operation_is_drawn_when_it_is_opened(face: Face) -> None:
    page = face.go("/api/v1/docs?q=opt")
    page.get_by_role("searchbox").fill("opt-out")  # it is searched while somebody types
    expect(page.locator("#imports_update")).to_have_count(0)
    operation = page.locator("#contacts_opt_out")
    operation.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(operation.get_by_role("group", name="Parameters")).to_be_visible()
    expect(operation).to_contain_text("curl -X POST")
    face.check_all("reference/opened")
