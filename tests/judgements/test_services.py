"""The ledger: one row per occasion, scored by the reference that was pinned."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseReferenceFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory
from tests.statements import counted
from training.cases.models import Case
from training.cases.rules import Action, Severity, Span
from training.db import db
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer, ErrorKind, Source
from training.judgements.services import GivenAnswer, Occasion, record_judgement, record_judgements

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANSWER = CaseAnswer(frozenset({Action.REMOVE}), ("PRO-03",), Severity.S2, None, (Span("description", 18, 24),), 41.5)


@pytest.fixture(autouse=True)
def label(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03")


def recorded(case: Case, person_id: int, *, key: str = "attempt:5:3", answer: CaseAnswer = ANSWER, **changes: Any) -> Judgement:
    values: dict[str, Any] = {"case_version_id": case.current_version_id, "reference_id": case.current_reference_id, "now": NOW} | changes
    return record_judgement(answer, occasion=Occasion(person_id, Source.EXAM, key, attempt_id=5), **values)


def test_a_judgement_keeps_the_answer_its_scores_and_what_it_was_given_on(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    judgement = recorded(case, person.id)
    db.session.commit()
    assert (judgement.person_id, judgement.case_id, judgement.source, judgement.occasion, judgement.attempt_id) == (
        person.id,
        case.id,
        "exam",
        "attempt:5:3",
        5,
    )
    assert (judgement.area, judgement.concept, judgement.surface) == ("PRO", "PRO-03.a", "listing")
    assert (judgement.decision_score, judgement.labels_score, judgement.severity_score) == (1, 1, 0.9375)
    assert (judgement.evidence_score, judgement.escalation_score, judgement.is_strict, judgement.error) == (0, 1, True, None)
    assert (judgement.seconds, judgement.given_at, judgement.is_first_exposure) == (41.5, NOW, True)
    assert judgement.answer["actions"] == ["REMOVE"]


def test_a_blank_answer_is_an_answer_and_a_miss(app: Flask) -> None:
    judgement = recorded(CaseFactory(severity="S4"), PersonFactory().id, answer=CaseAnswer())
    assert (judgement.decision_score, judgement.is_strict, judgement.is_critical_miss, judgement.error) == (0, False, True, ErrorKind.FALSE_NEGATIVE)


def test_the_first_answer_on_an_occasion_stands(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    first = recorded(case, person.id)
    assert recorded(case, person.id, answer=CaseAnswer()).id == first.id


def test_other_occasions_and_other_people_have_their_own(app: Flask) -> None:
    case, one, other = CaseFactory(), PersonFactory(), PersonFactory()
    rows = {recorded(case, one.id).id, recorded(case, one.id, key="attempt:6:1").id, recorded(case, other.id).id}
    assert len(rows) == 3


def test_only_the_first_answer_to_a_case_is_a_first_exposure(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    JudgementFactory(person_id=person.id)
    JudgementFactory(case=case)
    assert recorded(case, person.id).is_first_exposure
    assert not recorded(case, person.id, key="attempt:6:1").is_first_exposure


def test_an_amended_reference_leaves_the_pinned_one_in_force(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    pinned = case.current_reference_id
    case.current_reference_id = CaseReferenceFactory(
        case_id=case.id, case_version_id=case.current_version_id, number=2, decisions=[["APPROVE"]], labels=["OUT-00"]
    ).id
    db.session.commit()
    assert recorded(case, person.id, reference_id=pinned).is_strict
    assert recorded(case, person.id, key="attempt:6:1").error == ErrorKind.FALSE_POSITIVE


def test_partial_credit_comes_from_the_reference(app: Flask) -> None:
    case = CaseFactory(content__reference={"partial_credits": [{"actions": ["DEMOTE"], "credit": 0.4}]})
    judgement = recorded(case, PersonFactory().id, answer=CaseAnswer(frozenset({Action.DEMOTE}), ("PRO-03",)))
    assert (judgement.decision_score, judgement.error) == (0.4, ErrorKind.WRONG_SELECTION)


@pytest.mark.parametrize("missing", [{"case_version_id": 999}, {"reference_id": 999}])
def test_what_does_not_exist_cannot_be_judged(app: Flask, missing: dict[str, int]) -> None:
    with pytest.raises(LookupError):
        recorded(CaseFactory(), PersonFactory().id, **missing)


@pytest.mark.parametrize("deed", ["UPDATE judgements SET is_critical_miss = true", "DELETE FROM judgements"])
def test_the_ledger_is_never_edited(app: Flask, deed: str) -> None:
    JudgementFactory()
    with pytest.raises(DatabaseError, match="appended to"):
        db.session.execute(text(deed))
    db.session.rollback()


def given(case: Case, person_id: int, key: str) -> GivenAnswer:
    return GivenAnswer(ANSWER, Occasion(person_id, Source.EXAM, key, 5), case.current_version_id or 0, case.current_reference_id or 0, NOW)


def test_many_answers_are_recorded_in_their_order_and_once(app: Flask) -> None:
    one, other, person = CaseFactory(), CaseFactory(is_innocent=True), PersonFactory()
    first = recorded(one, person.id, key="attempt:5:1")
    rows = record_judgements([given(other, person.id, "attempt:5:2"), given(one, person.id, "attempt:5:1"), given(one, person.id, "attempt:5:3")])
    assert [row.occasion for row in rows] == ["attempt:5:2", "attempt:5:1", "attempt:5:3"]
    assert rows[1].id == first.id
    assert [row.is_first_exposure for row in rows] == [True, True, False]
    assert [row.error for row in rows] == [ErrorKind.FALSE_POSITIVE, None, None]


def test_many_answers_cost_as_many_questions_as_a_few(app: Flask) -> None:
    person, cases = PersonFactory(), CaseFactory.create_batch(12)
    asked = []
    for some in (cases[:2], cases[2:]):
        answers = [given(case, person.id, f"attempt:{len(some)}:{case.id}") for case in some]
        db.session.expire_all()
        with counted() as statements:
            record_judgements(answers)
        asked.append(len([statement for statement in statements if statement.lstrip().startswith("SELECT")]))
    assert asked[0] == asked[1] <= 8


def test_no_answers_are_no_judgements(app: Flask) -> None:
    assert record_judgements([]) == []
