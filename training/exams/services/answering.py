"""Taking answers one by one: each is kept as it arrived, and the newest of the writing window is the one that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from training.accounts import services as accounts
from training.actors import Actor
from training.audit.services import record
from training.cases import queries as cases
from training.db import db
from training.errors import NotFound
from training.exams import queries
from training.exams.models import Answer, Attempt
from training.exams.queries import Kept, PinnedPlace, Sender, Sent
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.responses import ResponseFault, response_fault
from training.exams.rules.saving import TOLD_TO_THE_AUDIT, SaveVerdict, Saving, is_ahead
from training.exams.rules.typing_test import Typing, is_of_run
from training.exams.services.room import take_room
from training.exams.services.signals import note_takeover
from training.judgements.documents import AnswerDocument


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one answer; a fault where it could not be read."""

    position: int
    sequence: int
    verdict: SaveVerdict
    fault: ResponseFault | None = None


def save_answers(attempt: Attempt, savings: Sequence[Saving], *, by: Actor, now: datetime) -> list[Saved]:
    """Take answers in the order given; see `save_answer`."""
    return [save_answer(attempt, saving, by=by, now=now) for saving in savings]


def save_answer(attempt: Attempt, saving: Saving, *, by: Actor, now: datetime) -> Saved:
    """Take one answer to an attempt that the caller holds (`queries.attempt_to_write`).

    Whatever becomes of it, it is kept as an event, as long as the attempt has room; the verdict must be committed, refusals too.
    The same answer sent again, under the same number from the same window, changes nothing and gets the verdict it got before.
    """
    sent, fault = _sent(attempt.public_id, saving, now)
    kept = queries.keep_in_session(sent, Sender(person_id=attempt.person_id), now=now)
    assert kept is not None and kept.attempt_id == attempt.id, "the caller holds it"
    db.session.expire(attempt, ["writer_id", "kept_count", "kept_bytes", "full_at"])
    if kept.is_new and kept.verdict in TOLD_TO_THE_AUDIT:
        deed = "attempt.full" if kept.verdict is SaveVerdict.FULL else "attempt.answer_not_counted"
        detail = {"position": saving.position, "sequence": saving.sequence, "verdict": kept.verdict.value}
        record(deed, by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
    return _saved(saving, kept, fault)


def make_current(attempt: Attempt, saving: Saving, standing: Answer | None, *, saved_at: datetime) -> None:
    """Let an answer that was kept aside count instead of the one that stands, or of none."""
    answer = standing or Answer(attempt_id=attempt.id, position=saving.position)
    answer.response, answer.is_flagged = saving.response, saving.is_flagged
    answer.client_id, answer.sequence, answer.saved_at = saving.client_id, saving.sequence, saved_at
    db.session.add(answer)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an answer that was taken at once; `saved` is missing where the audit must be told: `save_answer` does both together."""

    person_id: int
    deadline_at: datetime
    saved: Saved | None


def save_at_once(public_id: str, saving: Saving, *, token: str, now: datetime) -> Receipt | None:
    """Take one answer from whoever holds this sign-in's token, durably and before returning: what every candidate does all the time.

    Nothing where the sign-in is over. Raises NotFound for an attempt that is not theirs, and Unreachable.
    """
    sent, fault = _sent(public_id, saving, now)
    kept = queries.keep_now(sent, Sender(token_hash=accounts.token_hash(token), idle_since=now - accounts.IDLE_LIFE), now=now)
    if kept is None:
        return None
    if kept.session_id is not None and now - kept.last_seen_at > accounts.SEEN_EVERY:
        accounts.note_seen(kept.session_id, now=now)
    if kept.attempt_id is None:
        raise NotFound(public_id)
    return Receipt(kept.person_id, kept.deadline_at, None if kept.must_be_told else _saved(saving, kept, fault))


def _sent(public_id: str, saving: Saving, now: datetime) -> tuple[Sent, ResponseFault | None]:
    place = queries.pinned_place(public_id, saving.position)
    fault = ResponseFault.CLOCK_AHEAD if is_ahead(saving, now) else fault_of(saving, place) or run_fault(public_id, saving, place, received_at=now)
    return Sent(public_id, saving, has_place=place is not None, is_readable=fault is None), fault


def _saved(saving: Saving, kept: Kept, fault: ResponseFault | None) -> Saved:
    return Saved(saving.position, saving.sequence, kept.verdict, fault if kept.verdict is SaveVerdict.UNREADABLE else None)


def fault_of(saving: Saving, place: PinnedPlace | None) -> ResponseFault | None:
    """What is wrong with the form of an answer to this place, or nothing."""
    if place is None:
        return ResponseFault.UNKNOWN_ITEM
    if place.version.kind != ItemKind.CASE:
        return response_fault(saving.response, ItemKind(place.version.kind), len(place.option_order))
    try:
        answer = AnswerDocument.model_validate(saving.response).answer()
    except ValidationError:
        return ResponseFault.SHAPE
    if not cases.are_labels(answer.labels):
        return ResponseFault.UNKNOWN_OPTION
    return None


def run_fault(public_id: str, saving: Saving, place: PinnedPlace | None, *, received_at: datetime) -> ResponseFault | None:
    """Whether this is of a typing test that was begun before, and another time: each place has one run, which goes on whatever becomes of the page."""
    if place is None or place.version.kind != ItemKind.TYPING:
        return None
    first = queries.first_typing(public_id, saving.position)
    if first is None:
        return None
    if not saving.response:
        return ResponseFault.BEGUN_BEFORE
    later = Typing(saving.client_id, saving.sequence, float(saving.response["seconds"]), received_at)
    if is_of_run(first, later) or is_of_run(first, later, queries.rested_between(public_id, first.received_at, received_at)):
        return None
    return ResponseFault.BEGUN_BEFORE


def claim_writing(attempt: Attempt, client_id: str, *, sequence: int, takes_over: bool, by: Actor, now: datetime) -> bool:
    """Make this window the one that writes, where nobody else is or the candidate says to take over. Says whether it is. After the end nothing changes.

    `sequence` is the last number it used: what it sent before no longer counts after a takeover, and what is known here to
    have been sent never does, whatever the window says. The caller holds the attempt.
    """
    if attempt.writer_id == client_id:
        return True
    if not attempt.is_open_at(now) or (attempt.writer_id is not None and not (takes_over and take_room(attempt, by=by, now=now))):
        return False
    if attempt.writer_id is not None:
        attempt.writer_floor = max(sequence, queries.last_sequence(attempt.id, client_id))
        record("attempt.taken_over", by=by, subject=("attempt", attempt.public_id), now=now, detail={"from": attempt.writer_id, "to": client_id})
        note_takeover(attempt, client_id, now=now)
    attempt.writer_id = client_id
    return True
