"""What a person is told of their practice, and when."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory
from tests.practice.factories import THEN, CheckFactory, ServingFactory
from training.cases.rendering import Segment
from training.cases.rules import Action, Severity, Span
from training.judgements.rules import CaseAnswer
from training.practice import queries, services


@pytest.fixture
def me(app: Flask) -> int:
    TaxonomyLabelFactory(code="PRO-03")
    return int(PersonFactory().id)


def answered(person_id: int, answer: CaseAnswer, *, seconds: float = 30, **case: Any) -> queries.Feedback:
    CaseFactory(**case)
    serving = services.next_case(person_id, now=THEN)
    timed = CaseAnswer(answer.actions, answer.labels, answer.severity, answer.escalate_to, answer.evidence, seconds)
    services.answer_serving(serving, timed, now=THEN + timedelta(seconds=seconds))
    return queries.feedback_on(serving, at=THEN + timedelta(seconds=seconds))


def test_feedback_sets_the_answer_beside_the_reference(me: int) -> None:
    answer = CaseAnswer(frozenset({Action.STRIKE, Action.REMOVE}), ("PRO-03",), Severity.S2, None, (Span("description", 0, 4),))
    feedback = answered(me, answer, content__reference={"evidence": [{"field": "title", "start": 0, "end": 4}]})
    assert feedback.case.decided == (Action.REMOVE, Action.STRIKE)
    assert feedback.case.accepted == ((Action.REMOVE, Action.STRIKE), (Action.REMOVE,))
    assert feedback.case.passages == (Segment("Jamu", is_expert=True), Segment("Warm", is_own=True))
    assert feedback.case.displayed.segments("title", "Jamu pegal linu 30 sachet")[0].is_expert
    assert feedback.case.judgement.is_strict


@pytest.mark.parametrize(("seconds", "is_over"), [(90, False), (90.5, True)])
def test_taking_longer_than_the_surfaces_time_is_said(me: int, seconds: float, is_over: bool) -> None:
    assert answered(me, CaseAnswer(), seconds=seconds).case.is_over_time is is_over


def test_there_is_no_feedback_before_an_answer(app: Flask) -> None:
    with pytest.raises(LookupError):
        queries.feedback_on(ServingFactory(), at=THEN)


def test_clauses_that_the_handbook_does_not_have_are_left_out(me: int) -> None:
    assert answered(me, CaseAnswer()).clauses == []


def test_standings_are_in_the_order_of_the_taxonomy_and_of_ones_languages(app: Flask) -> None:
    TaxonomyAreaFactory(code="PRO", position=1)
    TaxonomyAreaFactory(code="IPR", title="Counterfeit", position=0)
    TaxonomyAreaFactory(code="CLM", title="Claims", position=2)
    person = PersonFactory()
    CaseFactory(area="PRO", language="en")
    CaseFactory(area="PRO", language="id")
    JudgementFactory(person_id=person.id, case=CaseFactory(area="IPR", language="id"))
    found = queries.standings_of(person.id, languages=["en"], at=THEN)
    assert [(standing.code, standing.case_count, standing.answered_count, standing.share) for standing in found] == [("IPR", 0, 1, None), ("PRO", 1, 0, None)]


@pytest.mark.parametrize(("count", "has_share"), [(9, False), (10, True)])
def test_a_share_needs_ten_first_answers(app: Flask, count: int, has_share: bool) -> None:
    TaxonomyAreaFactory(code="PRO")
    person = PersonFactory()
    JudgementFactory.create_batch(count, person_id=person.id)
    (standing,) = queries.standings_of(person.id, languages=[], at=THEN)
    assert (standing.share is not None) is has_share


def test_checks_are_listed_by_title_with_their_size(app: Flask) -> None:
    CheckFactory(slug="check-b", version__title="Zebra", version__case_ids=[1, 2], version__pass_count=2)
    CheckFactory(slug="check-a", version__title="Ape", version__case_ids=[1])
    assert queries.known_checks() == [queries.KnownCheck("check-a", "Ape", 1, 1), queries.KnownCheck("check-b", "Zebra", 2, 2)]


def test_what_a_person_looked_at_is_their_own_and_recent(me: int) -> None:
    ServingFactory()
    CaseFactory.create_batch(2)
    first = services.next_case(me, now=THEN)
    services.skip_serving(first, now=THEN + timedelta(minutes=1))
    second = services.next_case(me, now=THEN + timedelta(minutes=30))
    services.answer_serving(second, CaseAnswer(), now=THEN + timedelta(minutes=31))
    assert [looked.at for looked in queries.looked_at(me, since=THEN)] == [THEN + timedelta(minutes=31), THEN + timedelta(minutes=1)]
    assert len(queries.looked_at(me, since=THEN + timedelta(minutes=20))) == 1
