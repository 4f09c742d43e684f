"""Scoring answers anew by another reference, with everything that is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.rules import Source
from training.judgements.services import GivenAnswer, Occasion, restate_judgements
from training.practice import queries
from training.practice.rules import serving_of_occasion
from training.practice.services.remembering import remember_again


@dataclass(frozen=True, slots=True)
class ScoredAnew:
    """An answer before and after."""

    person_id: int
    serving_id: int
    was_right: bool
    is_right: bool


def score_anew(answers: Sequence[Judgement], *, reference_id: int, now: datetime) -> list[ScoredAnew]:
    """Let these practice answers count by this reference, and reckon again what is kept of whoever gave them."""
    people = sorted({answer.person_id for answer in answers})
    for person_id in people:
        queries.hold_practice_of(person_id)
    restated = restate_judgements([_given(answer, reference_id) for answer in answers], now=now)
    for person_id in people:
        remember_again(person_id)
    return [ScoredAnew(each.person_id, serving_of_occasion(each.occasion), each.was_right, each.is_right) for each in restated if each.was_right is not None]


def _given(answer: Judgement, reference_id: int) -> GivenAnswer:
    said = parse_answer(answer.answer, seconds=answer.seconds)
    return GivenAnswer(said, Occasion(answer.person_id, Source.PRACTICE, answer.occasion), answer.case_version_id, reference_id, answer.given_at)
