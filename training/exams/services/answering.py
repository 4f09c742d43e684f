"""Taking answers one by one: each is kept as it arrived, and the newest of the writing window is the one that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from training.actors import Actor
from training.audit.services import record
from training.cases import queries as cases
from training.cases.rules import Outcome
from training.db import db
from training.exams import queries
from training.exams.models import Answer, AnswerEvent, Attempt
from training.exams.queries import PlacedItem
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.responses import ResponseFault, response_fault
from training.exams.rules.saving import SaveVerdict, Saving, Situation, verdict_of
from training.exams.rules.timing import AttemptState, state_at
from training.judgements.documents import AnswerDocument

TOLD_TO_THE_AUDIT = frozenset({SaveVerdict.LATE, SaveVerdict.CLOSED, SaveVerdict.OTHER_WRITER, SaveVerdict.FINAL})


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

    Whatever becomes of it, it is kept as an event; the verdict must be committed, refusals too. The same answer sent
    again, under the same number from the same window, changes nothing and gets the verdict it got before.
    """
    known = queries.event_of(attempt.id, saving.client_id, saving.sequence)
    if known is not None:
        return _repeated(known, saving)
    place = queries.place_of(attempt.id, saving.position)
    fault = fault_of(saving, place)
    verdict = verdict_of(saving, _situation(attempt, place, fault, now), now)
    _append_event(attempt, saving, verdict, now)
    if verdict is SaveVerdict.SAVED:
        _make_current(attempt, saving, place, now)
    if verdict in TOLD_TO_THE_AUDIT:
        detail = {"position": saving.position, "sequence": saving.sequence, "verdict": verdict.value}
        record("attempt.answer_not_counted", by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
    return Saved(saving.position, saving.sequence, verdict, fault if verdict is SaveVerdict.UNREADABLE else None)


def _repeated(known: AnswerEvent, saving: Saving) -> Saved:
    is_same = (known.position, known.response, known.is_flagged) == (saving.position, saving.response, saving.is_flagged)
    return Saved(saving.position, saving.sequence, SaveVerdict(known.verdict) if is_same else SaveVerdict.REUSED_SEQUENCE)


def fault_of(saving: Saving, place: PlacedItem | None) -> ResponseFault | None:
    """What is wrong with the form of an answer to this place, or nothing."""
    if place is None:
        return ResponseFault.UNKNOWN_ITEM
    if place.version.kind != ItemKind.CASE:
        return response_fault(saving.response, ItemKind(place.version.kind), len(place.option_order))
    try:
        answer = AnswerDocument.model_validate(saving.response).answer()
    except ValidationError:
        return ResponseFault.SHAPE
    if answer.labels and not cases.area_of_labels().keys() | set(Outcome) >= set(answer.labels):
        return ResponseFault.UNKNOWN_OPTION
    return None


def _situation(attempt: Attempt, place: PlacedItem | None, fault: ResponseFault | None, now: datetime) -> Situation:
    current = place.answer if place else None
    return Situation(
        state=state_at(AttemptState(attempt.state), attempt.deadline_at, now, paused_at=attempt.paused_at),
        deadline_at=attempt.deadline_at,
        writer_id=attempt.writer_id,
        paused_at=attempt.paused_at,
        writer_floor=attempt.writer_floor,
        current_client_id=current.client_id if current else None,
        current_sequence=current.sequence if current else None,
        is_final=place is not None and place.position <= attempt.confirmed_count,
        is_readable=fault is None,
    )


def _append_event(attempt: Attempt, saving: Saving, verdict: SaveVerdict, now: datetime) -> None:
    db.session.add(
        AnswerEvent(
            attempt_id=attempt.id,
            position=saving.position,
            client_id=saving.client_id,
            sequence=saving.sequence,
            response=saving.response,
            is_flagged=saving.is_flagged,
            verdict=verdict.value,
            received_at=now,
        )
    )


def _make_current(attempt: Attempt, saving: Saving, place: PlacedItem | None, now: datetime) -> None:
    """Write the current row; the first answer also makes its window the one that writes."""
    if attempt.writer_id is None:
        attempt.writer_id = saving.client_id
    answer = place.answer if place else None
    if answer is None:
        answer = Answer(attempt_id=attempt.id, position=saving.position)
        db.session.add(answer)
    answer.response, answer.is_flagged = saving.response, saving.is_flagged
    answer.client_id, answer.sequence, answer.saved_at = saving.client_id, saving.sequence, now
    db.session.flush()


def claim_writing(attempt: Attempt, client_id: str, *, sequence: int, takes_over: bool, by: Actor, now: datetime) -> bool:
    """Make this window the one that writes, where nobody else is or the candidate says to take over. Says whether it is.

    `sequence` is the last number it used: what it sent before no longer counts after a takeover, and what is known here to
    have been sent never does, whatever the window says. The caller holds the attempt.
    """
    if attempt.writer_id == client_id:
        return True
    if attempt.writer_id is not None and not takes_over:
        return False
    if attempt.writer_id is not None:
        attempt.writer_floor = max(sequence, queries.last_sequence(attempt.id, client_id))
        record("attempt.taken_over", by=by, subject=("attempt", attempt.public_id), now=now, detail={"from": attempt.writer_id, "to": client_id})
    attempt.writer_id = client_id
    return True
