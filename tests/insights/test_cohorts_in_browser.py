"""A named cohort in a browser: named, filled by a paste that is mended, and given more time from its page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.courses.factories import ModuleFactory
from tests.exams.factories import AttemptFactory, ExamFactory
from training import clock
from training.accounts import queries as accounts
from training.actors import SYSTEM
from training.courses import services as courses
from training.courses.services import Audience
from training.db import begin_writing, db
from training.exams import services as exams

pytestmark = pytest.mark.browser
LONG_NAME = "Wojciechowska-Venkatanarasimharajuvaripeta"


@in_ways
def test_a_trainer_names_a_cohort_and_gives_it_more_time(page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    exam = ExamFactory(title="Moderator of product claims in listings and livestreams")
    sitting, ended = AttemptFactory(exam=exam, now=clock.now()), AttemptFactory(exam=exam, now=clock.now())
    exams.submit_attempt(ended, client_id="window-1", by=SYSTEM, now=clock.now())
    people = [accounts.person(attempt.person_id).email for attempt in (sitting, ended)]
    page = page_of(PersonFactory(roles=["trainer"]), "/cohorts", allowing=("400",))
    look(page, "cohorts-empty", ways)
    page.get_by_label("Name", exact=True).fill("October hires of the seller-facing marketplace in Jakarta")
    page.get_by_role("button", name="Name it").click()
    addresses = page.get_by_label("E-mail addresses")
    addresses.fill("\n".join([*people, PersonFactory(name=f"{LONG_NAME} {LONG_NAME}").email, "nobody@example.org"]))
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 4")
    look(page, "cohort-members-faults", ways)
    addresses.fill(addresses.input_value().replace("nobody@example.org", ""))
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("3 joined.")).to_be_visible()
    look(page, "cohort-members", ways)
    page.get_by_role("link", name="Who was in it since when").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who was in it since when")
    look(page, "cohort-history", ways)
    db.session.rollback()
    begin_writing()
    (cohort,) = accounts.cohorts()
    due = clock.now() + timedelta(days=9)
    courses.assign(ModuleFactory(), Audience(cohort_id=cohort.id), due_at=due, due_on=due.date(), by=SYSTEM, now=clock.now())
    db.session.commit()
    page.goto(f"/cohorts/{cohort.id}")
    db.session.rollback()
    page.get_by_role("checkbox").check()
    page.get_by_label("Reason").fill("The line of the room was down.")
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how many minutes")
    expect(page.get_by_role("checkbox")).to_be_checked()
    look(page, "cohort-time-faults", ways)
    page.get_by_label("Minutes more").fill("15")
    page.get_by_role("button", name="Give more time").click()
    expect(page.get_by_text("Done for 1: more time")).to_be_visible()
    look(page, "cohort", ways)
