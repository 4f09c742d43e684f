"""Before and after a policy change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from training.insights.rules.effects import Answers, Effects, Phase, Side, days_since, effects_of, phase_of, uptake_of, window_of

PUBLISHED = datetime(2026, 5, 4, 9, tzinfo=UTC)


def after(**span: float) -> datetime:
    return PUBLISHED + timedelta(**span)


@pytest.mark.parametrize(("days", "weeks"), [(-1, 0), (0, 0), (6.99, 0), (7, 1), (20, 2), (56, 8), (400, 8)])
def test_as_many_whole_weeks_are_looked_at_as_are_over(days, weeks):
    window = window_of(PUBLISHED, now=after(days=days))

    assert window.weeks == weeks
    assert window.published_at - window.since == window.until - window.published_at
    assert window.since.weekday() == window.until.weekday() == PUBLISHED.weekday()


@pytest.mark.parametrize(
    ("given", "acknowledged", "place"),
    [
        (-14.01, 3, None),
        (-14, 3, (Side.ACKNOWLEDGED, Phase.BEFORE)),
        (-0.01, None, (Side.OTHERS, Phase.BEFORE)),
        (0, 3, (Side.ACKNOWLEDGED, Phase.BETWEEN)),
        (3, 3, (Side.ACKNOWLEDGED, Phase.AFTER)),
        (0, None, (Side.OTHERS, Phase.AFTER)),
        (5, 14, (Side.OTHERS, Phase.AFTER)),
        (13.99, 13, (Side.ACKNOWLEDGED, Phase.AFTER)),
        (14, 3, None),
    ],
)
def test_an_answer_counts_beside_the_change_and_its_giver(given, acknowledged, place):
    window = window_of(PUBLISHED, now=after(days=14))

    assert phase_of(after(days=given), window, after(days=acknowledged) if acknowledged is not None else None) == place


def _counted(before: tuple[int, int], after: tuple[int, int], others: tuple[int, int, int, int] = (0, 0, 0, 0)) -> Effects:
    own = {Phase.BEFORE: before, Phase.AFTER: after}
    return effects_of(
        {(Side.ACKNOWLEDGED, phase): Answers(count, right, 5) for phase, (right, count) in own.items()}
        | {(Side.OTHERS, Phase.BEFORE): Answers(others[1], others[0], 5), (Side.OTHERS, Phase.AFTER): Answers(others[3], others[2], 5)}
    )


def test_the_change_has_newcombes_limits():
    change = _counted((48, 80), (56, 70)).acknowledged.change

    assert (round(change.low, 4), round(change.point, 4), round(change.high, 4)) == (0.0524, 0.2, 0.3339)


def test_what_happened_to_everybody_is_taken_off():
    found = _counted((48, 80), (56, 70), (30, 60, 42, 60))

    assert found.others.change.point == pytest.approx(0.2)
    assert found.beyond_others.point == pytest.approx(0)
    assert found.beyond_others.low < -0.15 < 0.15 < found.beyond_others.high


@pytest.mark.parametrize(("before", "after"), [((9, 9), (50, 50)), ((50, 50), (9, 9)), ((0, 0), (0, 0))])
def test_nine_answers_are_too_few_for_a_change(before, after):
    found = _counted(before, after)

    assert found.acknowledged.change is None
    assert found.beyond_others is None


def test_the_share_that_acknowledged_is_told_day_by_day():
    assert uptake_of({0: 3, 2: 1}, 8, days=2) == [(3, 0.375), (3, 0.375), (4, 0.5)]


def test_of_nobody_asked_no_share_is_told():
    assert uptake_of({}, 0, days=3) == []


def test_days_are_those_of_the_zone_and_end_with_the_eighth_week():
    jakarta = ZoneInfo("Asia/Jakarta")
    late = datetime(2026, 5, 4, 18, tzinfo=UTC)

    assert days_since(late, now=late, zone=jakarta) == {0: datetime(2026, 5, 5, 17, tzinfo=UTC)}
    assert days_since(late, now=late + timedelta(days=1), zone=jakarta)[1] == datetime(2026, 5, 6, 17, tzinfo=UTC)
    assert max(days_since(late, now=late + timedelta(days=99), zone=jakarta)) == 56
