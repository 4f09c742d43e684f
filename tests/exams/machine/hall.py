"""The machine: deeds in any order, each done by the services and by the plain hall beside them, and compared."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, select, update

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON
from tests.exams.machine.plain_bank import BANK, CHOICES, ITEM_COUNT, WORDS, PlainPlace, store_choices
from tests.exams.machine.plain_hall import LIMIT, PlainAttempt, PlainPerson, Sent
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries as certification
from training.db import begin_writing, db
from training.errors import NotFound, Refusal
from training.exams import queries, services
from training.exams.models import AnswerEvent, Attempt, Exam, FormItem, FormUse, Item, ItemUse, ItemVersion, ScoreRun
from training.exams.queries import PublishedExam
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.saving import Saving

WINDOWS = st.sampled_from(["tab", "phone", "library"])
PEOPLE = st.integers(0, 1)
NUMBERS = st.integers(1, 12)
LETTERS = st.builds(Sent, st.integers(1, ITEM_COUNT), WINDOWS, NUMBERS, st.sampled_from(WORDS), st.booleans())
STEPS_OF_TIME = st.sampled_from([timedelta(seconds=1), timedelta(seconds=40), timedelta(minutes=5), LIMIT, timedelta(hours=25), timedelta(days=8)])
HELD_FOR = timedelta(days=140)
"""A certificate holds longer than this; the model knows no renewal."""
BREAKS = timedelta(seconds=60)
WHY = "Because the machine says so."

Deed = Callable[[], Any]
somebody_has_started = precondition(lambda self: any(person.attempts for person in self.people))


class Hall(RuleBasedStateMachine):
    """Two people who sit one exam, one of them with longer time and breaks, and a trainer."""

    exam: PublishedExam
    seeds: Iterator[int]
    editions = count(1)

    @initialize()
    def open_hall(self) -> None:
        begin_writing()
        db.session.execute(delete(ItemUse))
        db.session.execute(delete(FormUse))
        db.session.execute(update(Exam).values(form_count=0))
        db.session.commit()
        store_choices(next(Hall.editions))
        Hall.seeds = count(1)
        self.now, self.rulings, self.kept = NOON, dict[str, str](), dict[int, tuple[Any, ...]]()
        longer = {"time_multiplier": 1.5, "extra_break_seconds": BREAKS.seconds}
        ordinary, granted, trainer = PersonFactory(), PersonFactory(accommodations=longer), PersonFactory(roles=("trainer",))
        self.people = [PlainPerson(ordinary.id, LIMIT), PlainPerson(granted.id, LIMIT * 1.5 + BREAKS, BREAKS)]
        self.trainer = Actor(ActorKind.PERSON, trainer.id)

    def teardown(self) -> None:
        """Leave nothing open for the next hall's sweep to find."""
        db.session.rollback()
        for person in self.people:
            if (attempt := person.open_attempt) and attempt.paused_at:
                self._deed(lambda attempt=attempt: services.resume_attempt(queries.attempt_to_supervise(attempt.public_id), **self._ruling()))
        self._deed(lambda: services.sweep_expired(self.now + HELD_FOR))

    def _ruling(self) -> dict[str, Any]:
        return {"reason": WHY, "by": self.trainer, "now": self.now}

    def _deed(self, deed: Deed) -> Any:
        """What one request does: a transaction that commits, or is rolled back by a refusal."""
        begin_writing()
        try:
            result = deed()
        except Refusal as refusal:
            db.session.rollback()
            return refusal.reason.value
        db.session.commit()
        return result

    def _latest(self, who: int) -> tuple[PlainPerson, PlainAttempt] | None:
        """The latest attempt, running or over."""
        person = self.people[who]
        return (person, person.attempts[-1]) if person.attempts else None

    @rule(who=PEOPLE)
    def start(self, who: int) -> None:
        person = self.people[who]
        if person.is_concerned:
            return
        before = person.open_attempt
        running = None if before is None or before.expire_if_due(self.now, self.rulings) else before
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
        return PlainAttempt(public_id, places, self.now, self.now + person.allowance, person.breaks)

    def _send(self, person: PlainPerson, attempt: PlainAttempt, *letters: Sent) -> None:
        savings = [Saving(sent.position, sent.window, sent.number, self._response(attempt, sent), sent.is_flagged) for sent in letters]

        def deed() -> list[str]:
            held = queries.attempt_to_write(person.id, attempt.public_id)
            return [saved.verdict.value for saved in services.save_answers(held, savings, by=SYSTEM, now=self.now)]

        assert self._deed(deed) == [attempt.save(sent, self.now) for sent in letters]

    def _response(self, attempt: PlainAttempt, sent: Sent) -> dict[str, Any]:
        return attempt.places[(sent.position - 1) % ITEM_COUNT].response(sent.word)

    @somebody_has_started
    @rule(who=PEOPLE, letters=st.lists(LETTERS, min_size=1, max_size=3))
    def save(self, who: int, letters: list[Sent]) -> None:
        if latest := self._latest(who):
            self._send(*latest, *letters)

    @somebody_has_started
    @rule(who=PEOPLE, first=NUMBERS, window=WINDOWS)
    def answer_everything_right(self, who: int, first: int, window: str) -> None:
        if latest := self._latest(who):
            self._send(*latest, *(Sent(position, window, first + position, "right", False) for position in range(1, ITEM_COUNT + 1)))

    @somebody_has_started
    @rule(who=PEOPLE, position=st.sampled_from([-1, 0, ITEM_COUNT + 1, 2**31 - 1]), window=WINDOWS, number=NUMBERS)
    def save_an_unknown_item(self, who: int, position: int, window: str, number: int) -> None:
        if latest := self._latest(who):
            self._send(*latest, Sent(position, window, number, "right", False))

    @precondition(lambda self: any(attempt.events for person in self.people for attempt in person.attempts))
    @rule(who=PEOPLE, which=st.integers(0, 30), word=st.none() | st.sampled_from(WORDS))
    def send_again(self, who: int, which: int, word: str | None) -> None:
        """The same once more, or another answer under a number that was used."""
        latest = self._latest(who)
        if latest is None or not latest[1].events:
            return
        sent, _ = latest[1].events[which % len(latest[1].events)]
        self._send(*latest, sent if word is None else Sent(sent.position, sent.window, sent.number, word, sent.is_flagged))

    @somebody_has_started
    @rule(who=PEOPLE, window=WINDOWS, number=st.integers(0, 12), takes_over=st.booleans())
    def claim(self, who: int, window: str, number: int, takes_over: bool) -> None:
        latest = self._latest(who)
        if latest is None or not latest[1].runs(self.now):
            return
        person, attempt = latest

        def deed() -> bool:
            held = queries.attempt_to_write(person.id, attempt.public_id)
            return services.claim_writing(held, window, sequence=number, takes_over=takes_over, by=SYSTEM, now=self.now)

        assert self._deed(deed) is attempt.claim(window, number, takes_over=takes_over)

    @somebody_has_started
    @rule(who=PEOPLE, what=st.sampled_from(["pause", "resume", "extend"]), minutes=st.sampled_from([1, 20]))
    def supervise(self, who: int, what: str, minutes: int) -> None:
        if latest := self._latest(who):
            attempt = latest[1]
            held = lambda: queries.attempt_to_supervise(attempt.public_id)  # noqa: E731
            deeds: dict[str, tuple[Deed, Deed]] = {
                "pause": (lambda: services.pause_attempt(held(), **self._ruling()), lambda: attempt.pause(self.now)),
                "resume": (lambda: services.resume_attempt(held(), **self._ruling()), lambda: attempt.resume(self.now)),
                "extend": (lambda: services.extend_attempt(held(), minutes=minutes, **self._ruling()), lambda: attempt.extend(minutes, self.now)),
            }
            done, expected = deeds[what]
            assert self._deed(done) == expected()

    @somebody_has_started
    @rule(who=PEOPLE, begins=st.booleans())
    def rest(self, who: int, begins: bool) -> None:
        if latest := self._latest(who):
            person, attempt = latest
            deed = services.start_break if begins else services.end_break
            done = self._deed(lambda: deed(queries.attempt_to_write(person.id, attempt.public_id), by=SYSTEM, now=self.now))
            assert done == (attempt.take_break(self.now) if begins else attempt.end_break(self.now))

    @somebody_has_started
    @rule(who=PEOPLE, window=WINDOWS)
    def submit(self, who: int, window: str) -> None:
        latest = self._latest(who)
        if latest is None:
            return
        person, attempt = latest
        attempt.expire_if_due(self.now, self.rulings)
        expected = attempt.state
        if attempt.state == "open" and attempt.writer not in (None, window):
            expected = "sitting_written_elsewhere"
        elif attempt.state == "open" and attempt.paused_at:
            expected = "sitting_paused"
        elif attempt.state == "open":
            attempt.end("submitted", self.now, self.rulings)
            expected = "submitted"

        def deed() -> str:
            held = queries.attempt_to_finish(person.id, attempt.public_id)
            return services.submit_attempt(held, client_id=window, by=SYSTEM, now=self.now).state

        assert self._deed(deed) == expected

    @rule()
    def sweep(self) -> None:
        attempts = [attempt for person in self.people for attempt in person.attempts if attempt.state == "open"]
        assert self._deed(lambda: services.sweep_expired(self.now)) == sum(attempt.expire_if_due(self.now, self.rulings) for attempt in attempts)

    @precondition(lambda self: any(attempt.scores for person in self.people for attempt in person.attempts))
    @rule(item=st.sampled_from(CHOICES), kind=st.sampled_from(RulingKind))
    def rule_on_a_key(self, item: Any, kind: RulingKind) -> None:
        """Try a ruling out, make it, and grade everybody anew: the list, the runs and nothing else is what the model says."""
        version = db.session.scalars(select(ItemVersion).join(Item, Item.current_version_id == ItemVersion.id).where(Item.slug == item.slug)).one()
        key = {"correct": list(item.new_key)} if kind in {RulingKind.NEW_KEY, RulingKind.EITHER_KEY} else None
        self.rulings[item.slug] = kind.value
        changed = self._regraded(item.slug)
        tried = services.try_out(version, Ruling(kind, key), by=self.trainer, now=self.now)
        assert {change.attempt for change in tried.changes} == changed
        self._deed(lambda: services.rule(version, Ruling(kind, key), reason=WHY, seen=tried.digest, by=self.trainer, now=self.now))
        self.now += BEGINS_AFTER
        while self._deed(lambda: services.carry_on(site_url="https://example.org", now=self.now)):
            pass

    def _regraded(self, slug: str) -> set[str]:
        changed = set()
        for person in self.people:
            for attempt in person.attempts:
                if attempt.scores and slug in {place.item.slug for place in attempt.places}:
                    after, before = attempt.graded(self.rulings), attempt.scores[-1]
                    if after.marks != before.marks:
                        attempt.scores.append(after)
                        changed.add(attempt.public_id)
                        person.is_concerned |= after.is_passed != before.is_passed
        return changed

    @precondition(lambda self: any(attempt.waiting() for person in self.people for attempt in person.attempts))
    @rule(who=PEOPLE, counts=st.booleans())
    def rule_on_late_answers(self, who: int, counts: bool) -> None:
        """Let what arrived after the end count, or not."""
        latest = self._latest(who)
        if latest is None:
            return
        person, attempt = latest
        named = {(sent.window, sent.number) for sent in attempt.waiting() if counts and attempt.can_count(sent)}

        def deed() -> None:
            held = queries.attempt_to_finish(person.id, attempt.public_id)
            events = [late.event for late in queries.late_answers_of(held.id)]
            counted = [event.id for event in events if (event.client_id, event.sequence) in named]
            services.rule_on_late_answers(held, counted, site_url="https://example.org", **self._ruling())

        was_passed = attempt.is_passed
        assert self._deed(deed) == attempt.rule_on_late(self.rulings, counts=counts)
        person.is_concerned |= attempt.is_passed != was_passed

    @somebody_has_started
    @rule(who=PEOPLE)
    def another_persons_attempt_does_not_exist(self, who: int) -> None:
        if latest := self._latest(who):
            begin_writing()
            with pytest.raises(NotFound):
                queries.attempt_to_write(self.people[1 - who].id, latest[1].public_id)
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
            passes = [attempt for attempt in person.attempts if attempt.is_passed]
            awards = [event.kind for event in certification.ledger_of(person.id)]
            assert person.is_concerned or awards == ["awarded"] * len(passes)
        db.session.rollback()

    def _is_as_modelled(self, row: Attempt, attempt: PlainAttempt) -> None:
        assert (row.state, row.finished_at, row.deadline_at) == (attempt.state, attempt.finished_at, attempt.deadline_at)
        assert (row.paused_at, row.break_started_at) == (attempt.paused_at, attempt.break_since)
        assert row.finished_at is None or row.finished_at <= row.deadline_at
        answers = {position: (answer.response, answer.is_flagged) for position, answer in queries.answers_of(row.id).items()}
        assert answers == {position: (self._response(attempt, sent), sent.is_flagged) for position, sent in attempt.current.items()}
        events = db.session.scalars(select(AnswerEvent).where(AnswerEvent.attempt_id == row.id).order_by(AnswerEvent.id))
        assert [(event.position, event.client_id, event.sequence, event.response, event.is_flagged, event.verdict) for event in events] == [
            (sent.position, sent.window, sent.number, self._response(attempt, sent), sent.is_flagged, verdict) for sent, verdict in attempt.events
        ]
        runs = db.session.scalars(select(ScoreRun).where(ScoreRun.attempt_id == row.id).order_by(ScoreRun.ordinal)).all()
        assert [tuple(run.marks) for run in runs] == [score.marks for score in attempt.scores]
        assert [run.is_passed for run in runs] == [score.is_passed for score in attempt.scores]
        assert [(run.result["earned_weight"], run.result["total_weight"]) for run in runs] == [(score.earned, score.total) for score in attempt.scores]
        assert row.current_score_run_id == (runs[-1].id if runs else None)
        for run in runs:
            now_there = (run.marks, deepcopy(run.result), run.reason, run.graded_at)
            assert self.kept.setdefault(run.id, now_there) == now_there, "a score run is never edited"
