"""Every page of the demo as everybody finds it, looked at in light and dark."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from re import sub

import pytest
from playwright.sync_api import Page

from tests.browser.looking import EVERY_WAY, OPPOSITE_WAYS, Way, look
from training.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.long]

PEOPLE = ["renewing", "trainer", "lead", "admin", "auditor"]


def addresses(page: Page, within: str) -> list[str]:
    """The addresses on this site that links within a part of the page lead to, in their order, each once."""
    found = page.locator(f"{within} a[href^='/']").evaluate_all("links => links.map((link) => new URL(link.href).pathname)")
    return list(dict.fromkeys(found))


ONE_OF_MANY = (
    r"/(p_[\w-]{16}|(?=[\w-]*[A-Z\d])[\w-]{20,24}|\d+|(?:(?<=/checks/)|(?<=/teams/)|(?<=/desk/(?:items|cases|exams)/)|(?<=/desk/modules/))[\w-]+)(?=/|$)"
)
"""The part of an address that names one person, attempt, certificate, answer, check, team, item, case, module or exam."""


def kind_of(address: str) -> str:
    """What pages of the same kind have in common."""
    return sub(ONE_OF_MANY, "/…", address)


def plain_addresses() -> list[str]:
    """The address of every page that needs nothing named in it."""
    rules = create_app({"SECRET_KEYS": "only-for-its-addresses"}).url_map.iter_rules()
    return sorted(rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments)


def is_page(page: Page, address: str) -> bool:
    """Whether there is a page at this address, and for this person. To look must sign nobody out."""
    response = page.request.get(address, max_redirects=0)
    assert "/sign-in" not in response.headers.get("location", ""), f"signed out before {address}"
    return response.status == HTTPStatus.OK and "text/html" in response.headers["content-type"]


def look_at(page: Page, person: str, found: Iterable[str], ways: tuple[Way, ...]) -> None:
    for address in found:
        if is_page(page, address):
            page.goto(address)
            name = kind_of(address).strip("/").replace("/", "-").replace("…", "one") or "today"
            look(page, f"place-{person}-{name}", ways)


@pytest.mark.parametrize("person", ["renewing", "lead", "admin"])
def test_every_place_looks_well_wide_in_light_and_narrow_in_dark(signed_in: Callable[[str], Page], person: str) -> None:
    page = signed_in(person)
    look_at(page, person, addresses(page, "nav"), OPPOSITE_WAYS)


@pytest.mark.full
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_and_what_it_links_to_looks_well_in_every_width(signed_in: Callable[[str], Page], person: str) -> None:
    page = signed_in(person)
    plain = [address for address in plain_addresses() if is_page(page, address)]
    look_at(page, person, [*plain, *behind(page, plain)], EVERY_WAY)


def behind(page: Page, plain: list[str]) -> list[str]:
    """One page of each kind that these pages link to."""
    found: dict[str, str] = {kind_of(address): address for address in plain}
    for start in plain:
        page.goto(start)
        for address in addresses(page, "main"):
            found.setdefault(kind_of(address), address)
    return [address for address in found.values() if address not in plain]
