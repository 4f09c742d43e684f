"""Keeping how people stand in concepts and areas, with each answer; and reckoning it all again from the ledger."""

from training.db import db
from training.judgements.models import Judgement
from training.practice import queries
from training.practice.models import AreaMastery, ConceptMemory, Serving
from training.practice.rules import ConceptStanding, Mastery, mastered, stood


def remember(serving: Serving, judgement: Judgement) -> None:
    """Keep what this new answer says: five statements at most, however long the person has practised."""
    review = queries.review_of(serving, judgement, number=queries.answer_count(judgement.person_id) + 1)
    kept = queries.kept_memory(judgement.person_id, judgement.concept)
    row = kept or ConceptMemory(person_id=judgement.person_id, concept=judgement.concept)
    _keep_standing(row, stood(queries.standing_of_memory(kept) if kept else None, review), last_case_id=judgement.case_id)
    if judgement.is_first_exposure:
        known = queries.kept_mastery(judgement.person_id, judgement.area)
        mastery = mastered(queries.mastery_of(known) if known else Mastery(), is_right=judgement.is_strict, at=judgement.given_at)
        _keep_mastery(known or AreaMastery(person_id=judgement.person_id, area=judgement.area), mastery)
    db.session.flush()


def _keep_standing(row: ConceptMemory, standing: ConceptStanding, *, last_case_id: int) -> None:
    row.stability, row.difficulty = standing.memory.stability, standing.memory.difficulty
    row.last_reviewed_at, row.due_at = standing.memory.reviewed_at, standing.memory.due_at
    row.answer_number, row.weakness = standing.answer_number, standing.weakness
    row.count, row.right = standing.case_count, standing.right_count
    row.repeat_count = standing.review_count - standing.case_count
    row.borderline_count = standing.borderline_count
    row.is_failed, row.confused_with = standing.is_failed, standing.confused_with
    row.last_case_id = last_case_id
    db.session.add(row)


def _keep_mastery(row: AreaMastery, mastery: Mastery) -> None:
    assert mastery.answered_at is not None, "an answer was just added"
    row.right_weight, row.wrong_weight = mastery.right_weight, mastery.wrong_weight
    row.count, row.day_count = mastery.answer_count, mastery.day_count
    row.last_answered_at = mastery.answered_at
    db.session.add(row)


def remember_again(person_id: int) -> None:
    """Reckon everything that is kept of this person again, from the ledger: for when the memory model has other numbers."""
    queries.hold_practice_of(person_id)
    queries.forget_kept(person_id)
    for serving, judgement in queries.practised_by(person_id):
        remember(serving, judgement)
