"""The pages of this room in a real browser: wide and narrow, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import in_ways, look
from training.accounts.rules import Role

pytestmark = pytest.mark.browser


@in_ways
def test_what_is_kept_how_long_is_there_for_everybody_to_read(page_of, ways):
    page = page_of(PersonFactory(), "/retention")
    look(page, "retention", ways)


@in_ways
def test_somebody_is_erased_by_keyboard_alone(page_of, ways):
    person = PersonFactory(email="muhammad.firdaus@example.org", name="Muhammad Firdaus Prawirodirdjo Kusumawardhana")
    page = page_of(PersonFactory(roles=[Role.ADMIN]), f"/people/{person.public_id}", allowing=("400",))
    page.get_by_role("link", name="Erase…").press("Enter")
    look(page, "erasing", ways)
    page.get_by_label("Why").fill("Asked for it in writing, ticket 4711.")
    page.get_by_label("Their e-mail address").fill("somebody@example.org")
    page.get_by_label("Their e-mail address").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not the address of the person")
    page.get_by_label("Their e-mail address").fill(person.email)
    page.get_by_label("Their e-mail address").press("Enter")
    expect(page.get_by_role("heading", name=f"Erased person {person.id}")).to_be_visible()
    look(page, "erased", ways)
