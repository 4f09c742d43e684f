"""Disagreeing and reviewing as people do, by keyboard, and how it looks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import CaseFactory, TaxonomyAreaFactory
from tests.courses.factories import ModuleFactory, body, clause
from tests.disputes.factories import APPROVE, DEMOTE, REMOVE, SITE, actor, answered, claimed, dispute_of, documented, make_claim_on, reviewed
from tests.exams.factories import AttemptFactory
from training import clock
from training.actors import SYSTEM
from training.db import db
from training.disputes.models import Dispute
from training.disputes.services import review_question
from training.exams.services import submit_attempt

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]
PageOf = Callable[..., Page]
LONG_REASON = "The clause allows it where the seller shows a licence, and the third picture shows one. " * 10


@in_ways
def test_disagreeing_by_keyboard(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    me = PersonFactory(name="Kanaka Ayu Lestari Wulandari Hadiningrat")
    serving = answered(person_id=me.id)
    look(page_of(me, "/disputes"), "disputes-empty", ways)
    page = page_of(me, f"/practice/{serving.id}")
    page.locator("summary", has_text="I disagree").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The clause allows it by name.")
    look(page, "disagree-open", ways)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What you disagree with")).to_be_visible()
    look(page, "dispute-mine", ways)
    look(page_of(me, "/disputes"), "disputes-mine", ways)
    look(page_of(me, f"/practice/{serving.id}"), "disagreed", ways)


@in_ways
def test_reviewing_by_keyboard(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    TaxonomyAreaFactory(code="PRO")
    trainer = PersonFactory(roles=["trainer"], name="Kanaka Ayu Lestari Wulandari Hadiningrat")
    look(page_of(trainer, "/disputes/review"), "review-nothing", ways)
    look(page_of(trainer, "/disputes"), "disputes-nothing", ways)
    dispute = claimed(answer=DEMOTE)
    look(page_of(trainer, f"/disputes/{dispute.public_id}"), "dispute-blind", ways)
    page = page_of(trainer, "/disputes/review")
    look(page, "review", ways)
    page.keyboard.press("2")
    page.keyboard.press("l")
    page.keyboard.type("PRO-03")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="S3 Serious").focus()
    page.keyboard.press("Space")
    page.get_by_label("Why you decide so").fill(LONG_REASON)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Who disputes it")).to_be_visible()
    look(page, "dispute-reviewed", ways)


@in_ways
def test_a_decided_dispute_is_legible(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    me, trainer = PersonFactory(), PersonFactory(roles=["trainer"])
    case = CaseFactory()
    dispute = dispute_of(make_claim_on(answered(case, person_id=me.id)))
    make_claim_on(answered(case))
    reviewed(dispute, APPROVE, DEMOTE, REMOVE)
    reviewed(claimed(), REMOVE, REMOVE)
    claimed()
    look(page_of(me, f"/disputes/{dispute.public_id}"), "dispute-decided-mine", ways)
    look(page_of(trainer, f"/disputes/{dispute.public_id}"), "dispute-decided", ways)
    look(page_of(trainer, "/disputes"), "disputes-all", ways)


@in_ways
def test_carrying_out_is_legible(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    trainer, case = PersonFactory(roles=["trainer"]), documented()
    answered(case, REMOVE, person_id=PersonFactory(name="Kanaka Ayu Lestari Wulandari Hadiningrat").id)
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, DEMOTE, REMOVE)
    page = page_of(trainer, f"/disputes/{dispute.public_id}/carrying")
    look(page, "carrying", ways)
    page.get_by_role("button", name="Carry it out").click()
    expect(page.get_by_role("heading", name="Carried out")).to_be_visible()
    look(page, "carried", ways)


@in_ways
def test_what_disputes_came_to_is_legible(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    trainer = PersonFactory(roles=["trainer"])
    look(page_of(trainer, "/disputes/outcomes"), "outcomes-none", ways)
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods, services and everything that stands beside them")
    for number in range(11):
        reviewed(claimed(), *([REMOVE, REMOVE] if number else [APPROVE, APPROVE]))
    claimed(CaseFactory(area="IPR"))
    look(page_of(trainer, "/disputes/outcomes"), "outcomes", ways)


@in_ways
def test_saying_that_a_clause_is_unclear_by_keyboard(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    ModuleFactory(id="medicine", body=body(clause("PRO-03.a")))
    me, trainer = PersonFactory(), PersonFactory(roles=["trainer"])
    page = page_of(me, "/handbook/medicine")
    page.locator("summary", has_text="Is a clause worded unclearly?").press("Enter")
    look(page, "wording-asked", ways)
    page.locator("details[open] a[href$='/disputes/wording/pro-03.a']").press("Enter")
    look(page, "wording-form", ways)
    page.get_by_label("What is unclear").fill(LONG_REASON)
    page.get_by_role("button", name="Say that it is unclear").press("Enter")
    expect(page.get_by_role("heading", name="What you said")).to_be_visible()
    look(page, "wording-said", ways)
    answering = page_of(trainer, page.url)
    look(answering, "wording-answering", ways)
    look(page_of(trainer, "/disputes/wording"), "wordings", ways)
    look(page_of(PersonFactory(), "/disputes/wording"), "wordings-none", ways)


@in_ways
def test_a_question_is_disputed_and_answered_blind_by_keyboard(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    TaxonomyAreaFactory(code="PRO")
    me, trainer = PersonFactory(name="Kanaka Ayu Lestari Wulandari Hadiningrat"), PersonFactory(roles=["trainer"])
    attempt = AttemptFactory(person=me, now=clock.now())
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=clock.now())
    page = page_of(me, f"/disputes/attempts/{attempt.public_id}")
    look(page, "question-claim", ways)
    page.get_by_label("Number of the question").fill("2")
    page.get_by_label("What you remember").fill(LONG_REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What you disagree with")).to_be_visible()
    look(page, "question-mine", ways)
    reviewing = page_of(trainer, f"/disputes/{page.url.rpartition('/')[2]}")
    look(reviewing, "question-blind", ways)
    reviewing.get_by_role("button", name="Open it").press("Enter")
    expect(reviewing.get_by_text("open until")).to_be_visible()
    look(page_of(me, f"/exams/attempts/{attempt.public_id}/look/2"), "question-look-ahead", ways)
    reviewing.goto("/disputes/review")
    look(reviewing, "question-ahead", ways)
    reviewing.get_by_role("button", name="Show me the question").press("Enter")
    look(reviewing, "question-review", ways)
    reviewing.get_by_role("radio", name="Ask the seller first").focus()
    reviewing.keyboard.press("Space")
    reviewing.get_by_label("Why you answer so").fill(LONG_REASON)
    reviewing.get_by_role("button", name="Send the review").press("Enter")
    expect(reviewing.get_by_role("heading", name="Who disputes it")).to_be_visible()
    look(reviewing, "question-reviewed", ways)
    dispute = db.session.scalars(select(Dispute)).one()
    by = actor(PersonFactory(roles=["trainer"]).id)
    review_question(dispute, {"options": [2]}, reason=LONG_REASON, site_url=SITE, by=by, now=clock.now())
    db.session.commit()
    reviewing.reload()
    expect(reviewing.get_by_role("link", name="Rule on the key")).to_be_visible()
    look(reviewing, "question-decided", ways)
