"""Anything candidates, their windows, the clock and the sweep can do, in any order, beside a plain model of it."""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON
from tests.exams.machine.plain_bank import BANK, ITEM_COUNT, WORDS, PlainPlace, store_bank
from tests.exams.machine.plain_hall import LIMIT, PlainAttempt, PlainPerson, Sent
from training.actors import SYSTEM
from training.certification import queries as certification
from training.db import begin_writing, db
from training.errors import NotFound, Refusal
from training.exams import queries, services
from training.exams.models import AnswerEvent, Attempt, FormItem, Item, ItemUse, ItemVersion, ScoreRun
from training.exams.queries import PublishedExam
from training.exams.rules.saving import Saving

WINDOWS = st.sampled_from(["tab", "phone", "library"])
PEOPLE = st.integers(0, 1)
NUMBERS = st.integers(1, 12)
STEPS_OF_TIME = st.sampled_from([timedelta(seconds=1), timedelta(minutes=5), LIMIT, timedelta(minutes=40), timedelta(hours=25), timedelta(days=8)])
HELD_FOR = timedelta(days=140)
"""A certificate holds longer than this; the model knows no renewal."""


class Hall(RuleBasedStateMachine):
    """Two people who sit one exam, one of them with longer time."""

    exam: PublishedExam
    seeds: Iterator[int]

    @initialize()
    def open_hall(self) -> None:
        begin_writing()
        db.session.execute(delete(ItemUse))
        db.session.commit()
        Hall.seeds = count(1)
        self.now = NOON
        ordinary, longer = PersonFactory(), PersonFactory(accommodations={"time_multiplier": 1.5, "extra_break_seconds": 60})
        self.people = [PlainPerson(ordinary.id, LIMIT), PlainPerson(longer.id, LIMIT * 1.5 + timedelta(seconds=60))]
        self.kept: dict[int, tuple[Any, ...]] = {}

    def teardown(self) -> None:
        """Leave nothing open for the next hall's sweep to find."""
        db.session.rollback()
        self._deed(lambda: services.sweep_expired(self.now + HELD_FOR))

    def _deed(self, deed: Callable[[], Any]) -> Any:
        """What one request does: a transaction that commits, or is rolled back by a refusal."""
        begin_writing()
        try:
            result = deed()
        except Refusal as refusal:
            db.session.rollback()
            return refusal.reason.value
        db.session.commit()
        return result

    def _running(self, who: int) -> tuple[PlainPerson, PlainAttempt] | None:
        """The latest attempt, running or over."""
        person = self.people[who]
        return (person, person.attempts[-1]) if person.attempts else None

    @rule(who=PEOPLE)
    def start(self, who: int) -> None:
        person = self.people[who]
        before = person.open_attempt
        running = None if before is None or before.expire_if_due(self.now) else before
        expected = None if running else person.may_not_start(self.now)
        found = self._deed(lambda: services.start_attempt(person.id, self.exam, allow_public=True, by=SYSTEM, now=self.now).public_id)
        if expected is not None:
            assert found == expected
            if before is not None:
                before.reopen()
        elif running is not None:
            assert found == running.public_id
        else:
            person.attempts.append(self._drawn(person, found))

    def _drawn(self, person: PlainPerson, public_id: str) -> PlainAttempt:
        form = db.session.execute(
            select(Item.slug, FormItem.option_order, FormItem.item_version_id)
            .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
            .join(Item, Item.id == ItemVersion.item_id)
            .join(Attempt, Attempt.id == FormItem.attempt_id)
            .where(Attempt.public_id == public_id)
            .order_by(FormItem.position)
        ).all()
        assert queries.redrawn_form(queries.attempt_of(person.id, public_id)) == [version_id for _, _, version_id in form]
        places = tuple(PlainPlace(BANK[slug], tuple(order)) for slug, order, _ in form)
        assert len({place.item for place in places}) == ITEM_COUNT
        return PlainAttempt(public_id, places, self.now, self.now + person.allowance)

    def _send(self, person: PlainPerson, attempt: PlainAttempt, *letters: Sent) -> None:
        savings = [Saving(sent.position, sent.window, sent.number, self._response(attempt, sent), sent.is_flagged) for sent in letters]

        def deed() -> list[str]:
            held = queries.attempt_to_write(person.id, attempt.public_id)
            return [saved.verdict.value for saved in services.save_answers(held, savings, by=SYSTEM, now=self.now)]

        assert self._deed(deed) == [attempt.save(sent, self.now) for sent in letters]

    def _response(self, attempt: PlainAttempt, sent: Sent) -> dict[str, Any]:
        return attempt.places[(sent.position - 1) % ITEM_COUNT].response(sent.word)

    @precondition(lambda self: any(person.attempts for person in self.people))
    @rule(
        who=PEOPLE,
        letters=st.lists(st.builds(Sent, st.integers(1, ITEM_COUNT), WINDOWS, NUMBERS, st.sampled_from(WORDS), st.booleans()), min_size=1, max_size=3),
    )
    def save(self, who: int, letters: list[Sent]) -> None:
        if running := self._running(who):
            self._send(*running, *letters)

    @precondition(lambda self: any(person.attempts for person in self.people))
    @rule(who=PEOPLE, first=NUMBERS, window=WINDOWS)
    def answer_everything_right(self, who: int, first: int, window: str) -> None:
        if running := self._running(who):
            self._send(*running, *(Sent(position, window, first + position, "right", False) for position in range(1, ITEM_COUNT + 1)))

    @precondition(lambda self: any(person.attempts for person in self.people))
    @rule(who=PEOPLE, position=st.sampled_from([-1, 0, ITEM_COUNT + 1, 2**31 - 1]), window=WINDOWS, number=NUMBERS)
    def save_an_unknown_item(self, who: int, position: int, window: str, number: int) -> None:
        if running := self._running(who):
            self._send(*running, Sent(position, window, number, "right", False))

    @precondition(lambda self: any(attempt.events for person in self.people for attempt in person.attempts))
    @rule(who=PEOPLE, which=st.integers(0, 30), word=st.none() | st.sampled_from(WORDS))
    def send_again(self, who: int, which: int, word: str | None) -> None:
        """The same once more, or another answer under a number that was used."""
        running = self._running(who)
        if running is None or not running[1].events:
            return
        sent, _ = running[1].events[which % len(running[1].events)]
        self._send(*running, sent if word is None else Sent(sent.position, sent.window, sent.number, word, sent.is_flagged))

    @precondition(lambda self: any(person.attempts for person in self.people))
    @rule(who=PEOPLE, window=WINDOWS, number=st.integers(0, 12), takes_over=st.booleans())
    def claim(self, who: int, window: str, number: int, takes_over: bool) -> None:
        running = self._running(who)
        if running is None or not running[1].takes_answers(self.now):
            return
        person, attempt = running

        def deed() -> bool:
            held = queries.attempt_to_write(person.id, attempt.public_id)
            return services.claim_writing(held, window, sequence=number, takes_over=takes_over, by=SYSTEM, now=self.now)

        assert self._deed(deed) is attempt.claim(window, number, takes_over=takes_over)

    @precondition(lambda self: any(person.attempts for person in self.people))
    @rule(who=PEOPLE, window=WINDOWS)
    def submit(self, who: int, window: str) -> None:
        running = self._running(who)
        if running is None:
            return
        person, attempt = running
        attempt.expire_if_due(self.now)
        expected = attempt.state
        if attempt.state == "open" and attempt.writer not in (None, window):
            expected = "sitting_written_elsewhere"
        elif attempt.state == "open":
            attempt.end("submitted", self.now)
            expected = "submitted"

        def deed() -> str:
            held = queries.attempt_to_finish(person.id, attempt.public_id)
            return services.submit_attempt(held, client_id=window, by=SYSTEM, now=self.now).state

        assert self._deed(deed) == expected

    @rule()
    def sweep(self) -> None:
        due = [attempt for person in self.people for attempt in person.attempts if attempt.state == "open" and attempt.expire_if_due(self.now)]
        assert self._deed(lambda: services.sweep_expired(self.now)) == len(due)

    @precondition(lambda self: any(person.attempts for person in self.people))
    @rule(who=PEOPLE)
    def another_persons_attempt_does_not_exist(self, who: int) -> None:
        if running := self._running(who):
            begin_writing()
            with pytest.raises(NotFound):
                queries.attempt_to_write(self.people[1 - who].id, running[1].public_id)
            db.session.rollback()

    @precondition(lambda self: self.now < NOON + HELD_FOR)
    @rule(step=STEPS_OF_TIME)
    def pass_time(self, step: timedelta) -> None:
        self.now += step

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        for person in self.people:
            stored = db.session.scalars(select(Attempt).where(Attempt.person_id == person.id).order_by(Attempt.ordinal)).all()
            assert [row.public_id for row in stored] == [attempt.public_id for attempt in person.attempts]
            assert sum(row.state == "open" for row in stored) <= 1
            for row, attempt in zip(stored, person.attempts, strict=True):
                self._is_as_modelled(row, attempt)
            passes = [attempt for attempt in person.attempts if attempt.score and attempt.score.is_passed]
            assert [event.kind for event in certification.ledger_of(person.id)] == ["awarded"] * len(passes)
        db.session.rollback()

    def _is_as_modelled(self, row: Attempt, attempt: PlainAttempt) -> None:
        assert (row.state, row.finished_at, row.deadline_at) == (attempt.state, attempt.finished_at, attempt.deadline_at)
        assert row.finished_at is None or row.finished_at <= row.deadline_at
        answers = {position: (answer.response, answer.is_flagged) for position, answer in queries.answers_of(row.id).items()}
        assert answers == {position: (self._response(attempt, sent), sent.is_flagged) for position, sent in attempt.current.items()}
        events = db.session.scalars(select(AnswerEvent).where(AnswerEvent.attempt_id == row.id).order_by(AnswerEvent.id))
        assert [(event.position, event.client_id, event.sequence, event.response, event.is_flagged, event.verdict) for event in events] == [
            (sent.position, sent.window, sent.number, self._response(attempt, sent), sent.is_flagged, verdict) for sent, verdict in attempt.events
        ]
        runs = db.session.scalars(select(ScoreRun).where(ScoreRun.attempt_id == row.id)).all()
        assert len(runs) == (attempt.state != "open")
        for run in runs:
            self._score_is_as_modelled(run, attempt)

    def _score_is_as_modelled(self, run: ScoreRun, attempt: PlainAttempt) -> None:
        assert attempt.score is not None
        kept = (run.marks, run.result, run.reason, run.graded_at)
        assert self.kept.setdefault(run.id, kept) == kept, "a score run is never edited"
        assert (tuple(run.marks), run.is_passed) == (attempt.score.marks, attempt.score.is_passed)
        assert (run.result["earned_weight"], run.result["total_weight"]) == (attempt.score.earned, attempt.score.total)


@pytest.fixture
def hall(app: Flask, monkeypatch: pytest.MonkeyPatch) -> type[Hall]:
    """The machine over one bank; seeds are counted, so that what failed once fails again."""
    monkeypatch.setattr(secrets, "randbits", lambda _: next(Hall.seeds))
    Hall.exam = store_bank()
    return Hall


def run(hall: type[Hall], *, examples: int, steps: int) -> None:
    profile = settings(max_examples=examples, stateful_step_count=steps, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(hall, settings=profile)


def test_whatever_happens_in_the_hall_the_model_says_the_same(hall: type[Hall]) -> None:
    run(hall, examples=20, steps=30)


@pytest.mark.full
def test_whatever_happens_in_the_hall_for_long_the_model_says_the_same(hall: type[Hall]) -> None:
    run(hall, examples=400, steps=60)
