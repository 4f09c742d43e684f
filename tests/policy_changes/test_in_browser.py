"""Policy changes as their readers see them: every page looked at, and learned by keyboard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import CaseFactory
from tests.exams.factories import ItemFactory
from tests.policy_changes.changing import World
from training import clock
from training.certification.queries import open_deltas
from training.courses.rules.clause_changes import ClauseMark
from training.db import db
from training.policy_changes.documents import CHANGES
from training.policy_changes.models import PolicyProposal, PublishedChange

pytestmark = pytest.mark.browser
LONG_NAME = "Maria Magdalena Kusumaningtyas Wijayanti-S"


@pytest.fixture
def world(app: object) -> World:
    """Cases and items that cite the rule, and somebody with a long name who works by it."""
    found = World(at=clock.now() - timedelta(days=20))
    for number in range(3):
        CaseFactory(slug=f"case-cites-{number}", concept="PRO-01.a")
        ItemFactory(id=f"item-cites-{number}", clauses=("PRO-01.a",))
    return found


@in_ways
def test_somebody_learns_a_change_by_keyboard(world: World, page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    world.change("1.1.0", ClauseMark.CLARIFIED, at=clock.now() - timedelta(days=1))
    page = page_of(world.person, "/")
    look(page, "today-with-a-change", ways)
    page.goto("/policy-changes/mine/goods")
    look(page, "change-mine", ways)
    page.get_by_text("Before and after, each by itself").press("Enter")
    expect(page.get_by_role("heading", name="Before", exact=True)).to_be_visible()
    page.get_by_role("button", name="I have read what changed").press("Enter")
    expect(page.get_by_text("Noted: you have read what changed.")).to_be_visible()
    look(page, "change-mine-read", ways)
    assert len(open_deltas(world.person.id)) == 1, "the short check is still to pass"


@in_ways
def test_a_trainer_reads_a_plan_and_what_was_published_and_held(world: World, page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    team, author = TeamFactory(), PersonFactory(name=LONG_NAME, roles=["trainer"])
    world.holder(name=LONG_NAME, team=team, at=clock.now() - timedelta(days=19))
    trainer = PersonFactory(roles=["trainer", "lead"], team=team)
    page = page_of(trainer, "/policy-changes/")
    look(page, "changes-empty", ways)
    world.change("1.1.0", author=author, at=clock.now() - timedelta(days=15))
    (published,) = db.session.scalars(select(PublishedChange))
    proposal = PolicyProposal(digest="0" * 64, author_id=author.id, document=published.document, rekeyed=[], proposed_at=clock.now())
    proposal.document = CHANGES.dump_python((world.next_change("1.2.0"),), mode="json")
    db.session.add(proposal)
    db.session.commit()
    for name, path in (
        ("changes", "/policy-changes/"),
        ("changes-published", "/policy-changes/published/goods/1.1.0"),
        ("changes-held", "/policy-changes/published/goods/1.1.0/held"),
        ("changes-plan", f"/policy-changes/plans/{proposal.id}"),
        ("changes-people", f"/policy-changes/plans/{proposal.id}/people"),
        ("changes-citing", f"/policy-changes/plans/{proposal.id}/citing"),
        ("today-of-a-lead", "/"),
    ):
        page.goto(path)
        look(page, name, ways)
    page.goto(f"/policy-changes/plans/{proposal.id}")
    page.get_by_role("button", name="Approve this plan").press("Enter")
    expect(page.get_by_text("Approved, not published yet")).to_be_visible()
    page.goto("/policy-changes/published/goods/1.1.0/held")
    page.get_by_role("button", name="Still right").first.press("Enter")
    expect(page.get_by_text("is still right, and is drawn again")).to_be_visible()
