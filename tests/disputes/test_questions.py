"""A candidate's doubt about the key of a question, from the result's page through blind reviews to the ruling that follows."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.disputes.factories import SITE, actor
from tests.exams.every_kind import every_kind
from tests.exams.factories import LONG_AGO, NOON, AttemptFactory, ExamFactory, ItemDocumentFactory, wrong_response
from tests.exams.views.sittings import WINDOW, Candidate
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import db
from training.disputes import queries, services
from training.disputes.models import Dispute, DisputeClaim, DisputeReview
from training.disputes.queries import disputes_to_count
from training.disputes.rules.claims import ClaimRefusal
from training.disputes.rules.outcomes import End
from training.disputes.rules.reviews import Outcome, ReviewRefusal, UnsoundReason
from training.errors import Refusal
from training.exams import queries as exams
from training.exams.models import Attempt, FormItem, Item, ItemVersion
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.rulings import Ruling, RulingKind
from training.exams.services import note_acquaintance, rule, store_item, submit_attempt, try_out
from training.outbox.models import OutboxMail
from training.practice.rules import Sensitivity
from training.practice.services import withdraw_consent

AsRole = Callable[..., Browser]
SignIn = Callable[[Browser, Person], Browser]
MakeCandidate = Callable[..., Candidate]
DOUBT = "It asked about shops, and two options were the same to me."
WHY = "PRO-03.a says to ask the seller first."
RIGHT, ASK, LEAVE = ({"options": [place]} for place in (1, 2, 3))
"""Answers in the fixed order, in which the factory's right option comes first."""


def text(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


@pytest.fixture
def finished(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    someone = candidate(name="Ayu Lestari")
    attempt = someone.start(ExamFactory())
    someone.save(attempt, 2, wrong_response(attempt, 2))
    someone.post(attempt, "submission", {"client_id": WINDOW})
    return someone, someone.attempt()


def claim(someone: Candidate, attempt: Attempt, position: Any = 2, reason: str = DOUBT) -> Any:
    return someone.browser.post(f"/disputes/attempts/{attempt.public_id}", data={"position": position, "reason": reason})


def version_at(attempt: Attempt, position: int = 2) -> ItemVersion:
    place = exams.place_of(attempt.id, position)
    assert place is not None
    return place.version


def the_dispute() -> Dispute:
    db.session.expire_all()
    return db.session.scalars(select(Dispute)).one()


def disputed(position: int = 2, person_id: int | None = None) -> tuple[Dispute, Attempt]:
    """A question that somebody just disputed, without any page."""
    person = db.session.get(Person, person_id) if person_id else PersonFactory()
    attempt: Attempt = AttemptFactory(person=person, now=clock.now())
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=clock.now())
    made = services.claim_question(attempt, position, reason=DOUBT, by=actor(attempt.person_id), now=clock.now())
    db.session.commit()
    return db.session.get_one(Dispute, made.dispute_id), attempt


def trainer() -> int:
    person: int = PersonFactory(roles=["trainer"]).id
    return person


def review(dispute: Dispute, response: Mapping[str, Any], person_id: int | None = None) -> Outcome | None:
    by = actor(person_id or trainer())
    services.look_to_review(dispute, by=by, now=clock.now())
    outcome = services.review_question(dispute, response, reason=WHY, site_url=SITE, by=by, now=clock.now())
    db.session.commit()
    return outcome


def protocol_deeds() -> list[str]:
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.item_disputed").order_by(AuditEntry.id))
    return [entry.detail["deed"] for entry in entries]


def refused(dispute: Dispute, person_id: int, response: Mapping[str, Any] = RIGHT) -> Any:
    with pytest.raises(Refusal) as refusal:
        review(dispute, response, person_id)
    db.session.rollback()
    return refusal.value.reason


def test_the_result_leads_to_it_and_a_second_click_finds_the_first(finished: tuple[Candidate, Attempt]) -> None:
    someone, attempt = finished
    assert f"/disputes/attempts/{attempt.public_id}" in someone.text(attempt, "result")
    assert someone.page(attempt, "disputes").location.endswith(f"/disputes/attempts/{attempt.public_id}")
    assert "Which question do you doubt?" in text(someone.browser, f"/disputes/attempts/{attempt.public_id}")
    sent = [claim(someone, attempt) for _click in range(2)]
    assert [response.status_code for response in sent] == [302, 302]
    assert sent[0].location == sent[1].location
    assert db.session.scalar(select(func.count()).select_from(DisputeClaim)) == 1
    page = text(someone.browser, sent[0].location)
    assert "Waits for a review" in page
    assert DOUBT in page
    assert "What you disputed" in someone.text(attempt, "result")
    assert "Question 2 of" in text(someone.browser, "/disputes")


def test_fourteen_days_and_no_longer(finished: tuple[Candidate, Attempt]) -> None:
    someone, attempt = finished
    earlier = {"started_at": attempt.started_at - timedelta(days=15), "finished_at": (attempt.finished_at or attempt.started_at) - timedelta(days=15)}
    db.session.execute(update(Attempt).where(Attempt.id == attempt.id).values(**earlier))
    db.session.commit()
    response = claim(someone, attempt)
    assert response.status_code == 409
    assert "for this attempt that was until" in response.get_data(as_text=True)


def test_what_makes_no_sense_is_refused_in_words(finished: tuple[Candidate, Attempt]) -> None:
    someone, attempt = finished
    for position, reason, status, words in (
        (9, DOUBT, 409, "Use a number from 1 to 4"),
        ("two", DOUBT, 400, "Not a valid integer value"),
        (2, "Wrong.", 400, "Use between 10 and 2,000 letters"),
    ):
        response = claim(someone, attempt, position, reason)
        assert response.status_code == status
        assert words in response.get_data(as_text=True)


def test_a_running_attempt_is_not_disputed(candidate: MakeCandidate) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    assert someone.browser.get(f"/disputes/attempts/{attempt.public_id}").location.endswith("/1")
    assert "still in this exam" in claim(someone, attempt).get_data(as_text=True)


def test_other_peoples_disputes_do_not_exist(finished: tuple[Candidate, Attempt], candidate: MakeCandidate, as_role: AsRole) -> None:
    someone, attempt = finished
    claim(someone, attempt)
    stranger, dispute = candidate(), the_dispute()
    claim_id = db.session.scalars(select(DisputeClaim.id)).one()
    assert stranger.browser.get(f"/disputes/attempts/{attempt.public_id}").status_code == 404
    assert stranger.browser.get(f"/disputes/{dispute.public_id}").status_code == 404
    assert stranger.browser.get(f"/exams/attempts/{attempt.public_id}/look/2").status_code == 404
    assert stranger.browser.post(f"/exams/attempts/{attempt.public_id}/look/2").status_code == 404
    assert stranger.browser.post(f"/disputes/{dispute.public_id}/claims/{claim_id}/opening", data={"minutes": 30}).status_code == 403
    assert someone.browser.get(f"/exams/attempts/{attempt.public_id}/look/9").status_code == 404
    assert as_role("trainer").post(f"/disputes/{dispute.public_id}/claims/{claim_id + 1}/opening", data={"minutes": 30}).status_code == 404


def opened(someone: Candidate, attempt: Attempt, trainer_browser: Browser, minutes: int = 30) -> None:
    claim(someone, attempt)
    claim_id = db.session.scalars(select(DisputeClaim.id)).one()
    trainer_browser.post(f"/disputes/{the_dispute().public_id}/claims/{claim_id}/opening", data={"minutes": minutes})


def test_nothing_of_the_question_is_shown_before_a_trainer_opens_it_and_the_key_never(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    look = f"/exams/attempts/{attempt.public_id}/look/2"
    claim(someone, attempt)
    assert "A shop offers something" not in text(someone.browser, look)
    assert someone.browser.post(look).status_code == 409
    opened(someone, attempt, as_role("trainer"))
    assert "A shop offers something" not in text(someone.browser, look)
    item_id = version_at(attempt).item_id
    assert not exams.is_acquainted(someone.person.id, item_id, Acquaintance.OPENED)
    someone.browser.post(look)
    assert exams.is_acquainted(someone.person.id, item_id, Acquaintance.OPENED)
    page = text(someone.browser, look)
    assert "A shop offers something" in page
    assert " checked" in page
    assert "The hidden rationale" not in page
    assert "disabled" in page


def test_nobody_looks_at_a_question_while_sitting_an_exam(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    opened(someone, attempt, as_role("trainer"))
    someone.start(ExamFactory())
    refusal = someone.browser.post(f"/exams/attempts/{attempt.public_id}/look/2")
    assert refusal.status_code == 409
    assert "You are sitting an exam" in refusal.get_data(as_text=True)


def test_a_question_is_opened_for_minutes_and_by_no_claimant(finished: tuple[Candidate, Attempt], as_role: AsRole, candidate: MakeCandidate) -> None:
    someone, attempt = finished
    opened(someone, attempt, as_role("trainer"), minutes=9_999)
    assert exams.viewing_of(attempt.id, 2, now=clock.now()).open_until is None
    own = candidate(roles=["moderator", "trainer"])
    theirs = own.start(ExamFactory())
    own.post(theirs, "submission", {"client_id": WINDOW})
    sent = claim(own, own.attempt())
    claim_id = db.session.scalars(select(DisputeClaim.id).where(DisputeClaim.person_id == own.person.id)).one()
    assert own.browser.post(f"{sent.location}/claims/{claim_id}/opening", data={"minutes": 30}).status_code == 409


def test_a_reviewer_sees_the_question_and_nothing_else_and_never_draws_it(finished: tuple[Candidate, Attempt], sign_in: SignIn, browser: Browser) -> None:
    someone, attempt = finished
    claim(someone, attempt)
    reviewer = PersonFactory(roles=["trainer"])
    trainer_browser, dispute, item_id = sign_in(browser, reviewer), the_dispute(), version_at(attempt).item_id
    ahead = text(trainer_browser, "/disputes/review")
    assert "A shop offers something" not in ahead
    assert not exams.is_acquainted(reviewer.id, item_id, Acquaintance.ASKED)
    assert trainer_browser.post(f"/disputes/{dispute.public_id}/question").status_code == 302
    assert exams.is_acquainted(reviewer.id, item_id, Acquaintance.ASKED)
    page = text(trainer_browser, "/disputes/review")
    assert "A shop offers something" in page
    hidden = (DOUBT, "The hidden rationale", version_at(attempt).item.slug, "checked")
    assert not any(words in page for words in hidden)
    places = [page.index(words) for words in ("Remove it", "Ask the seller first", "Leave it alone")]
    assert places == sorted(places)
    sent = [trainer_browser.post(f"/disputes/{dispute.public_id}/review", data={"options": "2", "reason": WHY}) for _click in range(2)]
    assert [response.status_code for response in sent] == [302, 302]
    assert db.session.scalar(select(func.count()).select_from(DisputeReview)) == 1
    told = text(trainer_browser, sent[0].location)
    assert DOUBT in told
    assert "b: Ask the seller first" in told
    assert exams.is_acquainted(reviewer.id, item_id, Acquaintance.OPENED)


def test_a_review_comes_back_with_what_to_mend(as_role: AsRole) -> None:
    dispute, _attempt = disputed()
    trainer_browser = as_role("trainer")
    trainer_browser.post(f"/disputes/{dispute.public_id}/question")
    for data, words in (
        ({"options": "2", "reason": "So."}, "Use between 10 and 2,000 letters"),
        ({"reason": WHY}, "Answer the question first."),
        ({"options": "9", "reason": WHY}, "Not sent"),
    ):
        response = trainer_browser.post(f"/disputes/{dispute.public_id}/review", data=data)
        assert response.status_code == 400
        assert words in response.get_data(as_text=True)


@pytest.mark.usefixtures("app")
def test_who_is_tied_to_a_question_does_not_review_it_nor_is_it_in_their_queue() -> None:
    dispute, attempt = disputed()
    item = version_at(attempt).item
    author, checker, keyed, sat, blind = (trainer() for _person in range(5))
    for person_id, how in ((author, Acquaintance.WROTE), (checker, Acquaintance.REVIEWED), (keyed, Acquaintance.OPENED)):
        note_acquaintance(person_id, item, how, now=clock.now())
    AttemptFactory(person=db.session.get(Person, sat), now=clock.now())
    db.session.commit()
    reasons = {
        attempt.person_id: ReviewRefusal.CLAIMED,
        author: ReviewRefusal.SET_IT,
        checker: ReviewRefusal.SET_IT,
        keyed: ReviewRefusal.KNOWS_IT,
        sat: ReviewRefusal.KNOWS_IT,
    }
    for person_id, reason in reasons.items():
        assert queries.next_to_review(person_id, at=clock.now()) is None
        assert refused(dispute, person_id) is reason
    assert queries.next_to_review(blind, at=clock.now()) == dispute
    review(dispute, RIGHT, blind)
    assert refused(dispute, blind) is ReviewRefusal.REVIEWED_ALREADY
    assert refused(dispute, trainer(), {}) is UnsoundReason.BLANK


@pytest.mark.usefixtures("app")
def test_a_question_of_a_kind_that_somebody_does_not_agree_to_see_is_not_offered_to_them() -> None:
    for number in range(4):
        store_item(ItemDocumentFactory(id=f"item-of-harm-{number}", clauses=("HRM-01.a",)), by=SYSTEM, now=LONG_AGO)
    dispute, _attempt = disputed()
    me = trainer()
    withdraw_consent(me, Sensitivity.HATE, now=clock.now())
    db.session.commit()
    assert queries.next_to_review(me, at=clock.now()) is None
    assert refused(dispute, me) is ReviewRefusal.WITHHELD
    assert queries.next_to_review(trainer(), at=clock.now()) == dispute


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("answers", "outcome", "words", "state"),
    [
        ((RIGHT, RIGHT), Outcome.UPHELD, "came to the same as the key", "live"),
        ((ASK, ASK), Outcome.AMENDED, "agree that the key is wrong", "live"),
        ((ASK, RIGHT, ASK), Outcome.AMENDED, "agree that the key is wrong", "live"),
        ((ASK, RIGHT, LEAVE), Outcome.GREY, "no two alike", "held"),
    ],
)
def test_reviews_decide_who_claims_is_told_and_what_is_grey_is_drawn_no_more(
    answers: tuple[Mapping[str, Any], ...], outcome: Outcome, words: str, state: str
) -> None:
    dispute, attempt = disputed()
    item_id = version_at(attempt).item_id
    for answer in answers[:-1]:
        assert review(dispute, answer) is None
    assert review(dispute, answers[-1]) is outcome
    mail = db.session.scalars(select(OutboxMail)).one()
    assert words in mail.body
    assert db.session.get_one(Item, item_id).state == state
    assert refused(dispute, trainer()) is ReviewRefusal.NOT_NEEDED
    assert protocol_deeds() == ["claimed", "decided"]


def test_who_claims_reads_the_reasons_and_a_trainer_is_led_to_the_ruling(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    address = claim(someone, attempt).location
    dispute, version_id = the_dispute(), version_at(attempt).id
    for _person in range(2):
        review(dispute, ASK)
    page = text(someone.browser, address)
    assert "The key was wrong" in page
    assert WHY in page
    assert "Rule on the key" not in page
    trainer_browser = as_role("trainer")
    told = text(trainer_browser, address)
    assert "Ask the seller first" not in told
    assert f'href="/exams/desk/regrades/items/{version_id}"' in told
    trainer_browser.post(f"/exams/desk/regrades/items/{version_id}/open")
    link = re.search(rf'href="(/exams/desk/regrades/items/{version_id}\?[^"]*)"', text(trainer_browser, address))
    assert link is not None
    assert link[1].endswith("?correct=b")
    ruling = text(trainer_browser, link[1])
    assert re.search(r'<input[^>]*checked[^>]*value="b"', ruling)
    assert re.search(r'<input[^>]*checked[^>]*value="new_key"', ruling)
    assert "Ask the seller first" in text(trainer_browser, address)
    version, change = db.session.get_one(ItemVersion, version_id), Ruling(RulingKind.NEW_KEY, {"correct": ["b"]})
    by = actor(trainer())
    seen = try_out(version, change, by=by, now=clock.now()).digest
    made = rule(version, change, reason="Two reviewers agree.", seen=seen, by=by, now=clock.now())
    db.session.commit()
    told = text(trainer_browser, address)
    assert f"/exams/desk/regrades/{made.id}" in told
    assert f'href="{address}"' in text(trainer_browser, f"/exams/desk/regrades/{made.id}")
    assert f'href="{address}"' in text(trainer_browser, link[1])
    assert re.search(r"4\. Ruled on.*?Done.*?5\. Graded anew.*?Now", told, re.DOTALL)
    page = text(someone.browser, address)
    assert "graded anew" in page and f"/exams/attempts/{attempt.public_id}/result" in page
    assert "Rule on the key" not in told
    assert "To be carried out" not in text(trainer_browser, "/disputes")


def test_a_ruling_is_filled_in_with_what_two_agree_on_not_with_what_the_first_said(as_role: AsRole) -> None:
    dispute, attempt = disputed()
    version_id = version_at(attempt).id
    for answer in (LEAVE, ASK, ASK):
        review(dispute, answer)
    ruler = as_role("trainer")
    ruler.post(f"/exams/desk/regrades/items/{version_id}/open")
    assert f"/exams/desk/regrades/items/{version_id}?correct=b" in text(ruler, f"/disputes/{dispute.public_id}")


@pytest.mark.usefixtures("app")
def test_however_many_doubt_a_question_it_is_one_dispute_and_once_decided_or_ruled_on_it_is_settled() -> None:
    dispute, first = disputed()
    item_version_id = version_at(first).id
    attempts = [AttemptFactory(exam=exams.exam_of_version(first.exam_version_id), now=clock.now()) for _person in range(2)]
    places = [db.session.scalars(select(FormItem.position).filter_by(attempt_id=each.id, item_version_id=item_version_id)).one() for each in attempts]
    for attempt in attempts:
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=clock.now())
    made = services.claim_question(attempts[0], places[0], reason=DOUBT, by=actor(attempts[0].person_id), now=clock.now())
    assert made.dispute_id == dispute.id
    review(dispute, RIGHT)
    review(dispute, RIGHT)
    with pytest.raises(Refusal) as refusal:
        services.claim_question(attempts[1], places[1], reason=DOUBT, by=actor(attempts[1].person_id), now=clock.now())
    assert refusal.value.reason is ClaimRefusal.SETTLED
    other = next(place for place in (1, 2, 3, 4) if place != places[1])
    version, change, by = version_at(attempts[1], other), Ruling(RulingKind.FULL_CREDIT), actor(trainer())
    rule(version, change, reason="It was wrong.", seen=try_out(version, change, by=by, now=clock.now()).digest, by=by, now=clock.now())
    with pytest.raises(Refusal) as refusal:
        services.claim_question(attempts[1], other, reason=DOUBT, by=actor(attempts[1].person_id), now=clock.now())
    assert refusal.value.reason is ClaimRefusal.CHANGED_SINCE


@pytest.mark.usefixtures("app")
def test_a_claim_taken_back_is_in_the_protocol_and_needs_no_review() -> None:
    dispute, attempt = disputed()
    (own,) = queries.claims_of_attempt(attempt.id)
    services.withdraw_claim(own.claim, dispute, by=actor(attempt.person_id), now=clock.now())
    db.session.commit()
    assert refused(dispute, trainer()) is ReviewRefusal.NOT_NEEDED
    assert protocol_deeds() == ["claimed", "withdrawn"]
    assert disputes_to_count() == [("PRO", None, End.WITHDRAWN)]


ANSWERS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "single": ({"options": [1]}, {"options": [2]}),
    "multiple": ({"options": [1, 3, 5]}, {"options": [1, 2]}),
    "ordering": ({"order": [3, 2, 1]}, {"order": [1, 2, 3]}),
    "number": ({"text": "24 h"}, {"text": "48"}),
    "words": ({"text": "RISK team"}, {"text": "Legal"}),
    "text": ({"marks": [[23, 53]]}, {"marks": [[0, 10]]}),
    "video": ({"marks": [[6, 9]]}, {"marks": [[0, 2]]}),
    "picture": ({"marks": [[425, 175, 330, 125]]}, {"marks": [[0, 0, 50, 50]]}),
    "case": ({"actions": ["REMOVE"], "primary_label": "PRO-03", "severity": "S3"}, {"actions": ["DEMOTE"], "primary_label": "PRO-03", "severity": "S2"}),
}
"""Of each kind an answer that is right by its key, in the fixed order, and one that is not. Steps are shown by their words: Close, Explain, Greet."""


@pytest.mark.usefixtures("app")
def test_every_kind_with_a_key_is_answered_blind_and_two_who_say_the_same_decide() -> None:
    items = every_kind()
    for name, (right, other) in ANSWERS.items():
        for answer, outcome in ((right, Outcome.UPHELD), (other, Outcome.AMENDED)):
            version = items[name].current_version
            assert version is not None
            dispute = Dispute(public_id=f"{name}-{outcome}", item_version_id=_another(version).id, area=version.area, opened_at=NOON)
            db.session.add(dispute)
            db.session.flush()
            version = queries.shown_question(dispute).version
            assert queries.fault_in_answer(version, answer) is None
            assert queries.is_right_by_key(version, answer) is (outcome is Outcome.UPHELD), name
            reviews = [DisputeReview(dispute_id=dispute.id, ordinal=number, answer=dict(answer), is_reference=False) for number in (1, 2)]
            first, second = queries.votes_of(dispute, reviews)
            assert first.said == second.said


def _another(version: ItemVersion) -> ItemVersion:
    """The same once more: each version has one dispute."""
    columns = {column.key: getattr(version, column.key) for column in ItemVersion.__table__.columns if column.key not in {"id", "number"}}
    number = (db.session.scalar(select(func.max(ItemVersion.number)).where(ItemVersion.item_id == version.item_id)) or 0) + 1
    copy = ItemVersion(**columns, number=number)
    db.session.add(copy)
    db.session.flush()
    return copy


@pytest.mark.usefixtures("app")
def test_what_has_no_key_is_not_disputed() -> None:
    reply = every_kind()["reply"]
    assert reply.current_version_id is not None
    attempt = AttemptFactory(now=clock.now())
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=clock.now())
    db.session.add(FormItem(attempt_id=attempt.id, position=5, item_version_id=reply.current_version_id, option_order=[]))
    db.session.commit()
    with pytest.raises(Refusal) as refusal:
        services.claim_question(attempt, 5, reason=DOUBT, by=actor(attempt.person_id), now=clock.now())
    assert refusal.value.reason is ClaimRefusal.WRITTEN


def test_auditors_read_what_is_decided_and_the_list(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    address = claim(someone, attempt).location
    auditor = as_role("auditor")
    assert "Exam question" in text(auditor, "/disputes")
    assert DOUBT not in text(auditor, address)
    for _person in range(2):
        review(the_dispute(), RIGHT)
    page = text(auditor, address)
    assert "Ayu Lestari" in page
    assert DOUBT in page
    assert auditor.post(f"{address}/review", data={"options": "1", "reason": WHY}).status_code == 403


@pytest.mark.usefixtures("app")
def test_questions_are_counted_by_area_and_by_who_stored_them_last() -> None:
    author = actor(PersonFactory().id)
    for number in range(4):
        store_item(ItemDocumentFactory(id=f"item-of-author-{number}"), by=author, now=LONG_AGO)
    dispute, _attempt = disputed()
    assert dispute.area == "PRO"
    assert disputes_to_count() == [("PRO", author.id, End.OPEN)]


@pytest.mark.parametrize("values", ["NULL, NULL", "1, 1"])
def test_a_dispute_is_about_one_key(app: Flask, values: str) -> None:
    insert = f"INSERT INTO disputes (public_id, area, opened_at, reference_id, item_version_id) VALUES ('x', 'PRO', '2026-01-01 00:00:00+00:00', {values})"
    with pytest.raises(DBAPIError, match="about_one_key"), db.engine.begin() as connection:
        connection.exec_driver_sql(insert)
