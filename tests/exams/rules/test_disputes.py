from datetime import UTC, datetime, timedelta

import pytest

from training.exams.rules.disputes import DisputeDeed, DisputeEvent, DisputeState, dispute_standing, may_raise_until

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPENED = DisputeEvent(DisputeDeed.OPENED, NOON + timedelta(minutes=30))
SEEN, CLAIMED, UPHELD, REJECTED = (DisputeEvent(deed) for deed in (DisputeDeed.SEEN, DisputeDeed.CLAIMED, DisputeDeed.UPHELD, DisputeDeed.REJECTED))


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], DisputeState.RAISED),
        ([OPENED], DisputeState.OPEN),
        ([OPENED, SEEN], DisputeState.OPEN),
        ([OPENED, SEEN, CLAIMED], DisputeState.CLAIMED),
        ([OPENED, SEEN, CLAIMED, UPHELD], DisputeState.UPHELD),
        ([REJECTED], DisputeState.REJECTED),
    ],
)
def test_a_dispute_stands_where_its_last_deed_left_it(events: list[DisputeEvent], state: DisputeState) -> None:
    assert dispute_standing(events, NOON).state is state


def test_a_view_ends_by_itself_and_may_be_opened_again() -> None:
    late = NOON + timedelta(minutes=30)
    assert dispute_standing([OPENED], late).state is DisputeState.RAISED
    again = DisputeEvent(DisputeDeed.OPENED, late + timedelta(minutes=5))
    assert dispute_standing([OPENED, again], late).open_until == again.until


def test_after_the_claim_nothing_is_open_any_more() -> None:
    assert dispute_standing([OPENED, SEEN, CLAIMED], NOON).open_until is None


def test_there_are_fourteen_days() -> None:
    assert may_raise_until(NOON) == NOON + timedelta(days=14)
