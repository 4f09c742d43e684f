"""Reading a module in a browser: what was on the screen for a moment is read, and the page says so."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.courses.factories import ModuleFactory
from training.accounts.models import Person
from training.courses import queries
from training.db import db

pytestmark = pytest.mark.browser

PARAGRAPHS = "\n\n".join("A rule is read in peace, and its reason with it, before anybody decides by it." for _ in range(30))
TITLES = ("Purpose", "Definitions", "Exceptions")
LONG = "What it is for.\n\n" + "\n\n".join(f"## {title}\n\n{PARAGRAPHS}\n\nThe end of {title}." for title in TITLES)
DWELL = 1500


@pytest.fixture
def reader() -> Person:
    ModuleFactory(id="goods", title="Prohibited goods", body=LONG)
    return PersonFactory()


def read_marks(page: Page) -> list[bool]:
    return [page.locator(f"[data-section={title.lower()}] .read-mark").is_visible() for title in TITLES]


def sections_read(reader: Person) -> set[str]:
    db.session.rollback()
    version = queries.module_by_slug("goods").current_version
    assert version is not None
    return set(queries.sections_read(reader.id, version.id))


@pytest.mark.usefixtures("app")
def test_sections_are_marked_read_as_their_ends_are_read(page_of: Callable[..., Page], reader: Person) -> None:
    page = page_of(reader, "/handbook/goods")
    meter = page.locator("[data-reading-progress]")
    expect(meter).to_contain_text("0 of 3 sections read")
    page.get_by_text("The end of Purpose.").scroll_into_view_if_needed()
    expect(meter).to_contain_text("1 of 3 sections read")
    assert meter.locator("progress").get_attribute("aria-label") == "1 of 3 sections read"
    assert (read_marks(page), sections_read(reader)) == ([True, False, False], {"purpose"})
    for title in TITLES[1:]:
        page.get_by_text(f"The end of {title}.").scroll_into_view_if_needed()
        expect(page.locator(f"[data-section={title.lower()}] .read-mark")).to_be_visible()
    expect(page.get_by_role("button", name="Mark every section as read")).to_be_hidden()
    page.reload()
    expect(meter).to_contain_text("3 of 3 sections read")
    assert read_marks(page) == [True, True, True]


@pytest.mark.usefixtures("app")
def test_what_is_only_scrolled_past_is_not_read(page_of: Callable[..., Page], reader: Person) -> None:
    page = page_of(reader, "about:blank")
    page.clock.install()
    page.goto("/handbook/goods")
    end = page.get_by_text("The end of Purpose.")
    end.scroll_into_view_if_needed()
    page.clock.run_for(DWELL - 500)
    page.evaluate("scrollTo(0, 0)")
    expect(end).not_to_be_in_viewport()
    page.clock.run_for(3 * DWELL)
    assert (read_marks(page), sections_read(reader)) == ([False, False, False], set())


@pytest.mark.usefixtures("app")
def test_a_section_of_which_the_server_heard_nothing_is_told_again(page_of: Callable[..., Page], reader: Person) -> None:
    page = page_of(reader, "/handbook/goods")
    page.route("**/handbook/goods/read", lambda route: route.fulfill(body="Somebody between answered."), times=1)
    with page.expect_response(lambda answer: answer.url.endswith("/read") and answer.ok):
        page.get_by_text("The end of Purpose.").scroll_into_view_if_needed()
    expect(page.locator("[data-reading-progress]")).to_contain_text("1 of 3 sections read")
    assert sections_read(reader) == {"purpose"}
