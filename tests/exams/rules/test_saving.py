from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from training.exams.rules.responses import LONGEST_REPLY
from training.exams.rules.saving import MOST_KEPT, MOST_KEPT_BYTES, SaveVerdict, Saving, Situation, has_room, is_ahead, taken_up, verdict_of
from training.exams.rules.timing import AttemptState

DEADLINE = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
IN_TIME = DEADLINE - timedelta(minutes=5)
SAVING = Saving(position=3, client_id="window-a", sequence=7, response={"options": [1]})
OPEN = Situation(state=AttemptState.OPEN, deadline_at=DEADLINE, writer_id="window-a")


def test_an_answer_in_time_is_saved() -> None:
    assert verdict_of(SAVING, OPEN, IN_TIME) is SaveVerdict.SAVED


def test_nobody_writes_yet_so_anybody_may_begin() -> None:
    assert verdict_of(SAVING, replace(OPEN, writer_id=None), IN_TIME) is SaveVerdict.SAVED


@pytest.mark.parametrize(("seconds", "verdict"), [(0, SaveVerdict.SAVED), (10, SaveVerdict.SAVED), (11, SaveVerdict.LATE)])
def test_an_answer_is_in_time_until_ten_seconds_after_the_deadline(seconds: int, verdict: SaveVerdict) -> None:
    assert verdict_of(SAVING, OPEN, DEADLINE + timedelta(seconds=seconds)) is verdict


def test_after_expiry_it_is_late_and_after_submission_closed() -> None:
    assert verdict_of(SAVING, replace(OPEN, state=AttemptState.EXPIRED), IN_TIME) is SaveVerdict.LATE
    assert verdict_of(SAVING, replace(OPEN, state=AttemptState.SUBMITTED), IN_TIME) is SaveVerdict.CLOSED


def test_another_window_is_refused_until_it_takes_over() -> None:
    assert verdict_of(SAVING, replace(OPEN, writer_id="window-b"), IN_TIME) is SaveVerdict.OTHER_WRITER


def test_what_cannot_be_read_is_kept_but_does_not_count() -> None:
    verdict = verdict_of(SAVING, replace(OPEN, is_readable=False), IN_TIME)
    assert verdict is SaveVerdict.UNREADABLE
    assert not verdict.is_in_force


@pytest.mark.parametrize(("current", "verdict"), [(6, SaveVerdict.SAVED), (7, SaveVerdict.STALE), (8, SaveVerdict.STALE)])
def test_an_older_answer_never_overrides_a_newer_one_of_the_same_window(current: int, verdict: SaveVerdict) -> None:
    situation = replace(OPEN, current_client_id="window-a", current_sequence=current)
    assert verdict_of(SAVING, situation, IN_TIME) is verdict
    assert verdict.is_in_force


def test_after_a_takeover_numbers_of_the_other_window_do_not_matter() -> None:
    situation = replace(OPEN, current_client_id="window-b", current_sequence=900)
    assert verdict_of(SAVING, situation, IN_TIME) is SaveVerdict.SAVED


def test_what_a_window_sent_before_it_took_over_again_is_stale() -> None:
    situation = replace(OPEN, writer_floor=7, current_client_id="window-b", current_sequence=1)
    assert verdict_of(SAVING, situation, IN_TIME) is SaveVerdict.STALE
    assert verdict_of(replace(SAVING, sequence=8), situation, IN_TIME) is SaveVerdict.SAVED


PAUSED = replace(OPEN, paused_at=IN_TIME)


def test_while_paused_an_answer_is_kept_whatever_the_clock_says_and_not_counted_yet() -> None:
    verdict = verdict_of(SAVING, PAUSED, DEADLINE + timedelta(days=1))
    assert verdict is SaveVerdict.PAUSED
    assert not verdict.is_in_force


def test_a_pause_lets_no_other_window_nor_older_nor_unreadable_answer_in() -> None:
    assert verdict_of(SAVING, replace(PAUSED, writer_id="window-b"), IN_TIME) is SaveVerdict.OTHER_WRITER
    assert verdict_of(SAVING, replace(PAUSED, is_readable=False), IN_TIME) is SaveVerdict.UNREADABLE
    assert verdict_of(SAVING, replace(PAUSED, current_client_id="window-a", current_sequence=8), IN_TIME) is SaveVerdict.STALE


def test_when_it_goes_on_the_newest_answer_of_the_last_window_counts_at_each_place() -> None:
    older, newer = replace(SAVING, sequence=8), replace(SAVING, sequence=9)
    elsewhere = replace(SAVING, position=4, sequence=3)
    assert taken_up([SAVING, newer, older, elsewhere]) == {3: newer, 4: elsewhere}
    other = replace(SAVING, client_id="window-b", sequence=1)
    assert taken_up([newer, other]) == {3: other}
    assert taken_up([]) == {}


def test_a_confirmed_answer_is_final_whatever_comes_later() -> None:
    for saving in (SAVING, replace(SAVING, sequence=900), replace(SAVING, response={})):
        verdict = verdict_of(saving, replace(OPEN, is_final=True, is_readable=bool(saving.response)), IN_TIME)
        assert verdict is SaveVerdict.FINAL
        assert not verdict.is_in_force


def test_what_comes_after_the_end_is_late_or_closed_also_where_it_was_confirmed() -> None:
    assert verdict_of(SAVING, replace(OPEN, is_final=True, state=AttemptState.SUBMITTED), IN_TIME) is SaveVerdict.CLOSED
    assert verdict_of(SAVING, replace(OPEN, is_final=True), DEADLINE + timedelta(minutes=1)) is SaveVerdict.LATE


@pytest.mark.parametrize(("ahead", "is_refused"), [(timedelta(), False), (timedelta(hours=23), False), (timedelta(hours=25), True)])
def test_a_number_from_a_clock_more_than_a_day_ahead_is_from_the_future(ahead: timedelta, is_refused: bool) -> None:
    number = int((IN_TIME + ahead).timestamp() * 1000)
    assert is_ahead(replace(SAVING, sequence=number), IN_TIME) is is_refused


def test_small_numbers_are_never_from_the_future() -> None:
    assert not is_ahead(SAVING, IN_TIME)


@pytest.mark.parametrize(
    ("kept_count", "kept_bytes", "byte_count", "finds_room"),
    [
        (0, 0, 64_000, True),
        (MOST_KEPT - 1, 0, 20, True),
        (MOST_KEPT, 0, 20, False),
        (MOST_KEPT, 0, 0, False),
        (1, MOST_KEPT_BYTES - 20, 20, True),
        (1, MOST_KEPT_BYTES - 20, 21, False),
        (1, MOST_KEPT_BYTES, 0, True),
    ],
)
def test_an_attempt_keeps_so_many_things_and_so_many_bytes_and_no_more(kept_count: int, kept_bytes: int, byte_count: int, finds_room: bool) -> None:
    assert has_room(kept_count, kept_bytes, byte_count) is finds_room


def test_the_longest_reply_saved_every_second_finds_room_for_three_hours() -> None:
    assert has_room(kept_count=3 * 3_600, kept_bytes=3 * 3_600 * LONGEST_REPLY, byte_count=LONGEST_REPLY)


@pytest.mark.parametrize("state", list(AttemptState))
@pytest.mark.parametrize("more", [{}, {"writer_id": "window-b"}, {"is_final": True}, {"is_readable": False}])
def test_in_a_full_attempt_nothing_finds_room_whatever_else_is_said_of_it(state: AttemptState, more: dict[str, Any]) -> None:
    for now in (IN_TIME, DEADLINE + timedelta(days=1)):
        verdict = verdict_of(SAVING, replace(OPEN, state=state, is_full=True, **more), now)
        assert verdict is SaveVerdict.FULL
        assert not verdict.is_in_force
