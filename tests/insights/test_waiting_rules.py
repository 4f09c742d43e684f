"""The product-limit estimate against published figures, and against another implementation."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from training.insights.rules.waiting import Median, Waits, median_wait, shares_waiting

SIX_MP = Waits(Counter([6, 6, 6, 7, 10, 13, 16, 22, 23]), Counter([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]))
"""Weeks of remission under 6-mercaptopurine (Freireich and others 1963), as every textbook on survival has them."""
PLACEBO = Waits(Counter([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]))


def test_the_share_that_waits_is_that_of_the_textbooks():
    shares = {share.days: round(share.point, 4) for share in shares_waiting(SIX_MP)}

    assert shares == {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


@pytest.mark.parametrize(("waits", "median"), [(SIX_MP, Median(13, 23, None)), (PLACEBO, Median(4, 8, 11))])
def test_the_median_and_its_limits_are_the_published_ones(waits, median):
    assert median_wait(waits) == median


def test_those_who_wait_still_make_the_median_longer_than_that_of_those_who_are_there():
    arrived = Waits(dict.fromkeys(range(1, 11), 1))
    with_others = arrived + Waits(unfinished={30: 9})

    assert median_wait(arrived).days == 5
    assert median_wait(with_others).days == 10


def test_a_median_is_not_given_that_half_of_the_people_have_not_reached():
    found = median_wait(Waits({1: 2, 3: 2}, {9: 8}))

    assert found.days is None
    assert found.high is None


def test_nine_people_are_too_few_to_judge():
    assert median_wait(Waits({1: 9})) is None
    assert median_wait(Waits({1: 9}, {4: 1})) == Median(1, 1, 1)


def test_whoever_stops_waiting_on_the_day_on_which_others_arrive_might_have_arrived_with_them():
    (only,) = shares_waiting(Waits({5: 5}, {5: 5}))

    assert only.point == 0.5


DAYS = st.dictionaries(st.integers(0, 40), st.integers(1, 5), max_size=12)


@given(DAYS, DAYS)
def test_another_implementation_finds_the_same(reached, unfinished):
    if not reached:
        return
    waits = Waits(reached, unfinished)
    told = CensoredData.right_censored(
        [*Counter(reached).elements(), *Counter(unfinished).elements()], [False] * sum(reached.values()) + [True] * sum(unfinished.values())
    )
    survival = ecdf(told).sf

    for share in shares_waiting(waits):
        assert share.point == pytest.approx(survival.evaluate(share.days), abs=1e-12)
