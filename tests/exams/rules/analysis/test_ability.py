"""An item's characteristic and what was answered by fifths, against SciPy's ranks, binned statistics, cross tables and intervals."""

import numpy as np
import pytest
from scipy.stats import binned_statistic, binomtest, rankdata
from scipy.stats.contingency import crosstab

from tests.exams.rules.analysis.sheets import fixed_sheet, row
from training.exams.rules.analysis.ability import ability_groups
from training.exams.rules.analysis.figures import AbilityGroup, Chosen
from training.exams.rules.analysis.items import FIFTHS, answers_given, groups_by_rest, rest_order
from training.exams.rules.analysis.sheet import Sheet, cells_of, rest_proportions, sheet_of

PEOPLE, ITEMS = 400, 15


@pytest.fixture(scope="module")
def rasch() -> tuple[np.ndarray, np.ndarray]:
    """Marks and answers of people to single choices of four, as Rasch's model has them."""
    random = np.random.default_rng(20261123)
    ability, difficulty = random.normal(0, 1, (PEOPLE, 1)), np.linspace(-2, 2, ITEMS)
    marks = (random.random((PEOPLE, ITEMS)) < 1 / (1 + np.exp(difficulty - ability))).astype(int)
    return marks, np.where(marks == 1, 1, 1 << random.integers(1, 4, marks.shape))


def groups_and_answers(sheet: Sheet) -> tuple[dict[int, tuple[AbilityGroup, ...]], dict[int, list[Chosen]]]:
    rests = rest_proportions(sheet)
    order = rest_order(sheet, rests)
    third, fifth = groups_by_rest(sheet, rests, order)
    return ability_groups(sheet, rests, order, fifth, FIFTHS), answers_given(sheet, cells_of(sheet), rests, (third, fifth))


def test_the_characteristic_is_what_scipy_makes_of_the_same_ranks(rasch: tuple[np.ndarray, np.ndarray]) -> None:
    marks, _ = rasch
    found, _ = groups_and_answers(fixed_sheet(marks.tolist()))
    for item in range(ITEMS):
        rest = (marks.sum(axis=1) - marks[:, item]) / (ITEMS - 1)
        quantile = (rankdata(rest) - 0.5) / PEOPLE
        right, mean_rest, lowest = (
            binned_statistic(quantile, values, statistic, FIFTHS, (0, 1)).statistic
            for values, statistic in ((marks[:, item], "sum"), (rest, "mean"), (rest, "min"))
        )
        counts = np.histogram(quantile, FIFTHS, (0, 1))[0]
        assert [group.count for group in found[item]] == counts.tolist()
        assert [group.rest for group in found[item]] == pytest.approx(mean_rest.tolist())
        assert [group.lowest for group in found[item]] == pytest.approx(lowest.tolist())
        for group, right_count, count in zip(found[item], right, counts, strict=True):
            limits = binomtest(int(right_count), int(count)).proportion_ci(0.95, "wilson")
            assert group.right is not None
            assert (group.right.point, group.right.low, group.right.high) == pytest.approx((right_count / count, limits.low, limits.high), abs=1e-9)


def test_answers_by_fifths_are_the_cross_table_of_scipy(rasch: tuple[np.ndarray, np.ndarray]) -> None:
    marks, codes = rasch
    groups, found = groups_and_answers(fixed_sheet(marks.tolist(), choices=codes.tolist()))
    rest = marks.sum(axis=1) - marks[:, 3]
    fifth = np.floor(FIFTHS * (rankdata(rest) - 0.5) / PEOPLE).astype(int)
    table = crosstab(codes[:, 3], fifth)
    assert {chosen.code: list(chosen.by_fifth) for chosen in found[3]} == dict(zip(table.elements[0].tolist(), table.count.tolist(), strict=True))
    assert [sum(column) for column in zip(*(chosen.by_fifth for chosen in found[3]), strict=True)] == [group.count for group in groups[3]]


def test_equal_rests_share_a_fifth_and_the_others_are_empty() -> None:
    groups, _ = groups_and_answers(fixed_sheet([[1, 1], [0, 1], [1, 1]]))
    assert [group.count for group in groups[0]] == [0, 0, 3, 0, 0]
    assert [group.right for group in groups[0]] == [None, None, groups[0][2].right, None, None]


def test_an_item_that_stands_alone_is_in_no_fifth() -> None:
    groups, found = groups_and_answers(sheet_of([row([1], [1], [1]), row([1], [0], [2])]))
    assert [group.count for group in groups[0]] == [0] * FIFTHS
    assert [(chosen.count, chosen.by_fifth) for chosen in found[0]] == [(1, (0,) * FIFTHS)] * 2
