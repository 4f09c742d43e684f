"""Behind every figure lie exactly the answers that it counts."""

from dataclasses import fields
from random import Random

import pytest

from tests.judgements.answers import answered
from training.cases.models import Case
from training.cases.rules import Action
from training.db import db
from training.judgements.queries import Figure, judgements_behind, latest_seconds, tallies_of
from training.judgements.rules import AnswerKind, CaseAnswer, Dimension, Source, Tally
from training.judgements.services import record_judgements

COUNTED_AS = {
    "count": AnswerKind.ALL,
    "right": AnswerKind.RIGHT,
    "repeat_count": AnswerKind.REPEAT,
    "hits": AnswerKind.HIT,
    "misses": AnswerKind.FALSE_NEGATIVE,
    "false_alarms": AnswerKind.FALSE_POSITIVE,
    "correct_rejections": AnswerKind.CORRECT_REJECTION,
    "wrong_selections": AnswerKind.WRONG_SELECTION,
    "critical_misses": AnswerKind.CRITICAL_MISS,
}
DECISIONS = [(Action.APPROVE,), (Action.REMOVE, Action.STRIKE), (Action.REQUEST_INFO, Action.REROUTE), (Action.ESCALATE,), (), (Action.REQUEST_INFO,)]
LABELS = [(), ("PRO-03",), ("OUT-00",), ("SXM-04", "PRO-04")]


def answer_much(pool: list[Case], people: list[int], chance: Random) -> None:
    record_judgements(
        [
            answered(
                chance.choice(pool),
                chance.choice(people),
                chance.choice([Source.PRACTICE] * 5 + [Source.EXAM]),
                CaseAnswer(frozenset(chance.choice(DECISIONS)), chance.choice(LABELS), seconds=30.0),
            )
            for _ in range(160)
        ]
    )
    db.session.commit()


@pytest.mark.parametrize("seed", range(3))
def test_a_figure_opens_as_many_answers_as_it_counts(pool: list[Case], people: list[int], seed: int) -> None:
    answer_much(pool, people, Random(seed))
    tallies = tallies_of(people[:1], dimensions=Dimension)[people[0]]
    assert {dimension for _source, dimension, _key in tallies} == set(Dimension)
    for (source, dimension, key), tally in tallies.items():
        if source is Source.PRACTICE:
            opened = {name: len(judgements_behind(people[0], Figure(kind, dimension, key), size=200)) for name, kind in COUNTED_AS.items()}
            assert opened == {each.name: getattr(tally, each.name) for each in fields(Tally) if each.name in COUNTED_AS}, (dimension, key)


def test_without_a_key_a_figure_is_of_all_answers_in_practice(pool: list[Case], people: list[int]) -> None:
    answer_much(pool, people, Random(9))
    found = judgements_behind(people[0], Figure(), size=200)
    assert {each.judgement.source for each in found} == {"practice"}
    assert {each.judgement.person_id for each in found} == {people[0]}
    assert [each.judgement.id for each in found] == sorted((each.judgement.id for each in found), reverse=True)
    later = judgements_behind(people[0], Figure(), before_id=found[4].judgement.id, size=3)
    assert [each.judgement.id for each in later] == [each.judgement.id for each in found[5:8]]


def test_latest_times_are_of_first_answers_in_practice(pool: list[Case], people: list[int]) -> None:
    for seconds, (place, source) in enumerate(
        [(0, Source.PRACTICE), (5, Source.PRACTICE), (5, Source.PRACTICE), (1, Source.EXAM), (2, Source.PRACTICE)], start=1
    ):
        record_judgements([answered(pool[place], people[0], source, CaseAnswer(seconds=float(seconds)))])
    assert latest_seconds(people[0], size=9) == {"listing": [5.0, 1.0], "video": [2.0]}
    assert latest_seconds(people[0], size=2) == {"listing": [5.0], "video": [2.0]}
