"""A delta exam: about what a change touched, for those who hold the certificate, one after another where the bank allows."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.exams.factories import NOON, ExamDocumentFactory, ExamFactory, ItemFactory, right_response, wrong_response
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries as certification
from training.certification.models import ExamPass
from training.certification.rules import Claim
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, ItemVersion, SequentialTry
from training.exams.queries import PublishedExam
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.reasons import BankRefusal, StartRefusal
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.saving import Saving
from training.exams.services import carry_on, confirm_answer, eligible_items, publish_exam, rule, save_answer, start_attempt, submit_attempt, try_out

pytestmark = pytest.mark.usefixtures("app")

WINDOW = "window-of-the-test"
DAY = timedelta(days=1)
RETAKES = {"cooldown_hours": [0], "attempts": 50}


def delta_exam(item_count: int = 100, elsewhere: int = 30, version: str = "1.0.0", **more: Any) -> PublishedExam:
    """A form of twelve items of two areas, of which the bank holds so many, and others of a third; in blocks of ten, sixty items at most."""
    if not queries.bank_items(queries.Terms(with_public=True)):
        for number in range(item_count):
            ItemFactory(area="PRO" if number % 2 else "IPR")
        ItemFactory.create_batch(elsewhere, area="CLM")
        CertificationFactory(id="cert-held", needs={"exam": "whole"}, validity_days=180, renewal_window_days=30)
    cells = ({"area": "PRO", "minimum": 5, "maximum": 7}, {"area": "IPR", "minimum": 5, "maximum": 7})
    rules = {"item_count": 12, "cells": cells, "retakes": RETAKES, "sequential": {"cap": 60}, "delta": {"areas": ["PRO", "IPR"]}}
    return ExamFactory(id="delta-rules", version=version, certification="cert-held", **(rules | more))


def holder(*, days_left: int = 100) -> Person:
    person: Person = PersonFactory()
    award(person.id, certification.certification_by_slug("cert-held"), now=NOON + timedelta(days=days_left - 180))
    return person


def start(person: Person, exam: PublishedExam, now: Any = NOON) -> Attempt:
    attempt = start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=now)
    db.session.commit()
    return attempt


def refusal_of(person: Person, exam: PublishedExam) -> Any:
    with pytest.raises(Refusal) as refusal:
        start(person, exam)
    db.session.rollback()
    return refusal.value.reason


def areas_of(attempt: Attempt) -> set[str]:
    return {place.version.area for place in queries.form_of(attempt)}


def go_through(attempt: Attempt, count: int, *, wrong: frozenset[int] = frozenset(), now: Any = NOON) -> None:
    for position in range(attempt.confirmed_count + 1, attempt.confirmed_count + count + 1):
        response = wrong_response(attempt, position) if position in wrong else right_response(attempt, position)
        save_answer(attempt, Saving(position, WINDOW, position, response), by=SYSTEM, now=now)
        confirm_answer(attempt, position, client_id=WINDOW, by=SYSTEM, now=now)
    db.session.commit()


def sit_form(attempt: Attempt, right_count: int, now: Any = NOON) -> None:
    for position in range(1, right_count + 1):
        save_answer(attempt, Saving(position, WINDOW, position, right_response(attempt, position)), by=SYSTEM, now=now)
    submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=now)
    db.session.commit()


def claims(person: Person) -> list[dict[str, Any] | None]:
    """What their passes of the delta claim."""
    return list(db.session.scalars(select(ExamPass.claim).where(ExamPass.person_id == person.id, ExamPass.exam_slug == "delta-rules")))


def test_a_holder_sits_it_one_after_another_over_the_touched_areas_alone() -> None:
    exam = delta_exam()
    person = holder()
    attempt = start(person, exam)
    assert (attempt.mode, queries.form_length(attempt.id)) == ("sequential", 10)
    spent = db.session.get_one(SequentialTry, attempt.id)
    assert (spent.term, spent.number, spent.cap) == (f"delta:{exam.version_id}", 1, 60)
    go_through(attempt, 30)
    assert attempt.state == "submitted"
    assert areas_of(attempt) == {"PRO", "IPR"}


def test_a_pass_is_kept_with_its_claim_and_earns_no_term() -> None:
    exam = delta_exam()
    person = holder()
    before = certification.ledger_of(person.id)
    go_through(start(person, exam), 30)
    assert claims(person) == [{"accuracy": 0.80, "probability": 0.05, "tries": None}]
    assert certification.ledger_of(person.id) == before
    assert refusal_of(person, exam) is StartRefusal.DELTA_PASSED


def test_even_in_the_renewal_window_it_renews_nothing() -> None:
    exam = delta_exam()
    person = holder(days_left=10)
    go_through(start(person, exam), 30)
    assert len(certification.ledger_of(person.id)) == 1


def test_few_items_make_it_a_fixed_form_with_its_reckoned_claim() -> None:
    exam = delta_exam(item_count=40)
    assert eligible_items(exam.document) == 40
    person = holder()
    attempt = start(person, exam)
    assert (attempt.mode, queries.form_length(attempt.id), areas_of(attempt)) == ("fixed", 12, {"PRO", "IPR"})
    sit_form(attempt, 12)
    expected = next(chance for chance in exam.power if chance.accuracy == 0.80)
    assert claims(person) == [{"accuracy": 0.80, "probability": expected.high_in_all, "tries": 50}]


def test_only_who_holds_the_certificate_sits_it() -> None:
    exam = delta_exam()
    assert refusal_of(PersonFactory(), exam) is StartRefusal.NOT_HELD
    assert refusal_of(holder(days_left=-1), exam) is StartRefusal.NOT_HELD


def test_three_tries_share_its_risk_and_the_fourth_is_a_fixed_form() -> None:
    exam = delta_exam()
    person = holder()
    modes = []
    for number in range(4):
        attempt = start(person, exam, NOON + number * DAY)
        modes.append(attempt.mode)
        submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=NOON + number * DAY)
        db.session.commit()
    assert modes == ["sequential"] * 3 + ["fixed"]
    alphas = db.session.scalars(select(SequentialTry.alpha).where(SequentialTry.person_id == person.id)).all()
    assert sum(alphas) == pytest.approx(0.05)


def test_its_tries_and_attempts_are_counted_apart_from_the_renewal() -> None:
    delta = delta_exam()
    whole = ExamFactory(
        id="whole",
        certification="cert-held",
        item_count=12,
        cells=({"area": "CLM", "minimum": 12, "maximum": 12},),
        sequential={"cap": 60},
        retakes={"attempts": 1},
    )
    person = holder(days_left=10)
    for _ in range(3):
        attempt = start(person, delta)
        submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=NOON)
        db.session.commit()
    found = queries.readiness_of(person.id, whole, now=NOON)
    assert (found.waits, found.refusal) == ((), None)
    ItemFactory.create_batch(70, area="CLM")
    renewal = start(person, whole)
    spent = db.session.get_one(SequentialTry, renewal.id)
    assert (spent.number, spent.term.startswith("delta:")) == (1, False)


def test_another_version_asks_again() -> None:
    exam = delta_exam()
    person = holder()
    go_through(start(person, exam), 30)
    again = delta_exam(version="2.0.0")
    assert queries.readiness_of(person.id, again, now=NOON).refusal is None
    assert db.session.get_one(SequentialTry, start(person, again).id).number == 1


def test_a_pass_that_a_ruling_takes_back_is_asked_for_again_and_touches_no_certificate() -> None:
    exam = delta_exam(item_count=40, pass_rule={"weighted_percent": 90})
    person, trainer = holder(), Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
    attempt = start(person, exam)
    sit_form(attempt, 11)
    assert refusal_of(person, exam) is StartRefusal.DELTA_PASSED
    version = db.session.get_one(ItemVersion, queries.form_of(attempt)[0].version.id)
    ruling = Ruling(RulingKind.NEW_KEY, {"correct": ["b"]})
    seen = try_out(version, ruling, by=trainer, now=NOON).digest
    rule(version, ruling, reason="Clause PRO-03.a was amended.", seen=seen, by=trainer, now=NOON)
    db.session.commit()
    while carry_on(site_url="https://train.example.org", now=NOON + BEGINS_AFTER):
        db.session.commit()
    assert certification.open_retests(person.id) == []
    assert queries.readiness_of(person.id, exam, now=NOON + DAY).refusal is None
    assert certification.standing_of(person.id, certification.certification_by_slug("cert-held").id, at=NOON).is_in_force


def test_the_bank_is_proved_over_its_areas_alone() -> None:
    for number in range(10):
        ItemFactory(area="PRO" if number % 2 else "IPR")
    ItemFactory.create_batch(50, area="CLM")
    CertificationFactory(id="cert-held", needs={"exam": "whole"})
    cells = ({"area": "PRO", "minimum": 1, "maximum": 12}, {"area": "IPR", "minimum": 1, "maximum": 12})
    document = ExamDocumentFactory(id="delta-rules", certification="cert-held", item_count=12, cells=cells, delta={"areas": ["PRO", "IPR"]})
    with pytest.raises(Refusal) as refusal:
        publish_exam(document, allow_public=True, by=SYSTEM, now=NOON)
    assert refusal.value.reason is BankRefusal.BANK_LACKS
    assert "the bank holds 10" in str(refusal.value.detail["lacks"])


def test_an_exam_stays_what_it_is() -> None:
    delta_exam()
    plain = ExamDocumentFactory(id="delta-rules", certification="cert-held", version="2.0.0", cells=({"area": "PRO", "minimum": 4, "maximum": 4},))
    with pytest.raises(Refusal) as refusal:
        publish_exam(plain, allow_public=True, by=SYSTEM, now=NOON)
    assert refusal.value.reason is BankRefusal.DELTA_IS_FIXED


def test_the_claims_are_those_of_its_modes() -> None:
    exam = delta_exam()
    sequential, fixed = queries.claim_of(AttemptMode.SEQUENTIAL, exam), queries.claim_of(AttemptMode.FIXED, exam)
    assert sequential == Claim(0.80, 0.05)
    assert fixed is not None and fixed.tries == 50
