import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from training.exams.rules.typing_test import Typed, TypingKey, accuracy_of, level, measure

PASSAGE = "A seller writes that a parcel came back damaged. Say that you saw it, what the rule is, and what happens next. " * 4
KEY = TypingKey(PASSAGE, seconds=60, words_a_minute=40, accuracy=0.95)


def test_words_are_five_characters_and_count_by_the_minute() -> None:
    typed = measure(PASSAGE[:200], 60, KEY)
    assert typed == Typed(words_a_minute=40.0, accuracy=1.0)
    assert typed.reaches(KEY)
    assert not measure(PASSAGE[:199], 60, KEY).reaches(KEY)


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("the cat", 1.0),
        ("teh cat", 1 - 2 / 7),
        ("the ca", 1.0),
        ("thee cat", 1 - 1 / 8),
        ("th cat", 1 - 1 / 7),
        ("xxxxxxx", 0.0),
        ("", 0.0),
    ],
)
def test_accuracy_is_one_less_the_edits_a_character(typed: str, share: float) -> None:
    assert accuracy_of(typed, "the cat sat on the mat") == pytest.approx(share)


def test_who_stops_early_used_the_whole_time_whatever_the_browser_says() -> None:
    assert measure(PASSAGE[:50], 5, KEY).words_a_minute == pytest.approx(10)


def test_who_reaches_the_end_early_is_measured_by_the_time_it_took() -> None:
    assert measure(PASSAGE, 45, KEY).words_a_minute == pytest.approx(len(level(PASSAGE)) / 5 / 0.75)


def test_typographic_marks_and_doubled_blanks_are_no_errors() -> None:
    assert accuracy_of(level("“It’s  fine” – really…"), level('"It\'s fine" - really...')) == 1.0


short = st.text("ab c", max_size=25)


@given(short, short)
def test_the_nearest_beginning_is_found_though_not_all_are_tried(typed: str, passage: str) -> None:
    everything = min(Levenshtein.distance(typed, passage[:length]) for length in range(len(passage) + 1))
    best = max(
        (
            1 - everything / max(len(typed), length)
            for length in range(len(passage) + 1)
            if Levenshtein.distance(typed, passage[:length]) == everything and (typed or length)
        ),
        default=0,
    )
    found = accuracy_of(typed, passage)
    assert 0 <= found <= 1
    assert not typed or found <= max(best, 0) + 1e-12
    assert not typed or found >= max(0, 1 - everything / len(typed)) - 1e-12


@given(st.integers(1, len(PASSAGE)), st.integers(0, len(PASSAGE) - 1))
def test_one_character_more_that_is_right_never_scores_less(length: int, wrong: int) -> None:
    typed = PASSAGE[:length]
    broken = typed[:wrong] + "#" + typed[wrong + 1 :] if wrong < length else typed
    assert accuracy_of(typed, PASSAGE) >= accuracy_of(broken, PASSAGE)
