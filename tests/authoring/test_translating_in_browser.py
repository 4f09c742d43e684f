"""A translation written beside its original, in a browser."""

import pytest
from playwright.sync_api import expect

from tests.authoring.test_in_browser import Opening, write
from tests.authoring.test_translating import PATH, TRANSLATION, publish_original
from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from tests.content_store.folders import write as write_file
from training.db import db

pytestmark = pytest.mark.browser


@in_ways
def test_a_translation_is_brought_up_to_date_beside_its_original(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    write_file(desk.root, PATH, TRANSLATION)
    desk.bring_in()
    publish_original(desk)
    db.session.commit()
    page = page_of(desk.ana, "/handbook/barang")
    expect(page.get_by_text("This translation is behind.")).to_be_visible()
    look(page, "translation-behind", ways)
    page.goto("/handbook")
    look(page, "shelf-with-translation", ways)
    page.goto("/desk/")
    look(page, "desk-translations-behind", ways)
    page.get_by_role("button", name="Open its draft of Barang terlarang").press("Enter")
    margin = page.get_by_label("Beside the text")
    expect(margin.get_by_text("It follows version 1.0.0, and 1.1.0 is published.")).to_be_visible()
    look(page, "desk-translation-draft", ways)
    write(page, "Senjata api tidak", "Senjata api dan senapan angin tidak")
    page.get_by_role("link", name="See what changed, beside this").press("Enter")
    expect(page.get_by_role("heading", name="The translation, from line 15")).to_be_visible()
    look(page, "desk-beside-original", ways)
    page.get_by_role("button", name="It tells version 1.1.0 now").press("Enter")
    expect(page.get_by_text("It follows version 1.1.0 of its original now.")).to_be_visible()
    expect(page.get_by_label("Beside the text").get_by_text("Follows it")).to_be_visible()
    page.goto("/desk/modules/goods?width=phone")
    look(page, "module-preview-phone", ways)
    page.get_by_role("link", name="In Indonesian: barang").press("Enter")
    expect(page.get_by_role("heading", name="Barang terlarang", level=1)).to_be_visible()
    page.goto("/desk/new?kind=module")
    look(page, "desk-new-module", ways)
