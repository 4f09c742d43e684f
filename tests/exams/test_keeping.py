"""The statement that keeps an answer says the same as the rule, in every situation there is, on both databases."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory
from tests.statements import asked, scans_in
from training.accounts import queries as accounts
from training.accounts.models import SignInSession
from training.accounts.rules import FactKind, Status
from training.accounts.services import IDLE_LIFE, open_session, record_facts, token_hash
from training.actors import SYSTEM
from training.db import db
from training.exams import queries
from training.exams.models import Answer, AnswerEvent, Attempt
from training.exams.queries import Kept, Sender, Sent
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.saving import MOST_KEPT, MOST_KEPT_BYTES, SaveVerdict, Saving, Situation, verdict_of
from training.exams.rules.timing import GRACE, AttemptState, state_at

SECOND = timedelta(seconds=1)
MINE, OTHER = "window-of-mine", "window-of-theirs"
SAVING = Saving(1, MINE, 5, {"options": [2]})
CURRENT = (None, (MINE, 4), (MINE, 5), (OTHER, 9))


@pytest.fixture
def attempt(app: Flask) -> Attempt:
    return AttemptFactory()  # type: ignore[no-any-return]


def situations(deadline_at: datetime) -> Iterator[tuple[AttemptState, Situation, datetime]]:
    """Every combination of what the rule looks at, with the state that is stored."""
    in_time, too_late = (deadline_at - SECOND, deadline_at + GRACE), deadline_at + GRACE + SECOND / 1000
    pauses, writers, floors, booleans = (None, NOON + SECOND), (None, MINE, OTHER), (0, 5), (False, True)
    everything = product((AttemptState.OPEN,), (*in_time, too_late), pauses, writers, floors, CURRENT, booleans, booleans)
    ended = product((AttemptState.SUBMITTED, AttemptState.EXPIRED), (NOON, too_late), (None,), writers, floors, CURRENT[:2], booleans, booleans)
    for stored, now, paused_at, writer, floor, current, is_final, is_readable in (*everything, *ended):
        client_id, sequence = current or (None, None)
        state = state_at(stored, deadline_at, now, paused_at=paused_at)
        yield stored, Situation(state, deadline_at, writer, paused_at, floor, client_id, sequence, is_final, is_readable), now


def arrange(attempt_id: int, stored: AttemptState, situation: Situation) -> None:
    """Put the attempt's rows as the situation says."""
    columns: dict[str, Any] = {"state": stored.value, "finished_at": None if stored is AttemptState.OPEN else NOON, "paused_at": situation.paused_at}
    columns |= {"writer_id": situation.writer_id, "writer_floor": situation.writer_floor, "confirmed_count": int(situation.is_final)}
    columns |= {"full_at": NOON if situation.is_full else None}
    columns["mode"] = AttemptMode.SEQUENTIAL.value if situation.is_final else AttemptMode.FIXED.value
    db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(**columns).execution_options(synchronize_session=False))
    if situation.current_client_id is not None:
        row = {"client_id": situation.current_client_id, "sequence": situation.current_sequence, "response": {}, "is_flagged": False, "saved_at": NOON}
        db.session.add(Answer(attempt_id=attempt_id, position=1, **row))
        db.session.flush()


def written(attempt_id: int) -> tuple[list[str], str | None, Any]:
    """The events, the writer and the answer that counts."""
    events = list(db.session.scalars(select(AnswerEvent.verdict).where(AnswerEvent.attempt_id == attempt_id)))
    writer = db.session.scalar(select(Attempt.writer_id).where(Attempt.id == attempt_id))
    return events, writer, db.session.execute(select(Answer.client_id, Answer.sequence, Answer.response).where(Answer.attempt_id == attempt_id)).one_or_none()


def test_the_statement_says_what_the_rule_says_in_every_situation(attempt: Attempt) -> None:
    attempt_id, public_id, sender = attempt.id, attempt.public_id, Sender(person_id=attempt.person_id)
    seen = set()
    for stored, situation, now in situations(attempt.deadline_at):
        arrange(attempt_id, stored, situation)
        kept = queries.keep_in_session(Sent(public_id, SAVING, has_place=True, is_readable=situation.is_readable), sender, now=now)
        expected = verdict_of(SAVING, situation, now)
        assert kept is not None and (kept.verdict, kept.is_new, kept.attempt_id) == (expected, True, attempt_id), (situation, now)
        events, writer, current = written(attempt_id)
        counts = expected is SaveVerdict.SAVED
        assert events == [expected.value], situation
        assert writer == (situation.writer_id or (MINE if counts else None)), situation
        assert (current is not None and current.response == {"options": [2]}) == counts, situation
        seen.add(expected)
        db.session.rollback()
    assert seen == set(SaveVerdict) - {SaveVerdict.REUSED_SEQUENCE, SaveVerdict.FULL}


FILLED: dict[str, dict[str, Any]] = {
    "as many things": {"kept_count": MOST_KEPT},
    "as many bytes": {"kept_bytes": MOST_KEPT_BYTES - len(json.dumps(SAVING.response)) + 1},
    "full before": {"full_at": NOON},
}


@pytest.mark.parametrize("filled", FILLED.values(), ids=FILLED)
def test_a_full_attempt_keeps_nothing_more_in_any_situation(attempt: Attempt, filled: dict[str, Any]) -> None:
    attempt_id, public_id, sender = attempt.id, attempt.public_id, Sender(person_id=attempt.person_id)
    was_full = "full_at" in filled
    for stored, situation, now in islice(situations(attempt.deadline_at), None, None, 11):
        arrange(attempt_id, stored, situation)
        before = written(attempt_id)
        db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(**filled).execution_options(synchronize_session=False))
        kept = queries.keep_in_session(Sent(public_id, SAVING, has_place=True, is_readable=situation.is_readable), sender, now=now)
        assert kept is not None and (kept.verdict, kept.is_new, kept.was_full) == (SaveVerdict.FULL, not was_full, was_full), (situation, now)
        assert written(attempt_id) == before, situation
        full_at = db.session.scalar(select(Attempt.full_at).where(Attempt.id == attempt_id))
        assert full_at == (NOON if was_full else now)
        db.session.rollback()


def test_what_is_kept_is_counted_and_what_is_sent_again_is_not(attempt: Attempt) -> None:
    keep, attempt_id = keeper(attempt), attempt.id
    for sequence in (1, 2, 2, 1):
        keep(replace(SAVING, sequence=sequence))
    keep(replace(SAVING, sequence=3, client_id=OTHER))
    row = db.session.execute(select(Attempt.kept_count, Attempt.kept_bytes).where(Attempt.id == attempt_id)).one()
    assert tuple(row) == (2, 2 * len(json.dumps(SAVING.response)))


def test_the_last_room_is_taken_once_by_those_who_ask_in_the_same_instant(app: Flask, attempt: Attempt) -> None:
    keep, attempt_id = keeper(attempt), attempt.id
    db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(kept_count=MOST_KEPT - 3))
    db.session.commit()

    def send(number: int) -> SaveVerdict:
        with app.app_context():
            return keep(Saving(1, MINE, number, {"options": [1]})).verdict

    with ThreadPoolExecutor(10) as threads:
        found = Counter(threads.map(send, range(1, 41)))
    assert found[SaveVerdict.FULL] == 37
    db.session.rollback()
    assert len(written(attempt_id)[0]) == 3
    assert db.session.scalar(select(Attempt.kept_count).where(Attempt.id == attempt_id)) == MOST_KEPT


def keeper(attempt: Attempt) -> Callable[..., Kept]:
    """Keeps answers to this attempt at once, sent by whoever holds a sign-in of its candidate's."""
    _session, token = open_session(accounts.person(attempt.person_id), address=None, browser="", now=NOON)
    public_id = attempt.public_id
    db.session.commit()

    def keep(saving: Saving = SAVING, now: datetime = NOON, **more: Any) -> Kept:
        sender = Sender(token_hash=token_hash(more.get("token", token)), idle_since=now - IDLE_LIFE)
        kept = queries.keep_now(Sent(more.get("public_id", public_id), saving, has_place=True, is_readable=True), sender, now=now)
        assert kept is not None
        db.session.rollback()
        return kept

    return keep


def test_an_answer_is_kept_by_one_statement_that_reads_no_table_from_end_to_end(attempt: Attempt) -> None:
    keep = keeper(attempt)
    keep()
    with asked() as statements:
        assert keep(replace(SAVING, sequence=6)).verdict is SaveVerdict.SAVED
    if db.engine.dialect.name == "postgresql":
        assert len(statements) == 1
        assert set(scans_in(*statements[0])) <= {"fresh", "visitor", "held", "known"}


def test_what_the_audit_must_be_told_is_judged_and_not_kept_at_once(attempt: Attempt) -> None:
    keep, attempt_id, late = keeper(attempt), attempt.id, attempt.deadline_at + 11 * SECOND
    kept = keep(now=late)
    assert (kept.verdict, kept.is_new) == (SaveVerdict.LATE, False)
    assert written(attempt_id)[0] == []


def test_the_same_again_gets_the_same_verdict_and_another_under_its_number_does_not(attempt: Attempt) -> None:
    keep, attempt_id = keeper(attempt), attempt.id
    assert [keep().verdict, keep().verdict] == [SaveVerdict.SAVED] * 2
    for other in (replace(SAVING, response={"options": [3]}), replace(SAVING, position=2), replace(SAVING, is_flagged=True)):
        assert keep(other).verdict is SaveVerdict.REUSED_SEQUENCE
    assert written(attempt_id)[0] == ["saved"]


def test_twins_that_arrive_in_the_same_instant_are_one_event(app: Flask, attempt: Attempt) -> None:
    keep, attempt_id = keeper(attempt), attempt.id

    def send(number: int) -> SaveVerdict:
        with app.app_context():
            return keep(Saving(1, MINE, number % 8 + 1, {"options": [number % 8 % 4 + 1]})).verdict

    with ThreadPoolExecutor(10) as threads:
        assert set(threads.map(send, range(120))) <= {SaveVerdict.SAVED, SaveVerdict.STALE}
    db.session.rollback()
    events = db.session.execute(select(AnswerEvent.sequence, AnswerEvent.verdict).where(AnswerEvent.attempt_id == attempt_id)).all()
    assert sorted(sequence for sequence, _verdict in events) == list(range(1, 9))
    assert written(attempt_id)[2][:2] == (MINE, 8)


def test_anothers_attempt_is_found_by_nobody(attempt: Attempt) -> None:
    keep, other = keeper(attempt), AttemptFactory()
    public_id = other.public_id
    db.session.commit()
    assert keep(public_id=public_id).attempt_id is None
    assert keep(public_id="no-such-attempt").attempt_id is None


def _deactivate(person: Any, at: datetime) -> None:
    record_facts(person, {FactKind.STATUS: Status.DEACTIVATED.value}, effective_from=at, by=SYSTEM, now=NOON)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda session, person: None, id="in force"),
        pytest.param(lambda session, person: setattr(session, "ended_at", NOON), id="signed out"),
        pytest.param(lambda session, person: setattr(session, "expires_at", NOON), id="expired"),
        pytest.param(lambda session, person: setattr(session, "last_seen_at", NOON - IDLE_LIFE), id="idle"),
        pytest.param(lambda session, person: _deactivate(person, NOON - SECOND), id="deactivated"),
        pytest.param(lambda session, person: _deactivate(person, NOON + SECOND), id="to be deactivated"),
        pytest.param(lambda session, person: (_deactivate(person, NOON - SECOND), setattr(session, "ended_at", None)), id="deactivated with an open session"),
    ],
)
def test_whose_sign_in_it_is_reads_alike_before_a_page_and_within_a_save(app: Flask, change: Callable[[SignInSession, Any], Any]) -> None:
    person = PersonFactory(now=NOON - timedelta(days=9))
    attempt = AttemptFactory(person=person)
    session, token = open_session(person, address=None, browser="", now=NOON)
    db.session.flush()
    change(session, person)
    public_id = attempt.public_id
    db.session.commit()
    found = accounts.signed_in_by_token_hash(token_hash(token), now=NOON, idle_since=NOON - IDLE_LIFE)
    sender = Sender(token_hash=token_hash(token), idle_since=NOON - IDLE_LIFE)
    kept = queries.keep_now(Sent(public_id, SAVING, has_place=True, is_readable=True), sender, now=NOON)
    assert (kept is not None) == (found is not None and found.state.is_active)


def test_an_event_keeps_the_answer_as_it_was_sent(attempt: Attempt) -> None:
    said = {"text": "naïve — “ok”", "numbers": [1, 2.5, 10**15], "deep": {"a": [None, True]}}
    keep, attempt_id = keeper(attempt), attempt.id
    keep(replace(SAVING, response=said))
    assert keep(replace(SAVING, response=json.loads(json.dumps(said)))).verdict is SaveVerdict.SAVED
    assert db.session.scalar(select(AnswerEvent.response).where(AnswerEvent.attempt_id == attempt_id)) == said
    assert queries.answers_of(attempt_id)[1].response == said
