"""What is remembered of a concept, and what answers make of it: by values and properties."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from training.practice.rules import ConceptStanding, Review, stood
from training.practice.rules.memory import grade_of, retention, reviewed
from training.practice.rules.standing import FIRST_WEAKNESS, WEAKNESS_STEP

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


@pytest.mark.parametrize(
    ("is_right", "is_severity_right", "is_in_time", "grade"),
    [
        (False, True, True, Rating.Again),
        (True, False, True, Rating.Hard),
        (True, True, False, Rating.Hard),
        (True, True, True, Rating.Good),
    ],
)
def test_what_an_answer_says_of_the_memory(is_right: bool, is_severity_right: bool, is_in_time: bool, grade: Rating) -> None:
    assert grade_of(is_right=is_right, is_severity_right=is_severity_right, is_in_time=is_in_time) is grade


def test_the_first_review_has_the_stability_of_the_packages_weights() -> None:
    assert [reviewed(None, grade, at=NOW).stability for grade in (Rating.Again, Rating.Hard, Rating.Good)] == [0.212, 1.2931, 2.3065]


def test_a_memory_is_remembered_with_nine_tenths_after_its_stability() -> None:
    memory = reviewed(None, Rating.Good, at=NOW)
    assert retention(memory, at=NOW) == 1
    assert retention(memory, at=after(memory.stability)) == pytest.approx(0.9)


@given(st.lists(st.tuples(st.sampled_from([Rating.Again, Rating.Hard, Rating.Good]), st.floats(0, 40)), min_size=1, max_size=12), st.integers(0, 60))
def test_memory_is_the_packages_own(reviews: list[tuple[Rating, float]], days: int) -> None:
    scheduler = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, memory, at = Card(card_id=1, due=NOW), None, NOW
    for grade, waited in reviews:
        at += timedelta(days=waited)
        card, _log = scheduler.review_card(card, grade, at)
        memory = reviewed(memory, grade, at=at)
    assert card.state is State.Review
    assert memory is not None
    assert (memory.stability, memory.difficulty, memory.due_at) == (card.stability, card.difficulty, card.due)
    later = at + timedelta(days=days)
    assert retention(memory, at=later) == pytest.approx(scheduler.get_card_retrievability(card, later))


def test_a_failure_is_forgotten_sooner_than_a_right_answer() -> None:
    right, wrong = (reviewed(None, grade, at=NOW) for grade in (Rating.Good, Rating.Again))
    assert retention(wrong, at=after(1)) < retention(right, at=after(1))


def answered(*answers: Review) -> ConceptStanding:
    standing = None
    for answer in answers:
        standing = stood(standing, answer)
    assert standing is not None
    return standing


def test_weakness_moves_towards_what_was_answered() -> None:
    wrong = answered(Review(NOW, 1, is_right=False))
    assert wrong.weakness == pytest.approx(FIRST_WEAKNESS + WEAKNESS_STEP * (1 - FIRST_WEAKNESS))
    right = answered(Review(NOW, 1, is_right=False), Review(after(1), 2, is_right=True))
    assert right.weakness == pytest.approx(wrong.weakness * (1 - WEAKNESS_STEP))


def test_a_repeat_is_a_review_and_counts_for_nothing_else() -> None:
    standing = answered(Review(NOW, 1, is_right=True), Review(after(1), 2, is_right=True, is_repeat=True))
    assert (standing.case_count, standing.right_count, standing.review_count) == (1, 1, 2)
    assert standing.memory.reviewed_at == after(1)


def test_a_confusion_lasts_until_an_answer_is_right() -> None:
    confused = Review(NOW, 1, is_right=False, chosen_label="PRO-04")
    assert answered(confused).confused_with == "PRO-04"
    assert answered(confused).is_failed
    assert answered(confused, Review(after(1), 2, is_right=True)).confused_with is None


def test_borderline_cases_are_counted_of_all_answers() -> None:
    borderline = Review(NOW, 1, is_right=True, is_borderline=True)
    assert (
        answered(borderline, Review(after(1), 2, is_right=True), Review(after(2), 3, is_right=False, is_repeat=True, is_borderline=True)).borderline_count == 2
    )
