"""Somebody's own attempt as its pages show it and ask how it stands: one row, as it was committed last, outside any transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, cast, select

from training.db import Prepared, instant_of, json_row, json_rows, json_value, told, utc_text
from training.errors import NotFound
from training.exams.models import Answer, Attempt, TimeEvent
from training.exams.queries.bank import exam_of_version
from training.exams.rules.breaks import BreakBank, taken_in
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.timing import AttemptState, TimeDeed, state_at


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What a page shows of an answer that counts now."""

    response: dict[str, Any]
    is_flagged: bool
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody's own attempt stands."""

    id: int
    public_id: str
    person_id: int
    exam_version_id: int
    mode: AttemptMode
    confirmed_count: int
    recorded_state: AttemptState
    writer_id: str | None
    deadline_at: datetime
    paused_at: datetime | None
    breaks: BreakBank

    @property
    def title(self) -> str:
        """The exam's."""
        return exam_of_version(self.exam_version_id).document.title

    @property
    def extra_break_seconds(self) -> int:
        """How long the breaks may be in all."""
        return self.breaks.granted_seconds

    def state_at(self, now: datetime) -> AttemptState:
        """How it stands at an instant, whether or not any sweep has been by."""
        return state_at(self.recorded_state, self.deadline_at, now, paused_at=self.paused_at)

    def is_open_at(self, now: datetime) -> bool:
        """Whether answers are still taken."""
        return self.state_at(now) is AttemptState.OPEN


@dataclass(frozen=True, slots=True)
class Sitting(Standing):
    """The same with the answers that count now, by position."""

    answers: Mapping[int, ShownAnswer]


_WHO = (Attempt.id, Attempt.public_id, Attempt.person_id, Attempt.exam_version_id, Attempt.mode, Attempt.confirmed_count, Attempt.state, Attempt.writer_id)
_WHEN = (utc_text(Attempt.deadline_at), utc_text(Attempt.paused_at), utc_text(Attempt.break_started_at), Attempt.extra_break_seconds)
_BREAKS = told(
    select(json_rows(json_row(TimeEvent.id, TimeEvent.deed, utc_text(TimeEvent.at)))).where(
        TimeEvent.attempt_id == Attempt.id, (TimeEvent.deed == TimeDeed.BREAK_STARTED.value) | (TimeEvent.deed == TimeDeed.BREAK_ENDED.value)
    )
)
_ANSWERS = told(
    select(json_rows(json_row(Answer.position, json_value(Answer.response), Answer.is_flagged, utc_text(Answer.saved_at)))).where(
        Answer.attempt_id == Attempt.id
    )
)
_IS_THEIRS = (Attempt.public_id == bindparam("public_id"), Attempt.person_id == bindparam("person_id"))
_ATTEMPT = (cast(json_row(*_WHO, *_WHEN), Text), _BREAKS)
_STANDING = Prepared(select(*_ATTEMPT).where(*_IS_THEIRS))
_SITTING = Prepared(select(*_ATTEMPT, _ANSWERS).where(*_IS_THEIRS))


def standing_of_attempt(person_id: int, public_id: str) -> Standing:
    """How this person's attempt stands, as its page asks every few seconds. Raises NotFound, for another's too."""
    for attempt, breaks in _STANDING.rows(person_id=person_id, public_id=public_id):
        return Standing(*_told(attempt, breaks))
    raise NotFound(public_id)


def sitting_of(person_id: int, public_id: str) -> Sitting:
    """This person's attempt with its answers. Raises NotFound, for another's too."""
    for attempt, breaks, answers in _SITTING.rows(person_id=person_id, public_id=public_id):
        return Sitting(*(*_told(attempt, breaks), _answers(answers)))
    raise NotFound(public_id)


def _told(attempt: str, breaks: str) -> list[Any]:
    """The values of a standing in their order."""
    *ids, mode, confirmed_count, state, writer_id, deadline_at, paused_at, break_started_at, break_seconds = json.loads(attempt)
    deeds = [(TimeDeed(deed), instant_of(at)) for _id, deed, at in sorted(json.loads(breaks))]
    bank = BreakBank(break_seconds, taken_in(deeds), instant_of(break_started_at))
    return [*ids, AttemptMode(mode), confirmed_count, AttemptState(state), writer_id, instant_of(deadline_at), instant_of(paused_at), bank]


def _answers(answers: str) -> dict[int, ShownAnswer]:
    found = sorted(json.loads(answers), key=lambda answer: answer[0])
    return {position: ShownAnswer(response, bool(is_flagged), instant_of(saved_at)) for position, response, is_flagged, saved_at in found}
