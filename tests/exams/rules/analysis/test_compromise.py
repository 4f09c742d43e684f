"""Worked by hand on ten candidates, by the formulas of Beuk (1984) and Hofstee (1983)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.analysis.compromise import Compromise, CutJudgement, Fit, beuk, hofstee, share_reaching

SCORES = dict.fromkeys((0.50, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00), 1)
"""Reached by 10, 9, 8, 7, 6, 5, 4, 3, 2 and 1 of ten."""


def judge(cut: float = 0.75, passing: float = 0.7, limits: tuple[float, float, float, float] = (0.65, 0.85, 0.10, 0.40)) -> CutJudgement:
    return CutJudgement(cut, passing, *limits)


@pytest.mark.parametrize(("cut", "expected"), [(0.0, 1.0), (0.5, 1.0), (0.501, 0.9), (0.75, 0.6), (1.0, 0.1), (1.01, 0.0)])
def test_so_many_reach_a_cut(cut: float, expected: float) -> None:
    assert share_reaching(SCORES, cut) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("said", "cut", "passing"),
    [
        # k̄ .75, s .01; v̄ .70, s .20; slope 20. Between .70 and .75 six of ten pass: .75 + (.60 − .70) / 20 = .745.
        pytest.param(((0.74, 0.5), (0.75, 0.7), (0.76, 0.9)), 0.745, 0.6, id="they agree about the cut"),
        # k̄ .75, s .10; v̄ .70, s .01; slope .1. Up to .70 seven of ten pass, which the line reaches at .75 only; beyond, six: at −.25. So at the step.
        pytest.param(((0.65, 0.69), (0.75, 0.70), (0.85, 0.71)), 0.70, 0.7, id="they agree about who passes"),
        # k̄ .90, s .05; v̄ .80, s .10; slope 2. Up to .75 six of ten pass: .90 + (.60 − .80) / 2 = .80; beyond, five: .75. So at the step.
        pytest.param(((0.85, 0.70), (0.90, 0.80), (0.95, 0.90)), 0.75, 0.6, id="they ask for more than is reached"),
        pytest.param(((0.80, 0.60), (0.80, 0.70)), 0.80, 0.5, id="all name the same cut"),
        pytest.param(((0.70, 0.55), (0.90, 0.55)), 0.75, 0.6, id="all name the same share"),
    ],
)
def test_beuk_by_hand(said: tuple[tuple[float, float], ...], cut: float, passing: float) -> None:
    found = beuk([judge(*each) for each in said], SCORES)
    assert found == Compromise(pytest.approx(cut), pytest.approx(passing), len(said))


@pytest.mark.parametrize(
    ("limits", "cut", "passing", "fit"),
    [
        # From (.65, 40 % fail) to (.85, 10 % fail): passing 60 % + 1.5 (k − .65). Up to .70 seven of ten pass, which it reaches at .7167; beyond, six: at .65.
        pytest.param(((0.65, 0.85, 0.10, 0.40),), 0.70, 0.7, Fit.FITS, id="at a step"),
        # From (.70, 60 %) to (.80, 20 %): 40 % + 4 (k − .70). Up to .75 six of ten pass: .70 + .20 / 4 = .75.
        pytest.param(((0.70, 0.80, 0.20, 0.60),), 0.75, 0.6, Fit.FITS, id="between steps"),
        # The mean of two judges is the line above.
        pytest.param(((0.68, 0.78, 0.15, 0.65), (0.72, 0.82, 0.25, 0.55)), 0.75, 0.6, Fit.FITS, id="over the judges"),
        pytest.param(((0.80, 0.90, 0.05, 0.20),), 0.80, 0.5, Fit.TOO_STRICT, id="even the lowest cut fails too many"),
        pytest.param(((0.40, 0.50, 0.20, 0.30),), 0.50, 1.0, Fit.TOO_LENIENT, id="even the highest fails too few"),
        pytest.param(((0.75, 0.75, 0.10, 0.60),), 0.75, 0.6, Fit.FITS, id="one cut alone"),
    ],
)
def test_hofstee_by_hand(limits: tuple[Any, ...], cut: float, passing: float, fit: Fit) -> None:
    found = hofstee([judge(limits=each) for each in limits], SCORES)
    assert found == Compromise(pytest.approx(cut), pytest.approx(passing), len(limits), fit)


def test_nothing_is_said_without_scores_or_judges() -> None:
    assert beuk([judge(), judge()], {}) is None
    assert beuk([judge()], SCORES) is None, "one judge has no spread"
    assert hofstee([], SCORES) is None
    assert hofstee([judge()], {}) is None


@pytest.mark.parametrize(("count", "expected"), [(7, False), (8, True)])
def test_eight_judges_may_move_somebody_to_act(count: int, expected: bool) -> None:
    found = hofstee([judge()] * count, SCORES)
    assert found is not None
    assert found.may_decide is expected


SHARES = st.integers(0, 100).map(lambda percent: percent / 100)


@given(
    st.lists(st.tuples(SHARES, SHARES, SHARES, SHARES, SHARES, SHARES), min_size=2, max_size=12),
    st.dictionaries(SHARES, st.integers(1, 50), min_size=1, max_size=20),
)
def test_a_compromise_is_a_cut_within_what_judges_could_accept(said: list[tuple[float, ...]], scores: dict[float, int]) -> None:
    judges = [
        CutJudgement(cut, passing, *sorted(cuts), *sorted(failing)) for cut, passing, *cuts_and_failing in said for cuts, failing in [split(cuts_and_failing)]
    ]
    lowest, highest = (sum(values) / len(judges) for values in ([each.lowest_cut for each in judges], [each.highest_cut for each in judges]))
    by_hofstee, by_beuk = hofstee(judges, scores), beuk(judges, scores)
    assert by_hofstee is not None and by_beuk is not None
    assert lowest - 1e-9 <= by_hofstee.cut <= highest + 1e-9
    assert 0 <= by_beuk.cut <= 1
    for found in (by_hofstee, by_beuk):
        assert found.passing == pytest.approx(share_reaching(scores, found.cut))


def split(four: list[float]) -> tuple[list[float], list[float]]:
    return four[:2], four[2:]
