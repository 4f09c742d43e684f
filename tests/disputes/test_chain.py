"""Where a dispute stands between claim and closure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from training.disputes.rules.chain import Course, Progress, Step, stages_of
from training.disputes.rules.reviews import Outcome

CLAIMED = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
OPEN = Course(CLAIMED)
AMENDED = replace(OPEN, review_count=2, decided_at=CLAIMED + DAY, outcome=Outcome.AMENDED)
CARRIED = replace(AMENDED, carried_at=CLAIMED + 2 * DAY, to_score_count=40, scored_count=12)
DONE, NOW, AHEAD = Progress.DONE, Progress.NOW, Progress.AHEAD
CLOSED = [(Step.CLAIMED, DONE), (Step.REVIEWED, DONE), (Step.DECIDED, DONE)]
REST = [(Step.CARRIED, AHEAD), (Step.SCORED, AHEAD), (Step.TOLD, AHEAD)]


@pytest.mark.parametrize(
    ("course", "stages"),
    [
        (OPEN, [(Step.CLAIMED, DONE), (Step.REVIEWED, NOW), (Step.DECIDED, AHEAD), *REST]),
        (replace(OPEN, has_open_claim=False), [(Step.CLAIMED, DONE), (Step.TAKEN_BACK, DONE)]),
        (replace(AMENDED, outcome=Outcome.UPHELD), CLOSED),
        (AMENDED, [*CLOSED, (Step.CARRIED, NOW), *REST[1:]]),
        (replace(AMENDED, has_open_claim=False), [*CLOSED, (Step.CARRIED, NOW), *REST[1:]]),
        (replace(AMENDED, outcome=Outcome.GREY, is_moot=True), [*CLOSED, (Step.MOOT, DONE)]),
        (CARRIED, [*CLOSED, (Step.CARRIED, DONE), (Step.SCORED, NOW), (Step.TOLD, AHEAD)]),
        (replace(CARRIED, scored_at=CLAIMED + 3 * DAY), [*CLOSED, (Step.CARRIED, DONE), (Step.SCORED, DONE), (Step.TOLD, NOW)]),
    ],
)
def test_every_step_is_behind_under_way_or_to_come(course: Course, stages: list[tuple[Step, Progress]]) -> None:
    assert [(stage.step, stage.progress) for stage in stages_of(course)] == stages


@pytest.mark.parametrize(("reviews", "total"), [(0, 2), (1, 2), (2, 3)])
def test_a_third_review_is_waited_for_where_two_differ(reviews: int, total: int) -> None:
    reviewed = stages_of(replace(OPEN, review_count=reviews))[1]
    assert (reviewed.count, reviewed.total) == (reviews, total)
