"""Over- and under-enforcement of groups of people."""

import pytest

from training.insights.rules.enforcement import Enforced, Standing, enforced, enforcement_of, may_be_told
from training.judgements.rules import Costs, ErrorKind

COSTS = Costs(prevalence=0.5, miss=1.0)


@pytest.mark.parametrize(
    ("reference_acts", "answer_acts", "error", "counted"),
    [
        (True, True, None, {"hits": 1, "right": 1}),
        (True, True, ErrorKind.WRONG_SELECTION, {"hits": 1, "wrong_selections": 1}),
        (True, False, ErrorKind.FALSE_NEGATIVE, {"misses": 1}),
        (True, None, ErrorKind.FALSE_NEGATIVE, {"misses": 1}),
        (True, None, ErrorKind.WRONG_SELECTION, {"wrong_selections": 1}),
        (False, False, None, {"correct_rejections": 1, "right": 1}),
        (False, True, ErrorKind.FALSE_POSITIVE, {"false_alarms": 1}),
        (False, False, ErrorKind.WRONG_SELECTION, {"correct_rejections": 1, "wrong_selections": 1}),
        (None, None, None, {"right": 1}),
        (None, True, ErrorKind.FALSE_POSITIVE, {"false_alarms": 1}),
    ],
)
def test_a_decision_is_counted_as_a_profile_counts_it(reference_acts, answer_acts, error, counted):
    assert enforced(reference_acts=reference_acts, answer_acts=answer_acts, is_right=error is None, error=error) == Enforced(count=1, **counted)


def _made(innocent: int, false_alarms: int, violations: int = 0, misses: int = 0) -> Enforced:
    return Enforced(innocent + violations, hits=violations - misses, misses=misses, false_alarms=false_alarms, correct_rejections=innocent - false_alarms)


def test_rates_are_of_the_decisions_that_could_have_been_wrong_in_that_way():
    found = enforcement_of(_made(innocent=40, false_alarms=4, violations=50, misses=10), _made(400, 40, 500, 100), COSTS)

    assert (found.over.share.point, found.under.share.point) == (0.1, 0.2)
    assert (round(found.over.share.low, 4), round(found.over.share.high, 4)) == (0.0396, 0.2305)


def test_nine_innocent_cases_are_too_few_to_judge():
    found = enforcement_of(_made(innocent=9, false_alarms=9), _made(900, 90), COSTS)

    assert found.over.share is None
    assert found.over.standing is Standing.TOO_FEW


@pytest.mark.parametrize(
    ("innocent", "false_alarms", "standing"),
    [
        (20, 5, Standing.AS_OTHERS),
        (20, 7, Standing.HIGHER),
        (200, 33, Standing.AS_OTHERS),
        (200, 34, Standing.HIGHER),
        (200, 7, Standing.AS_OTHERS),
        (200, 6, Standing.LOWER),
    ],
)
def test_a_rate_stands_out_where_chance_brings_it_less_than_twice_in_a_thousand(innocent, false_alarms, standing):
    found = enforcement_of(_made(innocent, false_alarms), _made(10_000, 1_000), COSTS)

    assert found.over.standing is standing


@pytest.mark.parametrize(("people", "sees_people", "is_told"), [(4, False, False), (5, False, True), (1, True, True), (0, True, True)])
def test_figures_of_four_people_are_told_to_whoever_may_see_each_of_them(people, sees_people, is_told):
    assert may_be_told(people, sees_people=sees_people) is is_told


def test_sums_are_those_of_all_counts():
    assert _made(10, 2, 5, 1) + _made(4, 1, 3, 2) == _made(14, 3, 8, 3)
