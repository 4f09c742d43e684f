"""What is kept of a person's practice is what the ledger gives when it is reckoned again."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory
from tests.practice.factories import THEN
from tests.statements import counted
from training.cases.rules import Action, Severity
from training.db import db
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.models import AreaMastery, ConceptMemory

RIGHT = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3, seconds=20)
HARD = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S1, seconds=20)
SLOW = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3, seconds=200)
WRONG = CaseAnswer(actions=frozenset({Action.APPROVE}), labels=("OUT-00",), severity=Severity.S0, seconds=20)
CONFUSED = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-07",), severity=Severity.S3, seconds=20)


@pytest.fixture
def me(app: Flask) -> int:
    TaxonomyLabelFactory(code="PRO-03")
    return int(PersonFactory(languages=[]).id)


def practise(person_id: int, answer: CaseAnswer, *, hours: float = 0) -> None:
    now = THEN + timedelta(hours=hours)
    services.answer_serving(services.next_case(person_id, now=now), answer, now=now + timedelta(seconds=30))
    db.session.commit()


def kept(person_id: int) -> list[dict[str, Any]]:
    db.session.expire_all()
    rows = [row for model in (ConceptMemory, AreaMastery) for row in db.session.scalars(select(model).where(model.person_id == person_id))]
    return sorted(({column.name: getattr(row, column.key) for column in row.__table__.columns} for row in rows), key=str)


def test_what_is_kept_is_what_the_ledger_gives_again(me: int) -> None:
    TaxonomyLabelFactory(code="PRO-07")
    for concept, difficulty in (("PRO-03.a", "clear"), ("PRO-03.b", "borderline"), ("PRO-07.a", "typical"), ("PRO-09.a", "borderline")):
        CaseFactory.create_batch(3, concept=concept, difficulty=difficulty)
    other = PersonFactory(languages=[]).id
    chance = Random(7)
    for number in range(30):
        practise(me, chance.choice([RIGHT, HARD, SLOW, WRONG, CONFUSED]), hours=number * chance.choice([0.2, 9, 30]))
    practise(other, WRONG)
    before, others = kept(me), kept(other)
    assert {row["confused_with"] for row in before if "concept" in row} != {None}
    assert any(row["repeat_count"] for row in before if "concept" in row)
    services.remember_again(me)
    db.session.commit()
    assert kept(me) == before
    assert kept(other) == others


def test_the_command_reckons_everybody_again_whatever_is_left_of_what_was_kept(app: Flask, me: int) -> None:
    CaseFactory.create_batch(3)
    other = PersonFactory(languages=[]).id
    practise(me, WRONG)
    practise(me, RIGHT, hours=30)
    practise(other, RIGHT)
    before, others = kept(me), kept(other)
    queries.forget_kept(me)
    db.session.execute(update(ConceptMemory).where(ConceptMemory.person_id == other).values(stability=99.0))
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["practice", "remember"])
    assert (result.exit_code, result.output) == (0, "2 people reckoned again.\n")
    assert (kept(me), kept(other)) == (before, others)


def test_answers_are_numbered_over_all_concepts(me: int) -> None:
    CaseFactory(concept="PRO-03.a")
    CaseFactory(concept="PRO-04.a")
    for number in range(3):
        practise(me, WRONG, hours=number * 30)
    assert sorted(standing.answer_number for standing in queries.standings_in_concepts(me).values()) == [2, 3]


@pytest.mark.parametrize(("answer", "stability"), [(RIGHT, 2.3065), (HARD, 1.2931), (SLOW, 1.2931), (WRONG, 0.212)])
def test_severity_and_time_make_a_right_answer_a_hard_one(me: int, answer: CaseAnswer, stability: float) -> None:
    CaseFactory()
    practise(me, answer)
    assert [standing.memory.stability for standing in queries.standings_in_concepts(me).values()] == [stability]


@pytest.mark.parametrize(("answer", "label"), [(CONFUSED, "PRO-07"), (WRONG, None), (RIGHT, None)])
def test_only_the_label_of_a_violation_is_a_confusion(me: int, answer: CaseAnswer, label: str | None) -> None:
    CaseFactory()
    practise(me, answer)
    assert [standing.confused_with for standing in queries.standings_in_concepts(me).values()] == [label]


def test_answers_given_elsewhere_are_not_practice(me: int) -> None:
    JudgementFactory(person_id=me, source="exam")
    assert queries.standings_in_concepts(me) == {}
    assert queries.readiness_in_areas(me, at=THEN) == {}


def test_readiness_is_kept_by_area_from_first_answers(me: int) -> None:
    CaseFactory(area="PRO")
    practise(me, RIGHT)
    practise(me, RIGHT, hours=30)
    readiness = queries.readiness_in_areas(me, at=THEN + timedelta(days=2))
    assert [(area, each.answer_count, each.day_count, each.is_ready) for area, each in readiness.items()] == [("PRO", 1, 1, False)]


def test_answering_takes_as_many_statements_after_long_practice_as_before(me: int) -> None:
    CaseFactory.create_batch(3, concept="PRO-03.a")
    CaseFactory.create_batch(40, concept="PRO-04.a")
    practise(me, RIGHT)
    practise(me, RIGHT, hours=1)
    counts = []
    for practised in (0, 12):
        for number in range(practised):
            practise(me, WRONG, hours=2 + number)
        serving = services.next_case(me, now=THEN + timedelta(days=2 + practised))
        db.session.commit()
        with counted() as statements:
            services.answer_serving(serving, RIGHT, now=THEN + timedelta(days=2 + practised, minutes=1))
            db.session.commit()
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 24
