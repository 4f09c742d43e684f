from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked, Question, marked
from training.exams.rules.responses import ChoiceKey, partial_credit

LETTERS = "abcde"


def choice(correct: str, *, scoring: str | None = None, critical: str = "", order: str = LETTERS) -> Question:
    options = [{"id": letter, "correct": letter in correct, "critical": letter in critical} for letter in LETTERS]
    return Question(ItemKind.MULTIPLE, {"options": options, "scoring": scoring}, list(order))


def chosen(question: Question, letters: str) -> dict[str, Any]:
    return {"options": [list(question.option_order).index(letter) + 1 for letter in letters]}


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("", Marked(Mark.BLANK)),
        ("abc", Marked(Mark.RIGHT)),
        ("ab", Marked(Mark.PARTIAL, 2 / 3)),
        ("abd", Marked(Mark.PARTIAL, 1 / 3)),
        ("abcd", Marked(Mark.PARTIAL, 2 / 3)),
        ("ad", Marked(Mark.WRONG)),
        ("d", Marked(Mark.WRONG)),
        ("abe", Marked(Mark.CRITICAL_MISS)),
    ],
)
def test_partial_credit_is_right_less_wrong_over_what_is_right(letters: str, expected: Marked) -> None:
    question = choice("abc", scoring="partial", critical="e")
    assert marked(question, chosen(question, letters)) == expected


def test_without_partial_scoring_it_is_all_or_nothing() -> None:
    question = choice("abc")
    assert marked(question, chosen(question, "ab")) == Marked(Mark.WRONG)


letter_sets = st.sets(st.sampled_from(LETTERS))


@given(letter_sets, st.sets(st.sampled_from(LETTERS), min_size=1), st.sampled_from(LETTERS))
def test_one_more_right_choice_never_lowers_the_credit_and_one_more_wrong_never_raises_it(given_: set[str], correct: set[str], letter: str) -> None:
    key = ChoiceKey(frozenset(correct))
    before, after = partial_credit(frozenset(given_ - {letter}), key), partial_credit(frozenset(given_ | {letter}), key)
    assert after >= before if letter in correct else after <= before


@given(letter_sets, st.sets(st.sampled_from(LETTERS), min_size=1, max_size=4), st.booleans(), st.integers(0, 2**32))
def test_the_order_of_options_never_matters(letters: set[str], correct: set[str], is_partial: bool, seed: int) -> None:
    order = list(LETTERS)
    Random(seed).shuffle(order)
    scoring = "partial" if is_partial else None
    plain, shuffled = choice("".join(correct), scoring=scoring), choice("".join(correct), scoring=scoring, order="".join(order))
    assert marked(plain, chosen(plain, "".join(letters))) == marked(shuffled, chosen(shuffled, "".join(letters)))


@pytest.mark.parametrize("shown", ["".join(order) for order in permutations("abc")])
def test_an_order_is_right_however_it_was_shown(shown: str) -> None:
    question = Question(ItemKind.ORDERING, {"steps": [{"id": letter, "text": letter} for letter in "abc"]}, list(shown))
    for answer in permutations("abc"):
        response = {"order": [shown.index(letter) + 1 for letter in answer]}
        assert marked(question, response).mark is (Mark.RIGHT if answer == ("a", "b", "c") else Mark.WRONG)
    assert marked(question, {}).mark is Mark.BLANK


EVIDENCE = Question(ItemKind.EVIDENCE, {"evidence": {"marks": [[10, 20]], "extent": [40], "needed_overlap": 0.6}})
NUMBER = Question(ItemKind.SHORT, {"language": "id", "answer": {"number": "2.5", "tolerance": "0.1", "units": ["jam"]}})
TEXT = Question(ItemKind.SHORT, {"language": "en", "answer": {"texts": ["restrict"]}})
REPLY = Question(ItemKind.REPLY, {})
TYPING = Question(ItemKind.TYPING, {"typing": {"passage": "abcde " * 60, "seconds": 60, "words_a_minute": 40, "accuracy_percent": 95}})


@pytest.mark.parametrize(
    ("question", "response", "mark"),
    [
        (EVIDENCE, {"marks": [[10, 20]]}, Mark.RIGHT),
        (EVIDENCE, {"marks": [[10, 16]]}, Mark.RIGHT),
        (EVIDENCE, {"marks": [[10, 15.9]]}, Mark.WRONG),
        (EVIDENCE, {"marks": [[0, 40]]}, Mark.WRONG),
        (EVIDENCE, {"marks": []}, Mark.BLANK),
        (NUMBER, {"text": "2,5 jam"}, Mark.RIGHT),
        (NUMBER, {"text": "2,7"}, Mark.WRONG),
        (NUMBER, {"text": ""}, Mark.BLANK),
        (TEXT, {"text": "Restrict"}, Mark.RIGHT),
        (TEXT, {"text": "remove"}, Mark.WRONG),
        (REPLY, {"text": "Thank you for writing."}, Mark.PENDING),
        (REPLY, {"text": ""}, Mark.BLANK),
        (TYPING, {"text": "abcde " * 34, "seconds": 60}, Mark.RIGHT),
        (TYPING, {"text": "abcde " * 33, "seconds": 60}, Mark.WRONG),
        (TYPING, {"text": "", "seconds": 0}, Mark.BLANK),
    ],
)
def test_every_kind_is_marked_by_its_own_rule(question: Question, response: dict[str, Any], mark: Mark) -> None:
    assert marked(question, response).mark is mark
