"""What a ruling makes of a mark, whichever the kind of item, and which keys fit."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked, Question, marked
from training.exams.rules.ruling_keys import key_fault, key_in_words, key_of, with_key
from training.exams.rules.rulings import Effect, RulingKind, RulingRefusal, effect_of, ruled

CHOICE = {"options": [{"id": letter, "text": letter, "correct": letter == "a", "critical": letter == "d"} for letter in "abcd"]}
ORDER = {"steps": [{"id": letter, "text": letter} for letter in "abc"]}
NUMBER = {"language": "en", "answer": {"number": "12.5", "units": ["kg"]}}
WORDS = {"language": "en", "answer": {"texts": ["forty"]}}
TEXT = {"evidence": {"text": "A cure for all. Buy now.", "extent": [24], "needed_overlap": 0.5, "marks": [[0, 15]]}}
PICTURE = {"evidence": {"extent": [100, 100], "needed_overlap": 0.5, "marks": [[0, 0, 10, 10]]}}

KEYS = [
    (ItemKind.SINGLE, CHOICE, {"correct": ["b"]}),
    (ItemKind.MULTIPLE, CHOICE, {"correct": ["b", "d"]}),
    (ItemKind.ORDERING, ORDER, {"order": ["b", "a", "c"]}),
    (ItemKind.SHORT, NUMBER, {"number": "13", "units": ["kg"]}),
    (ItemKind.SHORT, WORDS, {"texts": ["forty", "40"]}),
    (ItemKind.EVIDENCE, TEXT, {"marks": [[16, 24]]}),
    (ItemKind.EVIDENCE, PICTURE, {"marks": [[5, 5, 20, 20]]}),
]

marks = st.one_of(
    st.sampled_from([Marked(Mark.RIGHT), Marked(Mark.WRONG), Marked(Mark.BLANK), Marked(Mark.CRITICAL_MISS)]),
    st.floats(0.01, 0.99).map(lambda credit: Marked(Mark.PARTIAL, credit)),
)
WORTH = {Mark.RIGHT: 1.0, Mark.CRITICAL_MISS: -1.0}


def worth(given_mark: Marked) -> float:
    return given_mark.credit if given_mark.mark is Mark.PARTIAL else WORTH.get(given_mark.mark, 0.0)


@given(st.sampled_from(RulingKind), marks)
def test_the_same_key_changes_nothing(kind: RulingKind, mark: Marked) -> None:
    after, counts = ruled(kind, mark, mark)
    assert after == (Marked(Mark.RIGHT) if kind is RulingKind.FULL_CREDIT else mark)
    assert counts == (kind is not RulingKind.DROP)


@given(st.sampled_from(RulingKind), marks, marks)
def test_a_ruling_applied_twice_says_the_same(kind: RulingKind, old: Marked, new: Marked) -> None:
    once, counts = ruled(kind, old, new)
    assert ruled(kind, once, new) == (once, counts)


@given(marks, marks)
def test_either_key_is_never_worse_than_one_of_them(old: Marked, new: Marked) -> None:
    after, _ = ruled(RulingKind.EITHER_KEY, old, new)
    assert worth(after) == max(worth(old), worth(new))


@given(st.sampled_from(RulingKind), marks, marks, marks)
def test_a_better_answer_never_scores_less_under_a_ruling(kind: RulingKind, old: Marked, better: Marked, new: Marked) -> None:
    low, high = sorted((old, better), key=worth)
    assert worth(ruled(kind, low, new)[0]) <= worth(ruled(kind, high, new)[0])


@given(
    st.permutations("abcd"),
    st.sampled_from([*permutations("abcd", 1), *permutations("abcd", 2)]),
    st.sampled_from([{"correct": ["b"]}, {"correct": ["c", "d"]}]),
)
def test_the_order_in_which_options_are_shown_never_matters(shown: list[str], chosen: tuple[str, ...], key: dict[str, Any]) -> None:
    for document in (CHOICE, with_key(ItemKind.MULTIPLE, CHOICE, key)):
        here = {"options": [shown.index(option) + 1 for option in chosen]}
        there = {"options": ["abcd".index(option) + 1 for option in chosen]}
        assert marked(Question(ItemKind.MULTIPLE, document, shown), here) == marked(Question(ItemKind.MULTIPLE, document, list("abcd")), there)


@pytest.mark.parametrize(("kind", "document", "key"), KEYS)
def test_an_item_with_a_new_key_is_as_if_it_had_always_had_it(kind: ItemKind, document: dict[str, Any], key: dict[str, Any]) -> None:
    assert key_fault(kind, document, key) is None
    assert key_of(kind, with_key(kind, document, key)) == key
    assert with_key(kind, document, key_of(kind, document)) == document
    assert key_fault(kind, document, key_of(kind, document)) is RulingRefusal.KEY_THE_SAME


def test_an_option_that_becomes_right_is_no_critical_miss_any_more() -> None:
    document = with_key(ItemKind.SINGLE, CHOICE, {"correct": ["d"]})
    assert marked(Question(ItemKind.SINGLE, document, list("abcd")), {"options": [4]}) == Marked(Mark.RIGHT)
    assert marked(Question(ItemKind.SINGLE, document, list("abcd")), {"options": [1]}) == Marked(Mark.WRONG)


@pytest.mark.parametrize(
    ("kind", "document", "key", "fault"),
    [
        (ItemKind.SINGLE, CHOICE, {"correct": ["a", "b"]}, RulingRefusal.KEY_UNFIT),
        (ItemKind.MULTIPLE, CHOICE, {"correct": ["a", "b", "c", "d"]}, RulingRefusal.KEY_UNFIT),
        (ItemKind.ORDERING, ORDER, {"order": ["a", "b"]}, RulingRefusal.KEY_UNFIT),
        (ItemKind.ORDERING, ORDER, {"order": ["a", "a", "b"]}, RulingRefusal.KEY_UNFIT),
        (ItemKind.SHORT, NUMBER, {"texts": ["twelve"]}, RulingRefusal.KEY_UNFIT),
        (ItemKind.SHORT, WORDS, {"texts": []}, RulingRefusal.KEY_MISSING),
        (ItemKind.EVIDENCE, PICTURE, {"marks": [[1, 2]]}, RulingRefusal.KEY_UNFIT),
        (ItemKind.EVIDENCE, TEXT, None, RulingRefusal.KEY_MISSING),
        (ItemKind.REPLY, {}, {"correct": ["a"]}, RulingRefusal.KIND_WITHOUT_KEY),
        (ItemKind.TYPING, {}, None, RulingRefusal.KIND_WITHOUT_KEY),
    ],
)
def test_a_key_that_does_not_fit_is_told_from_one_that_does(kind: ItemKind, document: dict[str, Any], key: dict[str, Any] | None, fault: RulingRefusal) -> None:
    assert key_fault(kind, document, key) is fault


@pytest.mark.parametrize(
    ("kind", "document", "lines", "key"),
    [
        (ItemKind.ORDERING, ORDER, "B, a, c", {"order": ["b", "a", "c"]}),
        (ItemKind.SHORT, WORDS, "forty\n\n40 \n", {"texts": ["forty", "40"]}),
        (ItemKind.SHORT, NUMBER, "13\n0.5", {"number": "13", "tolerance": "0.5", "units": ["kg"]}),
        (ItemKind.SHORT, NUMBER, "thirteen", {}),
        (ItemKind.EVIDENCE, TEXT, "Buy now.", {"marks": [[16, 24]]}),
        (ItemKind.EVIDENCE, TEXT, "not in it", {"marks": []}),
        (ItemKind.EVIDENCE, PICTURE, "5, 5, 20, 20", {"marks": [[5.0, 5.0, 20.0, 20.0]]}),
    ],
)
def test_keys_are_read_from_what_people_write(kind: ItemKind, document: dict[str, Any], lines: str, key: dict[str, Any]) -> None:
    assert key_in_words(kind, document, picked=[], lines=lines) == key


@pytest.mark.parametrize(
    ("was", "now", "rests", "effect"),
    [
        (False, True, False, Effect.GAINED),
        (True, False, True, Effect.LOST),
        (True, False, False, Effect.LOST_MOOT),
        (True, True, True, Effect.FIGURES),
        (False, False, False, Effect.FIGURES),
    ],
)
def test_what_a_changed_result_means(was: bool, now: bool, rests: bool, effect: Effect) -> None:
    assert effect_of(was_passed=was, is_passed=now, is_rested_on=rests) is effect
