"""When a sequential attempt ends: MEASUREMENT.md, section 5."""

from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.sequential.decision import FEWEST_ITEMS, Plan, Verdict, outcome

EVERY_ITEM = Plan(p0=0.80, p1=0.92, alpha=0.05, beta=0.10, cap=103, block=1)
ONE_TRY = replace(EVERY_ITEM, alpha=0.05 / 3, cap=207)
BLOCKS = replace(ONE_TRY, block=10, cap=200)

plans = st.builds(
    Plan,
    p0=st.floats(0.5, 0.85),
    p1=st.floats(0.87, 0.98),
    alpha=st.sampled_from((0.01, 0.05 / 3, 0.05)),
    beta=st.sampled_from((0.05, 0.10, 0.2)),
    cap=st.integers(3, 12).map(lambda blocks: blocks * 10),
    block=st.sampled_from((1, 5, 10)),
)
marks = st.lists(st.booleans() | st.none(), max_size=130)


def test_the_evidence_is_the_log_of_the_likelihood_ratio() -> None:
    assert EVERY_ITEM.evidence(1, 1) == pytest.approx(log(0.92 / 0.80))
    assert EVERY_ITEM.evidence(0, 1) == pytest.approx(log(0.08 / 0.20))
    assert EVERY_ITEM.pass_bound == pytest.approx(log(20))
    assert EVERY_ITEM.stop_bound == pytest.approx(log(0.10 / 0.95))


@pytest.mark.parametrize(("plan", "earliest"), [(EVERY_ITEM, 22), (ONE_TRY, 30), (BLOCKS, 30), (replace(BLOCKS, cap=20), None)])
def test_nobody_passes_before_the_evidence_can_be_enough(plan: Plan, earliest: int | None) -> None:
    assert plan.earliest_pass == earliest


def test_all_right_passes_at_the_first_end_that_is_allowed() -> None:
    assert outcome([True] * 29, BLOCKS).verdict is Verdict.GOING_ON
    found = outcome([True] * 30, BLOCKS)
    assert (found.verdict, found.right_count, found.item_count, found.needed) == (Verdict.PASSED, 30, 30, 30)


def test_all_wrong_stops_not_before_twenty() -> None:
    assert outcome([False] * 19, EVERY_ITEM).verdict is Verdict.GOING_ON
    assert outcome([False] * 20, EVERY_ITEM).verdict is Verdict.STOPPED


def test_nothing_ends_within_a_block() -> None:
    assert outcome([True] * 39, replace(BLOCKS, block=20)).verdict is Verdict.GOING_ON
    assert outcome([True] * 40, replace(BLOCKS, block=20)).verdict is Verdict.PASSED


def test_the_sign_at_the_cap_never_passes() -> None:
    rights = [place % 8 != 0 for place in range(1, 104)]
    found = outcome(rights, EVERY_ITEM)
    assert found.evidence > 0
    assert found.verdict is not Verdict.PASSED


def test_an_attempt_ends_when_passing_is_out_of_reach() -> None:
    short = replace(BLOCKS, cap=40)
    assert outcome([True] * 16 + [False] * 4, short).verdict is Verdict.OUT_OF_REACH


def test_at_the_cap_it_ends_without_passing() -> None:
    assert outcome([True] * 28 + [False] * 2, replace(BLOCKS, cap=30)).verdict is Verdict.CAP


def test_places_that_do_not_count_neither_pass_nor_fail_nor_make_up_the_twenty() -> None:
    assert outcome([None] * 10 + [False] * 10, EVERY_ITEM).verdict is Verdict.GOING_ON
    assert outcome([None] * 10 + [True] * 30, BLOCKS).right_count == 30


def test_evidence_that_passed_once_is_not_lost_by_items_that_followed_for_another_reason() -> None:
    assert outcome([True] * 30 + [False] * 20, BLOCKS).verdict is Verdict.PASSED


@given(plans, marks)
def test_the_verdict_holds_what_it_says(plan: Plan, rights: list[bool | None]) -> None:
    found = outcome(rights[: plan.cap], plan)
    if found.verdict is not Verdict.GOING_ON:
        assert found.item_count >= FEWEST_ITEMS
    if found.verdict is Verdict.PASSED:
        assert found.evidence >= plan.pass_bound
        assert found.right_count >= found.needed
    if found.verdict is Verdict.GOING_ON and rights and len(rights[: plan.cap]) == plan.cap and found.item_count >= FEWEST_ITEMS:
        pytest.fail("an attempt at its cap has ended")


@given(plans, st.lists(st.booleans(), max_size=120), st.integers(0, 119))
def test_a_better_answer_never_undoes_a_pass(plan: Plan, rights: list[bool], place: int) -> None:
    if outcome(rights, plan).verdict is Verdict.PASSED and place < len(rights):
        better = [*rights[:place], True, *rights[place + 1 :]]
        assert outcome(better, plan).verdict is Verdict.PASSED
