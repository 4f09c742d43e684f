"""Claims, blind reviews, and what they come to."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseReferenceFactory
from tests.disputes.factories import APPROVE, DEMOTE, REASON, REMOVE, SITE, actor, answered, claimed, dispute_of, make_claim_on, reviewed
from tests.practice.factories import ServingFactory
from training import clock
from training.audit.models import AuditEntry
from training.audit.services import record
from training.db import db
from training.disputes import queries
from training.disputes.models import Dispute, DisputeClaim, DisputeReview
from training.disputes.rules.claims import ClaimRefusal, ClaimState
from training.disputes.rules.reviews import Outcome, ReviewRefusal, UnsoundReason
from training.disputes.services import give_review, make_claim, withdraw_claim
from training.errors import Refusal
from training.judgements.documents import parse_answer
from training.outbox.models import OutboxMail
from training.practice.rules import Sensitivity
from training.practice.services import withdraw_consent

pytestmark = pytest.mark.usefixtures("app")


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def refused_claim(serving: Any, *, days: int = 0) -> ClaimRefusal:
    with pytest.raises(Refusal) as refusal:
        make_claim(serving, reason=REASON, by=actor(serving.person_id), now=clock.now() + timedelta(days=days))
    db.session.rollback()
    assert isinstance(refusal.value.reason, ClaimRefusal)
    return refusal.value.reason


def review(dispute: Dispute, person_id: int, answer: Mapping[str, Any] = REMOVE) -> Outcome | None:
    outcome = give_review(dispute, parse_answer(answer), reason=REASON, site_url=SITE, by=actor(person_id), now=clock.now())
    db.session.commit()
    return outcome


def refused_review(dispute: Dispute, person_id: int, answer: Mapping[str, Any] = REMOVE) -> Any:
    with pytest.raises(Refusal) as refusal:
        review(dispute, person_id, answer)
    db.session.rollback()
    return refusal.value.reason


def trainer() -> int:
    person: int = PersonFactory(roles=["trainer"]).id
    return person


def test_a_claim_opens_one_dispute_that_others_join(app: Flask) -> None:
    case = CaseFactory()
    first, second = make_claim_on(answered(case)), make_claim_on(answered(case))
    assert first.dispute_id == second.dispute_id
    make_claim_on(answered())
    assert (count(Dispute), count(DisputeClaim)) == (2, 3)


def test_a_second_click_finds_the_first_claim(app: Flask) -> None:
    serving = answered()
    assert make_claim_on(serving).id == make_claim_on(serving).id
    assert count(DisputeClaim) == 1


def test_nobody_claims_twice_about_one_reference_however_often_they_answered(app: Flask) -> None:
    case = CaseFactory()
    serving = answered(case)
    make_claim_on(serving)
    assert refused_claim(answered(case, person_id=serving.person_id)) is ClaimRefusal.CLAIMED_ALREADY


def test_what_was_not_answered_or_too_long_ago_or_has_changed_is_not_disputed(app: Flask) -> None:
    assert refused_claim(ServingFactory()) is ClaimRefusal.NOT_ANSWERED
    case = CaseFactory()
    serving = answered(case)
    assert refused_claim(serving, days=15) is ClaimRefusal.TOO_LATE
    case.current_reference_id = CaseReferenceFactory(case_id=case.id, case_version_id=case.current_version_id, number=2).id
    db.session.commit()
    assert refused_claim(serving) is ClaimRefusal.CHANGED_SINCE


def test_what_is_decided_is_settled(app: Flask) -> None:
    case = CaseFactory()
    late = answered(case)
    reviewed(claimed(case), REMOVE, REMOVE)
    assert refused_claim(late) is ClaimRefusal.SETTLED


def test_a_claim_taken_back_needs_no_review_until_somebody_else_claims(app: Flask) -> None:
    case = CaseFactory()
    claim = make_claim_on(answered(case))
    dispute = dispute_of(claim)
    withdraw_claim(claim, dispute, by=actor(claim.person_id), now=clock.now())
    db.session.commit()
    assert queries.own_claim(claim.id).state is ClaimState.WITHDRAWN
    assert refused_review(dispute, trainer()) is ReviewRefusal.NOT_NEEDED
    with pytest.raises(Refusal) as refusal:
        withdraw_claim(claim, dispute, by=actor(claim.person_id), now=clock.now())
    assert refusal.value.reason is ClaimRefusal.WITHDRAWN_ALREADY
    make_claim_on(answered(case))
    assert queries.next_to_review(trainer(), at=clock.now()) == dispute
    reviewed(dispute, REMOVE, REMOVE)
    assert queries.own_claim(claim.id).state is ClaimState.WITHDRAWN


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([REMOVE, REMOVE], Outcome.UPHELD),
        ([REMOVE, {**REMOVE, "actions": ["REMOVE", "STRIKE"]}], Outcome.UPHELD),
        ([APPROVE, APPROVE], Outcome.AMENDED),
        ([APPROVE, REMOVE, APPROVE], Outcome.AMENDED),
        ([APPROVE, REMOVE, DEMOTE], Outcome.GREY),
    ],
)
def test_reviews_decide_and_who_claims_is_told(app: Flask, answers: list[Mapping[str, Any]], outcome: Outcome) -> None:
    claim = make_claim_on(answered())
    dispute = dispute_of(claim)
    reviewed(dispute, *answers[:-1])
    assert queries.own_claim(claim.id).state is ClaimState.UNDER_REVIEW
    assert count(OutboxMail) == 0
    assert review(dispute, trainer(), answers[-1]) is outcome
    assert queries.own_claim(claim.id).state.value == outcome.value
    assert count(OutboxMail) == 1
    assert refused_review(dispute, trainer()) is ReviewRefusal.NOT_NEEDED
    with pytest.raises(Refusal) as refusal:
        withdraw_claim(claim, dispute, by=actor(claim.person_id), now=clock.now())
    assert refusal.value.reason is ClaimRefusal.DECIDED_ALREADY


def test_who_is_tied_to_a_dispute_does_not_review_it_nor_is_it_in_their_queue(app: Flask) -> None:
    case = CaseFactory()
    claim = make_claim_on(answered(case))
    dispute = dispute_of(claim)
    author, learner, blind = trainer(), trainer(), trainer()
    record("case.stored", by=actor(author), subject=("case", case.slug), now=clock.now())
    record("case.stored", by=actor(blind), subject=("case", CaseFactory().slug), now=clock.now())
    answered(case, person_id=learner)
    reasons = {claim.person_id: ReviewRefusal.CLAIMED, author: ReviewRefusal.SET_IT, learner: ReviewRefusal.KNOWS_IT}
    for person_id, reason in reasons.items():
        assert queries.next_to_review(person_id, at=clock.now()) is None
        assert refused_review(dispute, person_id) is reason
    assert queries.to_review_count(blind, at=clock.now()) == 1
    review(dispute, blind)
    assert queries.to_review_count(blind, at=clock.now()) == 0
    assert refused_review(dispute, blind) is ReviewRefusal.REVIEWED_ALREADY


def test_nobody_is_asked_to_review_what_they_do_not_agree_to_see(app: Flask) -> None:
    dispute, me = claimed(CaseFactory(area="HRM", concept="HRM-01.a")), trainer()
    assert queries.next_to_review(me, at=clock.now()) == dispute
    withdraw_consent(me, Sensitivity.HATE, now=clock.now())
    db.session.commit()
    assert queries.next_to_review(me, at=clock.now()) is None
    assert queries.to_review_count(me, at=clock.now()) == 0
    assert refused_review(dispute, me) is ReviewRefusal.WITHHELD
    assert queries.next_to_review(trainer(), at=clock.now()) == dispute


def test_the_queue_begins_with_what_waits_longest(app: Flask) -> None:
    first, second = claimed(), claimed()
    me = trainer()
    assert queries.next_to_review(me, at=clock.now()) == first
    assert queries.next_to_review(me, at=clock.now(), after_id=first.id) == second
    assert queries.next_to_review(me, at=clock.now(), after_id=second.id) is None


def test_a_review_that_no_reference_could_say_is_not_kept(app: Flask) -> None:
    dispute = claimed()
    assert refused_review(dispute, trainer(), {**APPROVE, "severity": "S2"}) is UnsoundReason.APPROVED_VIOLATION
    assert refused_review(dispute, trainer(), {**REMOVE, "severity": "S0"}) is UnsoundReason.HARMLESS_VIOLATION
    assert count(DisputeReview) == 0


def test_every_deed_is_in_the_audit(app: Flask) -> None:
    claim = make_claim_on(answered())
    reviewed(dispute_of(claim), REMOVE, REMOVE)
    deeds = db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_kind == "dispute").order_by(AuditEntry.id))
    assert list(deeds) == ["dispute.claimed", "dispute.reviewed", "dispute.reviewed", "dispute.decided"]


@pytest.mark.parametrize("table", ["disputes", "dispute_claims", "dispute_reviews", "dispute_decisions"])
def test_what_was_said_is_never_edited(app: Flask, table: str) -> None:
    reviewed(claimed(), REMOVE, REMOVE)
    with pytest.raises(DBAPIError, match="never edited"), db.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM {table}")
