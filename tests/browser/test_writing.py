"""Notes as people write them: from the keyboard at once, pasted from a document, with files from wherever they lie."""

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.options import furnish
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face

pytestmark = pytest.mark.browser
WORD = (
    "<h1>Minutes</h1><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>·&nbsp;</span>Send the offer</p><table><tr><td>Ada</td><td>Audit</td></tr></table>"
)


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        furnish(alice.actor)  # notes have types to choose from
        return create_contact({"first_name": "Ada", "last_name": "Lovelace"}, by=alice.actor)


def let_fall(page: Page, kind: str, files: list[tuple[str, int]], html: str = "") -> None:
    """Drop files on the editor (`kind` drop), or paste them and HTML into it, as a desktop does."""
    page.evaluate(
        """([kind, files, html]) => {
            const data = new DataTransfer();
            for (const [name, size] of files) data.items.add(new File([new Uint8Array(size)], name));
            if (html) data.setData("text/html", html);
            const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
            const event = kind === "paste" ? new ClipboardEvent(kind, options) : new DragEvent(kind, options);
            const text = document.querySelector("fl-editor [contenteditable]");
            if (text.dispatchEvent(event) && kind === "drop") throw new Error("the browser would open the file");
        }""",
        [kind, files, html],
    )


def test_a_note_is_typed_at_once(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    page.keyboard.press("Control+n")
    expect(page.locator("dialog[open] [contenteditable]")).to_be_focused()
    page.keyboard.type("She calls back.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#timeline .entry").filter(has_text="She calls back.")).to_be_visible()


def test_files_come_from_everywhere_and_can_be_taken_away(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    editor = page.locator("fl-editor").first
    editor.locator("[contenteditable]").click()
    page.keyboard.type("All we have")
    let_fall(page, "drop", [("dropped.txt", 12), ("mistake.txt", 3)])
    editor.locator("input[type=file]").set_input_files({"name": "chosen.txt", "mimeType": "", "buffer": b"chosen"})
    let_fall(page, "paste", [("screenshot.txt", 7)])
    let_fall(page, "drop", [("film.txt", 26 * 1024 * 1024)])
    expect(page.get_by_text("film.txt is larger than 25 MB: not attached.")).to_be_visible()
    editor.get_by_role("button", name="Remove mistake.txt").click()
    expect(editor.locator(".attachment")).to_have_text([
        "dropped.txt · 12 B", "chosen.txt · 6 B", "screenshot.txt · 7 B",
    ])  # fmt: skip
    face.check("writing-files")
    page.get_by_role("button", name="Add note").click()
    entry = page.locator("#timeline .entry").filter(has_text="All we have")
    for name in ("dropped.txt", "chosen.txt", "screenshot.txt"):
        expect(entry.get_by_role("link", name=name)).to_be_visible()
    expect(entry).not_to_contain_text("mistake.txt")


def test_what_is_pasted_from_a_document_keeps_its_shape(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    text = page.locator("fl-editor [contenteditable]").first
    text.click()
    let_fall(page, "paste", [("picture-of-it.txt", 5)], WORD)
    expect(text.locator("h2")).to_have_text("Minutes")
    expect(text.locator("ul > li")).to_have_text(["Send the offer"])
    expect(text.locator("> p").filter(has_text="Ada")).to_have_text("Ada | Audit")
    expect(page.locator("fl-editor .attachment")).to_have_count(0)
