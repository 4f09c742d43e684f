"""The demo's world, made once over the content that is shipped."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from training.accounts.models import Person
from training.accounts.queries import person_by_email, state_of
from training.accounts.services import HashedPassword, authenticate_client, hash_password, is_password
from training.actors import SYSTEM
from training.authoring.queries.batches import open_batches
from training.authoring.queries.lists import my_drafts
from training.authoring.rules.states import DraftState
from training.authoring.services.inbox import inbox_of
from training.certification.queries import certificates_of, nesters
from training.certification.rules import State
from training.content_sync import services as content_sync
from training.content_sync.rules.sides import Side
from training.courses.queries import assignments_of, course_progress
from training.db import db
from training.demo import services
from training.demo.rules import CAST, FORMER
from training.demo.services.telling import fill_feed, tell_review_tool
from training.demo.services.world import LONGEST_AGO
from training.exams.queries.workshops import listed_workshops
from training.exams.rules.workshops import WorkshopState
from training.integrations.queries import endpoints
from training.outbox.queries import latest_posts
from training.quality.queries import live_quality, open_proposals
from training.quality.queries.calibration import sessions_page, standing_of_session, to_label
from training.quality.rules.calibration import CalibrationState
from training.queues.queries import access_of
from training.queues.rules.decision import Access

CONTENT = Path(__file__).resolve().parents[2] / "content"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def person(key: str) -> Person:
    found = person_by_email(f"{key}@example.org")
    assert found is not None
    return found


def standing(key: str) -> dict[str, State]:
    return {held.certification.slug: held.standing.state for held in certificates_of(person(key).id, at=NOW)}


def is_allowed(key: str, queue: str, at: datetime = NOW) -> bool:
    return access_of(person(key).email, queue, at=at).access is Access.ALLOW


def _review_tool_was_told() -> None:
    (endpoint,) = endpoints()
    newest, *others = latest_posts(endpoint.channel)
    assert endpoint.paused_at is not None
    assert newest.due_at is not None and others and all(post.sent_at for post in others)


@pytest.mark.long
def test_everybody_has_the_past_that_is_told_of_them(app: Flask) -> None:
    content_sync.apply(content_sync.propose(CONTENT), allow_public=True, site_url="https://touchstone.example", by=SYSTEM, now=NOW - LONGEST_AGO)
    services.make_world(password=HashedPassword("no hash"), now=NOW)
    fill_feed(now=NOW)
    db.session.commit()
    tell_review_tool(keys=["a secret"], by=SYSTEM, now=NOW)
    db.session.commit()
    _review_tool_was_told()
    assert db.session.query(Person).filter_by(is_demo=True).count() == len(CAST) + len(FORMER)
    _newhire_has_everything_to_do()
    _renewing_is_in_the_renewal_window()
    _yusuf_works_in_shadow()
    _two_drafts_lie_on_the_desk()
    _questions_wait_and_the_desk_is_ahead()
    assert standing("intan.permata") == {"claims-reviewer": State.LAPSED, "marketplace-moderator": State.LAPSED}
    disused = {held.certification.slug for held in certificates_of(person("intan.permata").id, at=NOW) if held.standing.is_by_disuse}
    assert disused == {"claims-reviewer"}, "nobody reported work on claims"
    assert standing("rizky.ramadhan")["marketplace-moderator"] is State.SUSPENDED
    assert standing("somchai.rattanakul")["marketplace-moderator"] is State.REVOKED
    assert standing("citra.maharani") == {"claims-reviewer": State.IN_FORCE, "marketplace-moderator": State.IN_FORCE}
    assert not course_progress(person("galih.saputra").id, "first-queue").is_complete
    _sessions_are_calibrated()
    _a_cut_is_judged()
    assert not state_of(person("dimas.setiawan").id, at=NOW).is_active
    assert is_allowed("intan.permata", "listing-risk-id"), "the lead opened it for two days"
    assert not is_allowed("rizky.ramadhan", "listing-risk-id")
    _one_proposal_waits()


def _one_proposal_waits() -> None:
    (proposal,) = open_proposals()
    assert (proposal.person_id, proposal.audit_count, proposal.error_count) == (person("ayu.kusumaningrum").id, 30, 10)
    counted = {live.certification.slug: live.counted for live in live_quality([person("citra.maharani").id], now=NOW)}
    assert (counted["claims-reviewer"].audit_count, counted["claims-reviewer"].error_count, counted["claims-reviewer"].other_count) == (24, 1, 1)


def _two_drafts_lie_on_the_desk() -> None:
    waiting, mine = inbox_of(person("reviewer").id), my_drafts(person("reviewer").id)
    assert {each.draft.slug if each.draft else each.what.batch.title for each in waiting} == {"product-claims", "skin-and-scent.gift"}
    assert [(each.draft.slug, each.draft.state) for each in mine] == [("case-d001", "draft"), ("first-queue", "changes_asked")]


def _questions_wait_and_the_desk_is_ahead() -> None:
    (batch,) = open_batches()
    assert (batch.batch.title, batch.counts) == ("skin-and-scent.gift", {DraftState.IN_REVIEW: 2})
    ahead = [(each.name.slug, each.side) for each in content_sync.compare(CONTENT).differences]
    assert ahead == [("item-c028", Side.DESK_NEWER), ("item-c036", Side.DESK_NEWER)]


def _newhire_has_everything_to_do() -> None:
    asked = assignments_of(person("newhire").id, now=NOW)
    assert {course.slug: course.due_at > NOW for course in asked} == {"first-queue": True, "onboarding": True}
    assert all(step.done_count == 0 for course in asked for step in course.progress.steps)
    assert not is_allowed("newhire", "listing-claims-id")


def _renewing_is_in_the_renewal_window() -> None:
    (held,) = [held for held in certificates_of(person("renewing").id, at=NOW) if held.certification.slug == "marketplace-moderator"]
    assert held.standing.until is not None
    assert timedelta(days=18) < held.standing.until - NOW < timedelta(days=22)
    assert state_of(person("renewing").id, at=NOW).time_multiplier == 1.25
    assert is_allowed("renewing", "listing-risk-id")
    assert is_allowed("renewing", "listing-risk-id", at=NOW - timedelta(days=50)), "as it was known then"
    assert access_of(person("renewing").email, "listing-risk-id", at=NOW - timedelta(days=60)).access is Access.SHADOW
    assert not is_allowed("renewing", "listing-risk-id", at=NOW - timedelta(days=80))


def _sessions_are_calibrated() -> None:
    compared, waiting = (standing_of_session(session.id) for session in reversed(sessions_page()))
    assert (compared.state, waiting.state) == (CalibrationState.REVEALED, CalibrationState.LABELLING)
    assert compared.last.figures["whole"]["cases"] == 10 and 0 < compared.last.figures["whole"]["alpha"] < 1
    [asked] = to_label(person("renewing").id, at=NOW)
    assert (asked.session.id, asked.answered_count, asked.case_count) == (waiting.session.id, 0, 6)


def _a_cut_is_judged() -> None:
    [listed] = listed_workshops(person("qa").id)
    assert (listed.workshop.state, listed.question_count, listed.judge_count, listed.own_count) == (WorkshopState.REVISING, 6, 3, 6)


def _yusuf_works_in_shadow() -> None:
    [nester] = nesters([each.id for each in db.session.query(Person)], now=NOW)
    assert (nester.person.name, nester.progress.shadow.is_signed_off, nester.progress.is_long_enough) == ("Yusuf Maulana", False, False)
    assert 100 < nester.progress.shadow.decisions < 200
    assert access_of(nester.person.email, "listing-risk-id", at=NOW).access is Access.SHADOW


def test_over_other_content_people_join_and_have_no_past(app: Flask) -> None:
    services.make_world(password=HashedPassword("no hash"), now=NOW)
    assert certificates_of(person("renewing").id, at=NOW) == []


def test_the_logins_that_are_printed_work_whatever_the_password_was_before(app: Flask) -> None:
    services.make_world(password=hash_password("the first"), now=NOW)
    assert services.keep_logins("the first", now=NOW) == 0
    assert services.keep_logins("the second", now=NOW) == 8
    assert is_password("the second", person("lead").password_hash)
    assert person("citra.maharani").password_hash is None


def test_the_token_that_is_printed_works_and_so_do_those_before(app: Flask) -> None:
    for token in ("ts_first", "ts_second", "ts_first"):
        services.keep_token(token, now=NOW)
    db.session.commit()
    known = [authenticate_client(token, now=NOW) for token in ("ts_first", "ts_second")]
    assert [client and client.name for client in known] == ["Review tool", "Review tool 2"]
