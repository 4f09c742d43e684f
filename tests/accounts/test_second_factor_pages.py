"""The pages of the second step in a real browser: by keyboard, without a script, wide and narrow, light and dark."""

import pyotp
import pytest
from argon2 import PasswordHasher
from playwright.sync_api import expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import in_ways, look
from training import clock
from training.accounts.rules import Role

pytestmark = pytest.mark.browser
PASSWORD = "three calm unrelated words"
HASHED = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)


@in_ways
def test_somebody_sets_it_up_and_comes_back_with_a_code_by_keyboard_alone(page_of, chromium, address, app, ways):
    person = PersonFactory(email="nia@example.org", name="Nia Rahma", password=HASHED)
    page = page_of(person, "/account/second-step")
    look(page, "second-step-off", ways)
    page.get_by_role("button", name="Set it up").press("Enter")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.get_by_text("No camera?").press("Enter")
    device = pyotp.TOTP(page.locator("pre code").inner_text())
    look(page, "second-step-set-up", ways)
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(device.at(clock.now()))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    recovery = page.locator("pre code").inner_text().split()
    look(page, "second-step-recovery", ways)
    page.goto("/account/second-step")
    look(page, "second-step-on", ways)
    page.get_by_role("link", name="Turn it off").press("Enter")
    look(page, "second-step-turn-off", ways)
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/sign-in")
    plain.get_by_label("E-mail").fill(person.email)
    plain.get_by_label("Password").fill(PASSWORD)
    plain.keyboard.press("Enter")
    expect(plain.get_by_label("Code")).to_be_focused()
    plain.keyboard.type("000000")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("alert")).to_contain_text("This code is wrong")
    plain.get_by_role("link", name="Use a recovery code").press("Enter")
    expect(plain.get_by_label("Code")).to_be_focused()
    plain.keyboard.type(recovery[0])
    plain.keyboard.press("Enter")
    expect(plain).to_have_url(f"{address}/")
    context.close()


@in_ways
def test_who_must_have_one_is_told_why(page_of, chromium, address, ways):
    lead = PersonFactory(email="lead@example.org", roles=[Role.LEAD], password=HASHED)
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in?next=/queues/overrides")
    page.get_by_label("E-mail").fill(lead.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your role needs it")).to_be_visible()
    look(page, "second-step-owed", ways)
    page.get_by_role("button", name="Set it up").press("Enter")
    device = pyotp.TOTP(page.locator("pre code").text_content())
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(device.at(clock.now()))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="I have kept them").press("Enter")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.get_by_label("E-mail").fill(lead.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    look(page, "second-step-code", ways)
    context.close()
