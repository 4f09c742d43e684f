"""The ledger: one row per occasion, scored by the reference that was pinned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseReferenceFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory
from tests.statements import counted
from training.accounts.models import Person
from training.cases.models import Case
from training.cases.rules import Action, Severity, Span
from training.db import db
from training.judgements import queries
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer, ErrorKind, Source, Treatment
from training.judgements.services import GivenAnswer, Occasion, Restated, record_judgement, record_judgements, restate_judgements

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


@pytest.mark.parametrize("missing", [{"case_version_id": 0}, {"reference_id": 0}])
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


LATER = NOW + timedelta(days=2)
LETS_BE = CaseAnswer(frozenset({Action.APPROVE}), ("OUT-00",))


def kept(judgement_id: int) -> list[Judgement]:
    """This judgement and, one after the other, those that stand in for it."""
    rows = {row.corrects_id: row for row in db.session.scalars(select(Judgement).where(Judgement.corrects_id.is_not(None)))}
    chain = [db.session.get_one(Judgement, judgement_id)]
    while chain[-1].id in rows:
        chain.append(rows[chain[-1].id])
    return chain


def said_of(person: Person) -> list[Judgement]:
    """Every row of the ledger about somebody, in order."""
    return list(db.session.scalars(select(Judgement).where(Judgement.person_id == person.id).order_by(Judgement.id)))


def amended(case: Case) -> int:
    """Another reference of this case, by which nothing is wrong."""
    reference = CaseReferenceFactory(case_id=case.id, case_version_id=case.current_version_id, number=2, decisions=[["APPROVE"]], labels=["OUT-00"])
    return int(reference.id)


def test_what_is_said_again_is_not_written_again_and_what_is_not_there_is(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    once = given(case, person.id, "attempt:5:1")
    assert restate_judgements([once], now=NOW) == [Restated(person.id, "attempt:5:1", None, is_right=True)]
    [first] = said_of(person)
    assert (first.corrects_id, first.corrected_at, first.is_first_exposure) == (None, None, True)
    assert restate_judgements([once], now=LATER) == []


def test_another_answer_stands_in_for_the_one_before_and_names_it(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    once = given(case, person.id, "attempt:5:1")
    restate_judgements([once], now=NOW)
    assert restate_judgements([replace(once, answer=LETS_BE)], now=LATER) == [Restated(person.id, "attempt:5:1", was_right=True, is_right=False)]
    first, second = said_of(person)
    assert (second.corrects_id, second.corrected_at, second.given_at, second.is_first_exposure) == (first.id, LATER, NOW, True)
    assert (first.is_strict, second.is_strict) == (True, False)
    assert [row.id for row in kept(first.id)] == [first.id, second.id], "nothing is edited"
    assert [row.id for row in queries.judgements_of(person.id)] == [second.id]
    assert [row.id for row in queries.judgements_of_attempt(5)] == [second.id]
    assert queries.area_tallies(person.id, source=Source.EXAM) == {"PRO": queries.AreaTally("PRO", 1, 0, 0)}


def test_another_reference_scores_anew(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    once = given(case, person.id, "attempt:5:1")
    restate_judgements([once], now=NOW)
    restate_judgements([replace(once, reference_id=amended(case))], now=LATER)
    restate_judgements([once], now=LATER)
    _first, second, third = said_of(person)
    assert (second.is_strict, second.error) == (False, ErrorKind.FALSE_POSITIVE)
    assert (third.corrects_id, third.is_strict) == (second.id, True)


@pytest.mark.parametrize(("answer", "by_the_other"), [(ANSWER, False), (LETS_BE, True), (CaseAnswer(frozenset({Action.DEMOTE})), False)])
def test_where_either_reference_may_be_right_the_kinder_one_scores(app: Flask, answer: CaseAnswer, by_the_other: bool) -> None:
    case, person = CaseFactory(), PersonFactory()
    other = amended(case)
    restate_judgements([replace(given(case, person.id, "attempt:5:1"), answer=answer, other_reference_id=other)], now=NOW)
    [judged] = said_of(person)
    assert (judged.reference_id == other) is by_the_other


def test_what_is_credited_is_right_whatever_it_says(app: Flask) -> None:
    case, person = CaseFactory(severity="S4"), PersonFactory()
    once = replace(given(case, person.id, "attempt:5:1"), answer=LETS_BE)
    restate_judgements([once], now=NOW)
    restate_judgements([replace(once, treatment=Treatment.CREDITED)], now=LATER)
    missed, credited = said_of(person)
    assert missed.is_critical_miss
    assert (credited.is_strict, credited.is_critical_miss, credited.error, credited.decision_score, credited.labels_score) == (True, False, None, 1, 1)
    assert queries.area_tallies(person.id, source=Source.EXAM)["PRO"].right == 1


def test_what_is_withdrawn_counts_for_nothing_and_can_come_back(app: Flask) -> None:
    case, person = CaseFactory(), PersonFactory()
    once = given(case, person.id, "attempt:5:1")
    restate_judgements([once], now=NOW)
    restate_judgements([replace(once, treatment=Treatment.WITHDRAWN)], now=LATER)
    first, gone = said_of(person)
    assert gone.is_withdrawn
    assert queries.judgements_of(person.id) == []
    assert queries.area_tallies(person.id, source=Source.EXAM) == {}
    assert queries.has_answered(person.id, case.id), "whoever saw the case has seen it"
    restate_judgements([once], now=LATER)
    *_, back = said_of(person)
    assert [row.id for row in kept(first.id)] == [first.id, gone.id, back.id]
    assert queries.area_tallies(person.id, source=Source.EXAM)["PRO"].count == 1


def test_what_was_never_answered_is_not_withdrawn(app: Flask) -> None:
    blank = replace(given(CaseFactory(), PersonFactory().id, "attempt:5:1"), answer=CaseAnswer(), treatment=Treatment.WITHDRAWN)
    assert restate_judgements([blank], now=NOW) == []


def test_two_do_not_stand_in_for_one(app: Flask) -> None:
    first = JudgementFactory()
    JudgementFactory(corrects_id=first.id, corrected_at=NOW)
    with pytest.raises(IntegrityError):
        JudgementFactory(corrects_id=first.id, corrected_at=NOW)
    db.session.rollback()
    with pytest.raises(IntegrityError):
        JudgementFactory(person_id=first.person_id, case_id=first.case_id, source=first.source, occasion=first.occasion)
    db.session.rollback()


def test_restating_many_costs_as_many_questions_as_a_few(app: Flask) -> None:
    person, cases = PersonFactory(), CaseFactory.create_batch(12)
    asked = []
    for some in (cases[:2], cases[2:]):
        answers = [given(case, person.id, f"attempt:{len(some)}:{case.id}") for case in some]
        restate_judgements(answers, now=NOW)
        db.session.expire_all()
        with counted() as statements:
            restate_judgements([replace(each, answer=LETS_BE) for each in answers], now=LATER)
        asked.append(len([statement for statement in statements if statement.lstrip().startswith("SELECT")]))
    assert asked[0] == asked[1] <= 8
