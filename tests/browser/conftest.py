"""Chromium, a served demo, and pages on which nothing may go wrong unseen."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from tests.browser.looking import HEIGHT, WIDE
from tests.demo.serving import PASSWORD, Served, prepared_demo, serving

__all__ = ["prepared_demo"]

PATIENCE_MILLISECONDS = 20_000
"""Longer than anything takes, on a machine that does many other things at once."""

expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="module")
def demo(prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo for the tests of one file: what they do in it, the next file does not find."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(prepared_demo, folder, dirs_exist_ok=True)
    with serving(folder) as served:
        yield served


@pytest.fixture
def new_page(chromium: Browser, demo: Served) -> Iterator[Callable[[], Page]]:
    """Makes pages, each in a browser of its own. At the end nothing may have gone wrong on any of them."""
    faults: list[str] = []
    contexts = []

    def opened() -> Page:
        context = chromium.new_context(base_url=demo.address, viewport={"width": WIDE, "height": HEIGHT}, locale="en-GB", timezone_id="Asia/Jakarta")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        _watch(page, faults)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """A page of a browser that nobody has signed in with."""
    return new_page()


@pytest.fixture
def signed_in(new_page: Callable[[], Page]) -> Callable[[str], Page]:
    """A new browser in which a person of the demo signed in, as they do: by the form."""

    def page_of(person: str) -> Page:
        page = new_page()
        sign_in(page, person)
        return page

    return page_of


def sign_in(page: Page, person: str) -> None:
    """Sign in as this person of the demo."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{person}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def _watch(page: Page, faults: list[str]) -> None:
    """Write down scripts that fail, what the content security policy stops, and answers that are the server's fault."""

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{page.url}: console: {message.text}")

    def note_response(response: Response) -> None:
        if response.status >= 500:
            faults.append(f"{response.status} {response.url}")

    page.on("console", note_message)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script: {error}"))
    page.on("response", note_response)
