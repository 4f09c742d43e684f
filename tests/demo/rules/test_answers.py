from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cases.rules import Action, Severity
from training.demo.rules.answers import choice_response, right_answer, slips, wrong_answer, wrong_places
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.responses import ChoiceKey, choice_fault, chosen_ids, mark_choice
from training.judgements.rules import Reference, score

VIOLATING = Reference((frozenset({Action.REMOVE, Action.STRIKE}),), ("PRO-03",), Severity.S3)
INNOCENT = Reference((frozenset({Action.APPROVE}),), ("OUT-00",), Severity.S0)
AREAS = {"PRO-03": "PRO", "PRO-04": "PRO"}


@pytest.mark.parametrize("reference", [VIOLATING, INNOCENT])
def test_a_right_answer_is_scored_right_and_a_wrong_one_wrong(reference: Reference) -> None:
    assert score(right_answer(reference, Random(1)), reference, AREAS).strict
    assert not score(wrong_answer(reference, ["PRO-04"], Random(1)), reference, AREAS).strict


def test_without_labels_to_confuse_it_with_a_harmless_case_is_still_answered() -> None:
    assert wrong_answer(INNOCENT, [], Random(1)).actions == {Action.APPROVE}


KEYS = st.sets(st.sampled_from("abcd"), min_size=1, max_size=3).map(frozenset)


@given(KEYS, st.permutations("abcd"))
def test_choices_are_right_or_wrong_as_wanted(correct: frozenset[str], order: list[str]) -> None:
    key = ChoiceKey(correct)
    for is_right in (True, False):
        response = dict(choice_response(order, key, is_right=is_right))
        assert choice_fault(response, ItemKind.MULTIPLE, 4) is None
        assert (mark_choice(chosen_ids(response, order), key) is Mark.RIGHT) is is_right


def test_a_wrong_choice_is_no_critical_miss_where_there_is_another() -> None:
    key = ChoiceKey(frozenset("a"), critical=frozenset("bc"))
    assert mark_choice(chosen_ids(choice_response("abcd", key, is_right=False), "abcd"), key) is Mark.WRONG
    assert mark_choice(chosen_ids(choice_response("abc", key, is_right=False), "abc"), key) is Mark.CRITICAL_MISS


@given(st.lists(st.sampled_from(list(Severity)), min_size=12, max_size=60), st.integers())
def test_whoever_passes_slips_seldom_and_only_lightly(severities: list[Severity], seed: int) -> None:
    slips = wrong_places(severities, passes=True, chance=Random(seed))
    assert len(slips) <= len(severities) // 25
    assert all(severities[place].level <= Severity.S2.level for place in slips)
    assert len(wrong_places(severities, passes=False, chance=Random(seed))) >= len(severities) / 3


def test_somebody_more_accurate_slips_less_often() -> None:
    items, rounds = range(1, 51), 200
    counts = [sum(len(slips(items, accuracy, Random(seed))) for seed in range(rounds)) for accuracy in (0.7, 0.85, 0.98)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == pytest.approx(0.3 * 50 * rounds, rel=0.1)
    assert slips(items, 1.0, Random(1)) == frozenset()
