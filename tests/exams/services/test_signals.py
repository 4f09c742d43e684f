from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, right_response
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, AttemptSignal, SimilarityRun
from training.exams.rules.integrity.kinds import MOST_SIGNALS, Reported, ReviewOutcome, ReviewRefusal, WindowSignal
from training.exams.rules.saving import Saving
from training.exams.services import (
    claim_writing,
    close_review,
    compare_cohorts,
    end_break,
    keep_comparison,
    pause_attempt,
    report_signals,
    resume_attempt,
    save_answer,
    start_break,
    submit_attempt,
    tally_finished,
)

pytestmark = pytest.mark.usefixtures("app")

MINUTE = timedelta(minutes=1)
EVENING, NEXT_DAY = NOON + timedelta(hours=8), NOON + timedelta(hours=14)


def absence(number: int, minute: float = 1, seconds: float = 5.0) -> Reported:
    return Reported(number, WindowSignal.FOCUS_LOST, 1, NOON + minute * MINUTE, seconds)


def report(attempt: Attempt, *reports: Reported, now: datetime = NOON + 5 * MINUTE, window: str = "window") -> int:
    return report_signals(attempt, window, reports, now=now)


def kinds_of(attempt: Attempt) -> list[str]:
    return [signal.kind for signal in queries.signals_of(attempt.id)]


def trainer() -> Actor:
    return Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)


def test_what_a_window_reports_is_kept_once() -> None:
    attempt = AttemptFactory()
    assert report(attempt, absence(1), absence(2)) == 2
    assert report(attempt, absence(2), absence(3), Reported(4, WindowSignal.PASTE, None, NOON + MINUTE)) == 2
    assert report(attempt, absence(1), window="phone") == 1
    assert kinds_of(attempt).count("focus_lost") == 4
    assert kinds_of(attempt).count("paste") == 1


def test_an_attempt_keeps_so_many_signals_and_no_more() -> None:
    attempt = AttemptFactory()
    for first in range(1, MOST_SIGNALS + 40, 20):
        report(attempt, *(absence(number) for number in range(first, first + 20)))
    assert len(kinds_of(attempt)) == MOST_SIGNALS


def test_signals_cannot_be_changed_or_deleted() -> None:
    attempt = AttemptFactory()
    report(attempt, absence(1))
    db.session.commit()
    for signal in db.session.scalars(select(AttemptSignal)):
        signal.seconds = 0.0
    with pytest.raises(DBAPIError, match="appended to, never edited"):
        db.session.commit()
    db.session.rollback()


def test_nothing_is_recorded_before_the_start_or_after_the_end() -> None:
    attempt = AttemptFactory()
    assert report(attempt, absence(1, minute=-1)) == 0
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + 5 * MINUTE)
    assert report(attempt, absence(2)) == 0
    late = AttemptFactory(exam=queries.exams()[0])
    assert report(late, absence(1), now=late.deadline_at + MINUTE) == 0


def test_nothing_is_recorded_during_a_break_or_a_pause() -> None:
    attempt = AttemptFactory(person=PersonFactory(accommodations={"time_multiplier": 1.0, "extra_break_seconds": 240}))
    start_break(attempt, by=SYSTEM, now=NOON + MINUTE)
    assert report(attempt, absence(1, minute=2)) == 0
    end_break(attempt, by=SYSTEM, now=NOON + 2 * MINUTE)
    assert report(attempt, absence(2, minute=1.5), absence(3, minute=2.5)) == 1
    by = trainer()
    pause_attempt(attempt, reason="The power went out.", by=by, now=NOON + 3 * MINUTE)
    assert report(attempt, absence(4, minute=4)) == 0
    resume_attempt(attempt, reason="The power is back.", by=by, now=NOON + 4 * MINUTE)
    assert report(attempt, absence(5, minute=3.5), absence(6, minute=4.5)) == 1


def test_a_break_that_ran_out_hides_nothing_any_more() -> None:
    attempt = AttemptFactory(person=PersonFactory(accommodations={"time_multiplier": 1.0, "extra_break_seconds": 60}))
    start_break(attempt, by=SYSTEM, now=NOON + MINUTE)
    assert report(attempt, absence(1, minute=1.5), absence(2, minute=3)) == 1


def test_a_takeover_is_noticed() -> None:
    attempt = AttemptFactory()
    claim_writing(attempt, "window", sequence=0, takes_over=False, by=SYSTEM, now=NOON)
    claim_writing(attempt, "phone", sequence=0, takes_over=True, by=SYSTEM, now=NOON)
    assert kinds_of(attempt) == ["takeover"]


def sit(attempt: Attempt, *options: int, seconds: float = 30.0, window: str = "page-1") -> None:
    for position, option in enumerate(options, start=1):
        at = NOON + position * timedelta(seconds=seconds)
        save_answer(attempt, Saving(position, window, position, {"options": [option]}), by=SYSTEM, now=at)
    submit_attempt(attempt, client_id=window, by=SYSTEM, now=NOON + len(options) * timedelta(seconds=seconds) + MINUTE)


def test_an_ordinary_attempt_is_counted_once_and_nobody_need_look() -> None:
    attempt = AttemptFactory()
    sit(attempt, 1, 2, 3, 4)
    assert tally_finished(EVENING) == 1
    assert tally_finished(EVENING) == 0
    tally = queries.tally_of(attempt.id)
    assert tally is not None
    assert (tally.rapid_count, tally.timed_count, tally.is_impossibly_fast, tally.is_waiting) == (0, 3, False, False)


def test_rapid_answers_and_many_absences_wait_for_a_look() -> None:
    attempt = AttemptFactory()
    report(attempt, *(absence(number, seconds=20.0) for number in range(1, 4)))
    sit(attempt, 1, 2, 3, 4, seconds=1.0)
    tally_finished(EVENING)
    tally = queries.tally_of(attempt.id)
    assert tally is not None
    assert (tally.focus_count, tally.focus_seconds, tally.rapid_count, tally.is_waiting) == (3, 60.0, 3, True)
    assert queries.waiting_reviews() == 1


def test_an_exam_done_faster_than_it_can_be_read_says_so() -> None:
    ItemFactory.create_batch(4, stem="word " * 400)
    attempt = AttemptFactory(exam=ExamFactory())
    sit(attempt, 1, 2, 3, 4, seconds=5.0)
    tally_finished(EVENING)
    (found,) = (signal for signal in queries.signals_of(attempt.id) if signal.kind == "impossible_speed")
    assert (found.figures["seconds"], found.figures["least_seconds"]) == (80.0, pytest.approx(found.figures["words"] / 10, abs=0.06))
    assert found.figures["words"] > 1600


def wrong_alike(attempt: Attempt, position: int, option: str) -> int:
    place = queries.place_of(attempt.id, position)
    assert place is not None
    return place.option_order.index(option) + 1


def answer_sheet(attempt: Attempt, wrong: dict[str, str]) -> None:
    """Answer right but for these items, by the slug and the option chosen instead."""
    for place in queries.form_of(attempt):
        chosen = wrong.get(place.version.family)
        response: Any = {"options": [place.option_order.index(chosen) + 1]} if chosen else right_response(attempt, place.position)
        save_answer(attempt, Saving(place.position, "window", place.position, response), by=SYSTEM, now=NOON + place.position * MINUTE / 2)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + 14 * MINUTE)


def test_wrong_answers_in_common_are_found_once_the_day_is_over_and_only_once() -> None:
    families = [item.current_version.family for item in ItemFactory.create_batch(20) if item.current_version]
    exam = ExamFactory(item_count=20, cells=({"area": "PRO", "minimum": 20, "maximum": 20},))
    attempts = [AttemptFactory(exam=exam) for _ in range(12)]
    for number, attempt in enumerate(attempts):
        alike = dict.fromkeys(families[:12], "c") if number < 2 else {families[number]: "b"}
        answer_sheet(attempt, alike)
    while tally_finished(EVENING):
        pass
    assert compare_cohorts(EVENING) == []
    (compared,) = compare_cohorts(NEXT_DAY)
    keep_comparison(compared, now=NEXT_DAY)
    assert compare_cohorts(NEXT_DAY) == []
    assert [(run.attempt_count, run.pair_count, run.found_count) for run in db.session.scalars(select(SimilarityRun))] == [(12, 66, 1)]
    tallies = [queries.tally_of(attempt.id) for attempt in attempts]
    assert [tally.similar_count for tally in tallies if tally] == [1, 1, *[0] * 10]
    (found,) = (signal for signal in queries.signals_of(attempts[0].id) if signal.kind == "similarity")
    assert (found.figures["other"], found.figures["identical"], found.figures["pairs"]) == (attempts[1].public_id, 12, 66)
    assert found.figures["expected"] < 6


def test_a_candidate_takes_along_what_was_noticed_but_not_whom_else_it_concerns() -> None:
    attempt = AttemptFactory()
    figures = {"other": "somebody-else", "identical": 9}
    db.session.add(AttemptSignal(attempt_id=attempt.id, kind="similarity", figures=figures, at=NOON, recorded_at=NOON))
    db.session.flush()
    (kept,) = queries.signals_record(attempt.person_id)
    assert kept["signals"] == [{"kind": "similarity", "at": NOON, "question": None, "seconds": None, "figures": {"identical": 9}}]
    assert queries.signals_record(PersonFactory().id) == []


def finished() -> Attempt:
    attempt = AttemptFactory()
    sit(attempt, 1, 2, 3, 4, seconds=1.0)
    tally_finished(EVENING)
    return attempt  # type: ignore[no-any-return]


def test_a_review_is_closed_by_a_note_and_changes_no_score() -> None:
    attempt = finished()
    before = queries.result_of(attempt)
    close_review(attempt, ReviewOutcome.TALK, note="Asked how it went.", by=trainer(), now=EVENING)
    close_review(attempt, ReviewOutcome.NOTHING_FOUND, note="All is well explained.", by=trainer(), now=EVENING)
    tally = queries.tally_of(attempt.id)
    assert tally is not None
    assert (tally.outcome, tally.is_waiting) == ("nothing_found", False)
    assert [review.outcome for review in queries.reviews_of(attempt.id)] == ["nothing_found", "talk"]
    assert queries.result_of(attempt) == before
    assert list(db.session.scalars(select(AuditEntry.deed))).count("attempt.signals_reviewed") == 2


def test_nobody_reviews_their_own_attempt_or_one_that_runs() -> None:
    attempt = finished()
    with pytest.raises(Refusal) as refused:
        close_review(attempt, ReviewOutcome.NOTHING_FOUND, note="It was me.", by=Actor(ActorKind.PERSON, attempt.person_id), now=EVENING)
    assert refused.value.reason is ReviewRefusal.OWN_ATTEMPT
    with pytest.raises(Refusal) as refused:
        close_review(AttemptFactory(exam=queries.exams()[0]), ReviewOutcome.TALK, note="Too early.", by=trainer(), now=NOON)
    assert refused.value.reason is ReviewRefusal.NOT_OVER
