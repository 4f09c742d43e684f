"""One attempt pulled at from all sides at once: saving, submitting, sweeping, pausing, extending and taking over, in threads over the real database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, right_response
from tests.exams.renewing import holder, renewing_exam
from tests.exams.services.test_concurrency import at_once
from training.accounts import queries as accounts
from training.accounts.services import open_session
from training.actors import SYSTEM, Actor, ActorKind
from training.db import begin_writing, db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.models import AnswerEvent, Attempt, ScoreRun
from training.exams.rules.integrity.kinds import MOST_SIGNALS, Reported, WindowSignal
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.services import save_at_once

WINDOW = "window-one"
LATE = timedelta(minutes=15, seconds=11)


class Room:
    """One running attempt, its candidate's sign-in, and a trainer."""

    def __init__(self, app: Flask, attempt: Attempt | None = None) -> None:
        self.app = app
        attempt = attempt or AttemptFactory(exam=ExamFactory())
        assert attempt is not None
        candidate, trainer = attempt.person_id, PersonFactory(roles=("trainer",))
        person = accounts.person(candidate)
        _session, self.token = open_session(person, address="192.0.2.1", browser="Test", now=NOON)
        self.id, self.person_id, self.public_id, self.deadline_at = attempt.id, candidate, attempt.public_id, attempt.deadline_at
        self.right = {position: right_response(attempt, position) for position in range(1, 5)}
        self.trainer = Actor(ActorKind.PERSON, trainer.id)
        db.session.commit()

    def deed(self, do: Callable[[Attempt], Any], *, to: str = "write") -> Any:
        """One request: a transaction of its own that holds the attempt."""
        hold = {"write": queries.attempt_to_write, "finish": queries.attempt_to_finish}.get(to)
        with self.app.app_context():
            begin_writing()
            try:
                result = do(hold(self.person_id, self.public_id) if hold else queries.attempt_to_supervise(self.public_id))
            except Refusal as refusal:
                db.session.rollback()
                return refusal.reason.value
            db.session.commit()
            return result

    def save(self, number: int, now: datetime = NOON, window: str = WINDOW) -> Any:
        """One answer, as browsers save it."""
        position = number % 4 + 1
        saving = Saving(position, window, number, self.right[position] if number % 3 else {})
        with self.app.app_context():
            receipt = save_at_once(self.public_id, saving, token=self.token, now=now)
            assert receipt is not None
        if receipt.saved is not None:
            return receipt.saved.verdict
        return self.deed(lambda attempt: services.save_answer(attempt, saving, by=SYSTEM, now=now).verdict)

    def submit(self, now: datetime = NOON, window: str = WINDOW) -> Any:
        return self.deed(lambda attempt: services.submit_attempt(attempt, client_id=window, by=SYSTEM, now=now).state, to="finish")

    def sweep(self, now: datetime) -> None:
        with self.app.app_context():
            begin_writing()
            services.sweep_expired(now)
            db.session.commit()

    def supervise(self, service: Callable[..., None], now: datetime, **more: Any) -> Any:
        return self.deed(lambda attempt: service(attempt, reason="Something went wrong.", by=self.trainer, now=now, **more), to="supervise")

    def stored(self) -> Attempt:
        db.session.expire_all()
        return db.session.get_one(Attempt, self.id)

    def is_sound(self) -> None:
        """Every event once, one score at most, and that score is of exactly what is stored."""
        attempt = self.stored()
        keys = [(event.client_id, event.sequence) for event in db.session.query(AnswerEvent).filter_by(attempt_id=self.id)]
        assert len(keys) == len(set(keys))
        runs = db.session.query(ScoreRun).filter_by(attempt_id=self.id).all()
        assert len(runs) == (attempt.state != "open")
        answers = queries.answers_of(self.id)
        marks = [1 if position in answers and answers[position].response else 2 for position in range(1, 5)]
        assert [list(run.marks) for run in runs] == [marks] * len(runs)
        assert attempt.finished_at is None or attempt.finished_at <= attempt.deadline_at
        db.session.rollback()


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(app)


def test_saves_and_submissions_at_once_end_in_a_score_of_exactly_what_is_stored(room: Room) -> None:
    found = at_once(lambda number: room.submit() if number % 10 == 7 else room.save(number + 1), 40)
    assert set(found) <= {"submitted", SaveVerdict.SAVED, SaveVerdict.STALE, SaveVerdict.CLOSED}
    assert room.stored().state == "submitted"
    room.is_sound()


def test_saves_after_the_deadline_and_the_sweep_at_once_change_nothing(room: Room) -> None:
    late = NOON + LATE
    found = at_once(lambda number: room.sweep(late) if number % 5 == 2 else room.save(number + 1, late), 30)
    assert set(found) == {None, SaveVerdict.LATE}
    assert room.stored().state == "expired"
    room.is_sound()


def test_an_extension_and_the_sweep_at_once_never_both_win(room: Room) -> None:
    """Within the grace an extension is possible, after it the sweep ends the attempt: whichever comes first, the other finds what is true."""
    late, grace = NOON + LATE, NOON + timedelta(minutes=15, seconds=5)

    def deed(number: int) -> Any:
        if number == 6:
            return room.supervise(services.extend_attempt, grace, minutes=10)
        return room.sweep(late) if number % 2 else room.save(number + 1, late)

    extended = at_once(deed, 20)[6] is None
    attempt = room.stored()
    assert attempt.state == ("open" if extended else "expired")
    assert attempt.deadline_at == room.deadline_at + timedelta(minutes=10 if extended else 0)
    room.is_sound()


def test_a_pause_saves_and_submissions_at_once_lose_nothing(room: Room) -> None:
    later = NOON + timedelta(minutes=1)

    def deed(number: int) -> Any:
        if number % 10 == 3:
            return room.supervise(services.pause_attempt, NOON)
        if number % 10 == 6:
            return room.supervise(services.resume_attempt, later)
        return room.save(number + 1)

    found = at_once(deed, 40)
    assert {verdict for verdict in found if isinstance(verdict, SaveVerdict)} <= {SaveVerdict.SAVED, SaveVerdict.STALE, SaveVerdict.PAUSED}
    room.supervise(services.resume_attempt, later)
    newest = {}
    for number in range(1, 41):
        if (number - 1) % 10 not in {3, 6}:
            newest[number % 4 + 1] = room.right[number % 4 + 1] if number % 3 else {}
    room.stored()
    assert {position: answer.response for position, answer in queries.answers_of(room.id).items()} == newest
    assert room.submit(later) == "submitted"
    room.is_sound()


def test_two_windows_that_take_over_from_each_other_never_both_write(room: Room) -> None:
    windows = ("window-one", "window-two")

    def deed(number: int) -> Any:
        window = windows[number % 2]
        if number % 6 < 2:
            return room.deed(lambda attempt: services.claim_writing(attempt, window, sequence=number, takes_over=True, by=SYSTEM, now=NOON))
        return room.save(number + 1, window=window)

    found = at_once(deed, 48)
    assert {verdict for verdict in found if isinstance(verdict, SaveVerdict)} <= {SaveVerdict.SAVED, SaveVerdict.STALE, SaveVerdict.OTHER_WRITER}
    writer = room.stored().writer_id
    assert writer in windows
    other = windows[1 - windows.index(writer)]
    assert room.submit(window=other) == "sitting_written_elsewhere"
    assert room.submit(window=writer) == "submitted"
    room.is_sound()


def test_signals_that_all_come_at_once_stay_within_their_bound(room: Room) -> None:
    def deed(number: int) -> Any:
        reports = [Reported(place, WindowSignal.PASTE, 1, NOON) for place in range(1, 51)]
        return room.deed(lambda attempt: services.report_signals(attempt, f"window-{number % 8}", reports, now=NOON))

    assert sum(at_once(deed, 24)) == MOST_SIGNALS
    room.stored()
    assert len(queries.signals_of(room.id)) == MOST_SIGNALS


def test_an_answer_that_is_confirmed_while_it_is_changed_stays_as_it_was_confirmed(app: Flask) -> None:
    exam = renewing_exam()
    room = Room(app, services.start_attempt(holder().id, exam, allow_public=True, by=SYSTEM, now=NOON))

    def change(number: int) -> SaveVerdict:
        saving = Saving(1, WINDOW, number + 1, {"options": [number % 4 + 1]})
        return room.deed(lambda attempt: services.save_answer(attempt, saving, by=SYSTEM, now=NOON).verdict)  # type: ignore[no-any-return]

    def confirm(attempt: Attempt) -> Any:
        was_final = attempt.confirmed_count == 1
        services.confirm_answer(attempt, 1, client_id=WINDOW, by=SYSTEM, now=NOON)
        return was_final, queries.answers_of(attempt.id)[1].response

    assert change(0) is SaveVerdict.SAVED
    found = at_once(lambda number: room.deed(confirm, to="finish") if number % 9 == 4 else change(number), 45)
    confirmed = [result for result in found if isinstance(result, tuple)]
    assert [was_final for was_final, _ in confirmed].count(False) == 1
    room.stored()
    assert {str(response) for _, response in confirmed} == {str(queries.answers_of(room.id)[1].response)}
    assert {verdict for verdict in found if isinstance(verdict, SaveVerdict)} <= {SaveVerdict.SAVED, SaveVerdict.STALE, SaveVerdict.FINAL}
