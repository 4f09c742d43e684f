"""Pictures put into a module where one writes: by the button, pasted and dropped; and on a page without a script."""

from base64 import b64encode

import pytest
from playwright.sync_api import Page, expect

from tests.authoring.test_in_browser import SAVED, Opening
from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from tests.media.factories import picture_bytes
from training.content_store.rules.kinds import Kind
from training.db import db

pytestmark = pytest.mark.browser
GIVE = """(text, [kind, name, data]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name));
  const more = kind === "paste" ? { clipboardData: transfer } : { dataTransfer: transfer };
  const Kind = kind === "paste" ? ClipboardEvent : DragEvent;
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
  text.dispatchEvent(new Kind(kind, { bubbles: true, cancelable: true, ...more }));
}"""


@in_ways
def test_a_picture_is_put_where_one_writes_and_asked_what_it_shows(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    db.session.commit()
    page = page_of(desk.ana, f"/desk/drafts/{draft.id}", allowing=("409",))
    text, dialog = page.get_by_label("Text", exact=True), page.get_by_role("dialog")
    text.evaluate("text => text.setSelectionRange(text.value.length, text.value.length)")
    page.locator("input[type=file]").set_input_files({"name": "scale.png", "mimeType": "image/png", "buffer": picture_bytes("PNG", size=(640, 300))})
    said = dialog.get_by_label("In words, for who cannot see it")
    expect(said).to_be_focused()
    look(page, "desk-picture", ways)
    said.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Say what it shows")
    said.fill("A scale with [two] pans")
    said.press("Enter")
    expect(text).to_be_focused()
    assert "![A scale with \\[two\\] pans](media/goods-" in text.input_value()
    for kind, name, size in (("paste", "image.png", (20, 10)), ("drop", "toy.png", (10, 20))):
        _give(page, kind, name, picture_bytes("PNG", size=size))
        expect(said).to_be_focused()
        said.fill(f"What came by {kind}")
        said.press("Enter")
        expect(dialog).to_be_hidden()
    _give(page, "paste", "page.html", b"<script>alert(1)</script>")
    expect(dialog.get_by_role("alert")).to_contain_text("The file is no PNG, JPEG or WebP picture")
    dialog.get_by_role("button", name="Leave it out").press("Enter")
    expect(dialog).to_be_hidden()
    assert text.input_value().endswith(".png)"), "all of it where one wrote"
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    expect(page.get_by_label("Beside the text")).to_contain_text("Nothing is wrong")
    page.goto(f"/desk/drafts/{draft.id}/preview")
    shown = page.get_by_role("img", name="What came by drop")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.naturalWidth") == 10
    page.goto(f"/desk/drafts/{draft.id}/files")
    look(page, "desk-files", ways)


def _give(page: Page, kind: str, name: str, data: bytes) -> None:
    """Paste or drop a file at the end of the text."""
    page.get_by_label("Text", exact=True).evaluate(GIVE, [kind, name, b64encode(data).decode()])
