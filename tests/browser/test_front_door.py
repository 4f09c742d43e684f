"""Everybody of the demo comes in by the door."""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import Way, in_ways, look
from training.demo.rules import CAST

pytestmark = pytest.mark.browser


@in_ways
def test_the_door_looks_well_in_every_width(page: Page, ways: tuple[Way, ...]) -> None:
    page.goto("/")
    assert page.url.partition("?")[0].endswith("/sign-in")
    look(page, "sign-in", ways)


@pytest.mark.parametrize("person", [member.key for member in CAST if member.signs_in])
def test_everybody_whose_login_is_printed_gets_in_and_sees_their_day(signed_in, person: str) -> None:
    look(signed_in(person), f"today-{person}")
