"""Skipping: what comes instead, and that it costs nothing and is nobody's business."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.practice.factories import THEN, PracticeSetFactory, SetAssignmentFactory
from training.cases.models import Case
from training.cases.rules import Action, Severity
from training.db import db
from training.judgements.models import Judgement, PersonTally
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.models import Serving
from training.practice.rules import DAILY, Instead, Purpose, PurposeKind
from training.practice.services import Skipped

RIGHT = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3, seconds=20)


@pytest.fixture
def me(app: Flask) -> int:
    TaxonomyLabelFactory(code="PRO-03")
    return int(PersonFactory(languages=["en"]).id)


class Practice:
    """Somebody practises, a minute a case."""

    def __init__(self, person_id: int) -> None:
        self.person_id, self.now = person_id, THEN

    def next(self, skipped: Skipped | None = None, purpose: Purpose = DAILY) -> tuple[Serving, Case]:
        self.now += timedelta(minutes=1)
        serving = services.next_case(self.person_id, now=self.now, purpose=purpose, skipped=skipped)
        return serving, db.session.get_one(Case, serving.case_id)

    def skip(self, serving: Serving, instead: Instead, purpose: Purpose = DAILY) -> Case:
        services.skip_serving(serving, now=self.now)
        return self.next(Skipped(serving.case_id, instead), purpose)[1]

    def answer(self, purpose: Purpose = DAILY) -> tuple[Serving, Case]:
        serving, case = self.next(purpose=purpose)
        services.answer_serving(serving, RIGHT, now=self.now)
        return serving, case


@pytest.fixture
def practice(me: int) -> Practice:
    return Practice(me)


def cases(concept: str, severity: str, *difficulties: str, **columns: Any) -> list[Case]:
    return [CaseFactory(concept=concept, severity=severity, difficulty=difficulty, **columns) for difficulty in difficulties]


def test_a_severe_case_is_replaced_by_a_lighter_one_of_the_same_rule_and_difficulty(practice: Practice) -> None:
    cases("PRO-03.a", "S4", "typical", "typical")
    serving, skipped = practice.next()
    cases("PRO-03.a", "S1", "borderline", "clear", "typical")
    cases("PRO-04.a", "S1", "typical")
    instead = practice.skip(serving, Instead.LIGHTER)
    assert (instead.concept, instead.difficulty, instead.severity) == (skipped.concept, "typical", "S1")


def test_without_a_lighter_one_of_the_rule_comes_one_of_another(practice: Practice) -> None:
    cases("PRO-03.a", "S4", "typical", "typical")
    serving, _skipped = practice.next()
    cases("PRO-04.a", "S4", "clear", "typical")
    cases("PRO-05.a", "S2", "typical")
    assert practice.skip(serving, Instead.LIGHTER).concept == "PRO-05.a"


def test_where_everything_is_severe_skipping_goes_on_all_the_same(practice: Practice) -> None:
    cases("PRO-03.a", "S4", "typical", "typical")
    serving, skipped = practice.next()
    assert practice.skip(serving, Instead.LIGHTER).id != skipped.id


def test_who_wishes_it_gets_one_as_severe(practice: Practice) -> None:
    cases("PRO-03.a", "S4", "typical")
    serving, _skipped = practice.next()
    cases("PRO-03.a", "S4", "clear", "typical")
    cases("PRO-04.a", "S1", "typical")
    instead = practice.skip(serving, Instead.LIKE)
    assert (instead.concept, instead.difficulty, instead.severity) == ("PRO-03.a", "typical", "S4")


def test_no_look_alike_of_what_was_skipped_comes_instead(practice: Practice) -> None:
    cases("PRO-03.a", "S4", "typical", family="fam-same")
    serving, _skipped = practice.next()
    cases("PRO-03.a", "S4", "typical", family="fam-same")
    cases("PRO-03.a", "S4", "clear", family="fam-other")
    assert practice.skip(serving, Instead.LIKE).family == "fam-other"


def test_a_set_that_lists_its_cases_goes_on_with_its_next(practice: Practice, me: int) -> None:
    listed = cases("PRO-03.a", "S4", "typical", "clear")
    cases("PRO-03.a", "S1", "typical")
    given = PracticeSetFactory(cases=listed)
    SetAssignmentFactory(set_id=given.id, person_id=me)
    purpose = Purpose(PurposeKind.SET, (str(given.id),))
    serving, first = practice.next(purpose=purpose)
    assert [first.id, practice.skip(serving, Instead.LIGHTER, purpose).id] == [case.id for case in listed]


def test_severe_and_light_cases_take_turns_and_a_pair_stays_together(practice: Practice) -> None:
    for number in range(12):
        cases(f"PRO-{10 + number}.a", "S4", "typical", "typical")
        cases(f"CLM-{10 + number}.a", "S1", "typical", area="CLM")
    severe = [practice.answer()[0].is_severe for _turn in range(24)]
    assert sum(severe) >= 8
    assert not any(all(severe[place : place + 3]) for place in range(22))


def test_what_is_skipped_counts_nowhere(practice: Practice, me: int) -> None:
    cases("PRO-03.a", "S1", "typical", "typical", "typical")
    practice.answer()
    serving, _skipped = practice.next()
    before = queries.standings_in_concepts(me), queries.readiness_in_areas(me, at=practice.now)
    services.skip_serving(serving, now=practice.now)
    session = serving.session
    assert (queries.standings_in_concepts(me), queries.readiness_in_areas(me, at=practice.now)) == before
    assert len(db.session.scalars(select(Judgement)).all()) == 1
    assert set(db.session.scalars(select(PersonTally.count).where(PersonTally.person_id == me))) == {1}
    assert [answered.serving.position for answered in queries.answered_in(session)] == [1]


def test_a_set_of_clauses_brings_as_many_as_were_asked_for_beside_what_is_skipped(practice: Practice, me: int) -> None:
    cases("PRO-03.a", "S1", *["typical"] * 4)
    given = PracticeSetFactory(clauses=["PRO-03.a"], case_count=2)
    SetAssignmentFactory(set_id=given.id, person_id=me)
    purpose = Purpose(PurposeKind.SET, (str(given.id),))
    skipped, _case = practice.next(purpose=purpose)
    practice.skip(skipped, Instead.LIKE, purpose)
    for _turn in range(2):
        assert skipped.session.ended_at is None
        practice.answer(purpose)
    assert skipped.session.ended_at is not None
    assert queries.runs_of_set(given.id, [me])[me].answered_count == 2
