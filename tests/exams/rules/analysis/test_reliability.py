"""Reliability against calculations by hand."""

import numpy as np
import pytest

from tests.exams.rules.analysis.sheets import FIVE_BY_FOUR, row
from training.exams.rules.analysis.reliability import cronbach_alpha, drawn_reliability, effective_weights, fixed_form, reliability_limits, standard_error
from training.exams.rules.analysis.sheet import sheet_of

MARKS = np.array(FIVE_BY_FOUR, dtype=float)
GUTTMAN = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=float)


def test_alpha_matches_the_calculation_by_hand() -> None:
    assert cronbach_alpha(GUTTMAN) == pytest.approx(0.75)
    assert cronbach_alpha(MARKS) == pytest.approx(0.410256, abs=5e-7)


def test_alpha_of_equal_totals_or_one_item_is_not_defined() -> None:
    assert np.isnan(cronbach_alpha(np.array([[1.0, 0.0], [0.0, 1.0]])))
    assert np.isnan(cronbach_alpha(np.array([[1.0], [0.0]])))


def test_effective_weights_match_the_calculation_by_hand() -> None:
    assert effective_weights(MARKS).tolist() == pytest.approx([0.267561, 0.303386, 0.143018, 0.286035], abs=5e-7)


SHROUT_AND_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)
"""Six targets by four judges: Shrout & Fleiss (1979), Psychological Bulletin 86, table 2."""


def test_the_limits_of_alpha_are_those_published_for_its_intraclass_correlation() -> None:
    """ICC(3,4) = .909; R's psych gives .68 to .99."""
    alpha = cronbach_alpha(SHROUT_AND_FLEISS)
    limits = reliability_limits(alpha, 6, 5 * 3)
    assert limits is not None
    assert alpha == pytest.approx(0.909, abs=5e-4)
    assert limits == pytest.approx((0.68, 0.99), abs=5e-3)


def test_the_limits_of_drawn_forms_are_those_published_for_a_one_way_analysis() -> None:
    """ICC(1,4) = .443; R's psych gives −.88 to .91."""
    reliability = drawn_reliability(SHROUT_AND_FLEISS.ravel(), np.repeat(np.arange(6), 4))
    limits = reliability_limits(reliability, 6, 6 * 3)
    assert limits is not None
    assert reliability == pytest.approx(0.443, abs=5e-4)
    assert limits == pytest.approx((-0.88, 0.91), abs=5e-3)


def test_what_is_not_defined_has_no_limits() -> None:
    assert reliability_limits(float("nan"), 6, 15) is None
    assert reliability_limits(0.5, 1, 0) is None


def test_an_item_against_the_total_has_no_weight() -> None:
    weights = effective_weights(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1]], dtype=float))
    assert np.isnan(weights[2])
    assert np.nansum(weights) == pytest.approx(1)


def test_the_reliability_of_drawn_forms_matches_the_calculation_by_hand() -> None:
    """Within: 0/4, 0/4 and (1/3)/4, on average 1/36; between: var(1, 0, ½) = ¼."""
    sheet = sheet_of([row([1, 2, 3, 4], [1, 1, 1, 1]), row([5, 6, 7, 8], [0, 0, 0, 0]), row([1, 5, 2, 6], [1, 1, 0, 0])])
    assert drawn_reliability(sheet.credit, sheet.attempt) == pytest.approx(1 - 4 / 36, abs=1e-12)


def test_the_standard_error_is_the_spread_that_is_chance() -> None:
    assert standard_error(0.1, 0.84) == pytest.approx(0.04)
    assert standard_error(0.1, -0.5) == pytest.approx(0.1)


def test_a_fixed_form_is_seen_whatever_the_order_of_its_items() -> None:
    found = fixed_form(sheet_of([row([1, 2], [1, 0]), row([2, 1], [1, 0])]))
    assert found is not None
    assert found[0].tolist() == [0, 1]
    assert found[1].tolist() == [[1, 0], [0, 1]]
    assert fixed_form(sheet_of([row([1, 2], [1, 0]), row([2, 3], [1, 0])])) is None


def test_weights_change_the_reliability_of_the_points_only() -> None:
    """Two items each, weighing 1 and 3: Σw² / (Σw)² = 10 / 16; within ½ for whoever has one right, none for the others."""
    sheet = sheet_of([row([1, 2], [1, 1]), row([3, 4], [1, 0]), row([1, 3], [0, 0])])
    weight = np.array([1.0, 3.0] * 3)
    spread = np.var([1, 0.25, 0], ddof=1)
    assert drawn_reliability(sheet.credit, sheet.attempt, weight) == pytest.approx(1 - (0.5 * 10 / 16 / 3) / spread)
    assert drawn_reliability(sheet.credit, sheet.attempt, np.full(6, 4.0)) == pytest.approx(drawn_reliability(sheet.credit, sheet.attempt))
