"""A workshop of two judges and two rounds as they live it, by keyboard, and how its pages look."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import CaseFactory
from tests.exams.factories import ExamFactory, ItemFactory, case_item

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]
PageOf = Callable[..., Page]
LONG = "Kanaka Ayu Lestari Wulandari Hadiningrat"
NOTE = "Decides what is plain alone and asks where it is not; knows when something must be escalated, and to whom, though not always at once. " * 3


@in_ways
def test_two_judges_say_where_the_cut_lies(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    ItemFactory(severity="S4")
    case_item(CaseFactory(pool="exam"))
    exam = ExamFactory(title="Marketplace moderator, first certificate", item_count=2, cells=({"area": "PRO", "minimum": 2, "maximum": 2},))
    judges = [PersonFactory(roles=["trainer"], name=f"{LONG} I"), PersonFactory(roles=["qa"], name=f"{LONG} II")]
    page = page_of(judges[0], "/exams/desk/workshops")
    look(page, "workshops-none", ways)
    page.goto(page.url.replace("workshops", f"exams/{exam.slug}"))
    page.get_by_role("link", name="Call a workshop").press("Enter")
    expect(page.get_by_role("heading", name="Call a workshop")).to_be_visible()
    look(page, "workshop-new", ways)
    page.get_by_label("Judges").fill("\n".join(judge.email for judge in judges))
    page.get_by_label("Somebody who is just good enough").fill(NOTE)
    page.get_by_role("button", name="Call the judges").press("Enter")
    expect(page.get_by_text("Every judge has a mail.")).to_be_visible()
    workshop = page.url
    look(page, "workshop-called", ways)
    _judges(page, ("80", "60"), ways)
    _judges(page_of(judges[1], workshop), ("90", "50"), ())
    page.reload()
    page.get_by_role("button", name="Reveal round one").press("Enter")
    expect(page.get_by_role("heading", name="The cut after round one")).to_be_visible()
    look(page, "workshop-revealed", ways)
    page.get_by_role("link", name="Question 1", exact=True).press("Enter")
    expect(page.get_by_text("85 of 100 in the middle, 80 to 90")).to_be_visible()
    look(page, "workshop-once-more", ways)
    page.get_by_label("Of 100 people").fill("90")
    page.get_by_label("Of 100 people").press("Enter")
    expect(page.get_by_role("heading", name="Your estimates, once more")).to_be_visible()
    page.get_by_role("button", name="Close the workshop").press("Enter")
    expect(page.get_by_role("heading", name="The cut", exact=True)).to_be_visible()
    look(page, "workshop-closed", ways)


def _judges(page: Page, said: tuple[str, str], ways: tuple[Way, ...]) -> None:
    """Begin, look at each question and its key, and say something of it."""
    page.get_by_role("button", name="Begin to judge").press("Enter")
    page.get_by_role("link", name="Judge the first question").press("Enter")
    for number, percent in enumerate(said, start=1):
        expect(page.get_by_role("heading", name=f"Question {number} of 2")).to_be_visible()
        if ways:
            look(page, f"workshop-question-{number}", ways)
            page.get_by_role("button", name="Show the key").press("Enter")
            expect(page.get_by_role("heading", name="The key")).to_be_visible()
            look(page, f"workshop-key-{number}", ways)
        page.get_by_label("Of 100 people").fill(percent)
        page.get_by_label("Of 100 people").press("Enter")
    expect(page.get_by_text("You have judged every question.")).to_be_visible()
