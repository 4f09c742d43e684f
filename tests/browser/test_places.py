"""Every place in everybody's navigation, and what is one step behind it, looked at in light and dark."""

from collections.abc import Callable, Iterator
from re import sub

import pytest
from playwright.sync_api import Page

from tests.browser.looking import NARROW, TABLET, WIDE, look
from training.demo.rules import CAST

pytestmark = pytest.mark.browser

PEOPLE = [member.key for member in CAST if member.signs_in]
DEEPEST = 60
"""How many pages behind the navigation are looked at for one person; lists are long, and their pages alike."""


def addresses(page: Page, within: str) -> list[str]:
    """The addresses on this site that links within a part of the page lead to, in their order, each once."""
    found = page.locator(f"{within} a[href^='/']").evaluate_all("links => links.map((link) => new URL(link.href).pathname)")
    return list(dict.fromkeys(found))


def kind_of(address: str) -> str:
    """What pages of the same kind have in common: the address without what names one person, attempt or document."""
    return sub(r"/(p_[\w-]+|[\w-]{20,24}|\d+)(?=/|$)", "/…", address)


def look_at(page: Page, person: str, found: list[str], *widths: int) -> None:
    for address in found:
        page.goto(address)
        name = kind_of(address).strip("/").replace("/", "-").replace("…", "one") or "today"
        look(page, f"place-{person}-{name}", *widths)


@pytest.mark.parametrize("person", ["renewing", "lead", "admin", "auditor"])
def test_every_place_looks_well_wide_and_narrow(signed_in: Callable[[str], Page], person: str) -> None:
    page = signed_in(person)
    look_at(page, person, addresses(page, "nav"), WIDE, NARROW)


@pytest.mark.full
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_one_step_behind_looks_well_in_every_width(signed_in: Callable[[str], Page], person: str) -> None:
    page = signed_in(person)
    places = addresses(page, "nav")
    look_at(page, person, places, TABLET)
    look_at(page, person, list(behind(page, places))[:DEEPEST], WIDE, TABLET, NARROW)


def behind(page: Page, places: list[str]) -> Iterator[str]:
    """One page of each kind that the places link to."""
    seen = {kind_of(place) for place in places}
    for place in places:
        page.goto(place)
        for address in addresses(page, "main"):
            if kind_of(address) not in seen and not address.startswith(("/media", "/api")):
                seen.add(kind_of(address))
                yield address
