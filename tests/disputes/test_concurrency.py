"""Several people and several tabs at the same moment: one dispute, one claim and review each, one decision, one carrying out."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Lock
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.disputes.factories import APPROVE, REASON, REMOVE, SITE, actor, answered, claimed, dispute_of, documented, make_claim_on, reviewed
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.threads import at_once
from training import clock
from training.actors import SYSTEM
from training.content_store.services import amend_case
from training.db import begin_writing, db
from training.disputes import queries, services
from training.disputes.models import Carrying, Dispute, DisputeClaim, DisputeDecision, DisputeReview
from training.disputes.rules.reviews import Outcome, ReviewRefusal
from training.disputes.services import Wording, carry_on, carry_out, give_review, make_claim
from training.errors import Refusal
from training.exams.models import Attempt
from training.exams.queries import form_of
from training.exams.services import submit_attempt
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.practice.models import Serving


def count(model: type[Any]) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def each_once(values: Sequence[int], deed: Callable[[int], object]) -> Callable[[], object]:
    """Gives every thread another of these values."""
    left, lock = list(values), Lock()

    def run() -> object:
        with lock:
            value = left.pop()
        begin_writing()
        return deed(value)

    return run


def claim_on(serving_id: int) -> int:
    serving = db.session.get_one(Serving, serving_id)
    return make_claim(serving, reason=REASON, by=actor(serving.person_id), now=clock.now()).dispute_id


def test_who_claim_at_once_begin_one_dispute(app: Flask) -> None:
    case = documented()
    servings = [answered(case).id for _person in range(4)]
    outcomes = at_once(app, each_once(servings, claim_on), 4)
    assert len(set(map(str, outcomes))) == 1, outcomes
    assert (count(Dispute), count(DisputeClaim)) == (1, 4)


def test_who_dispute_one_question_at_once_begin_one_dispute(app: Flask) -> None:
    exam = ExamFactory()
    attempts = [AttemptFactory(exam=exam, now=clock.now()) for _person in range(4)]
    for attempt in attempts:
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=clock.now())
    db.session.commit()
    version_id = form_of(attempts[0])[0].version.id
    places = {each.id: next(place.position for place in form_of(each) if place.version.id == version_id) for each in attempts}

    def claim_question(attempt_id: int) -> object:
        attempt = db.session.get_one(Attempt, attempt_id)
        return services.claim_question(attempt, places[attempt_id], reason=REASON, by=actor(attempt.person_id), now=clock.now()).dispute_id

    outcomes = at_once(app, each_once([*places], claim_question), 4)
    assert len(set(map(str, outcomes))) == 1, outcomes
    assert (count(Dispute), count(DisputeClaim)) == (1, 4)


def test_a_claim_sent_from_four_tabs_is_one(app: Flask) -> None:
    serving_id = answered(documented()).id
    outcomes = at_once(app, each_once([serving_id] * 4, claim_on), 4)
    assert len(set(map(str, outcomes))) == 1, outcomes
    assert count(DisputeClaim) == 1


def test_of_four_who_review_at_once_two_decide_and_the_others_are_told(app: Flask) -> None:
    dispute_id = claimed().id
    trainers = [PersonFactory(roles=["trainer"]).id for _person in range(4)]
    db.session.commit()

    def review(person_id: int) -> object:
        dispute = db.session.get_one(Dispute, dispute_id)
        return give_review(dispute, parse_answer(REMOVE), reason=REASON, site_url=SITE, by=actor(person_id), now=clock.now())

    outcomes = at_once(app, each_once(trainers, review), 4)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refusal.reason for refusal in refused] == [ReviewRefusal.NOT_NEEDED] * 2, outcomes
    assert {outcome for outcome in outcomes if outcome not in refused} == {None, Outcome.UPHELD}
    assert (count(DisputeReview), count(DisputeDecision)) == (2, 1)


@pytest.fixture
def decided(app: Flask) -> Dispute:
    case = documented()
    for _person in range(6):
        answered(case, REMOVE)
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, APPROVE)
    return dispute


def begin(dispute_id: int, person_id: int, seen: str) -> int:
    dispute = db.session.get_one(Dispute, dispute_id)
    wording = Wording(("PRO-03.b",), "The licence on the third picture allows it.")
    return carry_out(dispute, wording, seen=seen, amend=amend_case, by=actor(person_id), now=clock.now()).reference_id


def seen_of(dispute: Dispute) -> str:
    shown = queries.shown(dispute)
    return services.foresee(shown, services.next_reference(shown, Outcome.AMENDED)).digest


def test_two_who_carry_it_out_at_once_do_it_once(app: Flask, decided: Dispute) -> None:
    dispute_id, seen = decided.id, seen_of(decided)
    trainers = [PersonFactory(roles=["trainer"]).id for _person in range(2)]
    db.session.commit()
    outcomes = at_once(app, each_once(trainers, lambda person_id: begin(dispute_id, person_id, seen)), 2)
    assert len(set(map(str, outcomes))) == 1, outcomes
    assert count(Carrying) == 1


def test_two_workers_score_every_answer_once(app: Flask, decided: Dispute) -> None:
    begin(decided.id, PersonFactory(roles=["trainer"]).id, seen_of(decided))
    db.session.commit()
    later = clock.now() + timedelta(minutes=1)

    def score_all(_worker: int) -> int:
        rounds = 0
        while carry_on(site_url=SITE, now=later):
            db.session.commit()
            rounds += 1
            begin_writing()
        return rounds

    outcomes = at_once(app, each_once([1, 2], score_all), 2)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    for _worker in range(3):
        begin_writing()
        carry_on(site_url=SITE, now=later)
        db.session.commit()
    corrections = db.session.scalars(select(Judgement.corrects_id).where(Judgement.corrects_id.is_not(None))).all()
    assert len(corrections) == len(set(corrections)) == 7
    carrying = db.session.scalars(select(Carrying)).one()
    assert (carrying.scored_count, carrying.gained_count, carrying.lost_count) == (7, 1, 6)
    assert carrying.finished_at is not None
