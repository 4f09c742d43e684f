"""The protocol of an attempt: everything that arrived, was done and was graded, in order, a page at a time, without what any question or answer says."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import func, select, tuple_

from training.audit import queries as audit
from training.db import db
from training.exams.documents import RESULT
from training.exams.models import AnswerEvent, Attempt, ScoreRun

TOLD_BETTER = frozenset({"attempt.graded", "attempt.answer_not_counted"})
"""Deeds whose lines come from the ledger they speak of."""
PAGE_SIZE = 500
"""Lines of one page: most attempts have fewer, so that one page is the whole protocol and can be printed."""
LARGEST_ID = 2**31 - 1


class LineKind(StrEnum):
    """What a line of a protocol tells of."""

    DEED = "deed"
    ANSWER = "answer"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class ProtocolLine:
    """One line: when, what, who, and what is to be said of it."""

    at: datetime
    kind: LineKind
    id: int
    """Its number in the ledger that it is of."""
    name: str
    """The deed, the answer's verdict, or the reason of the score."""
    by_id: int | None
    detail: dict[str, Any]

    @property
    def place(self) -> "Place":
        """Where it stands in the protocol."""
        return Place(self.at, self.kind, self.id)


class Place(NamedTuple):
    """Where a line stands in a protocol. At the same instant deeds come before answers, and these before scores."""

    at: datetime
    kind: LineKind
    id: int

    def behind(self, kind: LineKind) -> tuple[datetime, int]:
        """Behind which time and number the lines of a kind begin that stand behind this one."""
        if kind is self.kind:
            return self.at, self.id
        return self.at, 0 if ORDER.index(kind) > ORDER.index(self.kind) else LARGEST_ID


ORDER = tuple(LineKind)


def protocol_of(attempt: Attempt, *, after: Place | None = None) -> list[ProtocolLine]:
    """The lines in the order of the server's clock, behind this one; one more than a page where there are more."""
    lines = [*_deeds(attempt, after), *_answers(attempt, after), *_scores(attempt, after)]
    return sorted(lines, key=lambda line: (line.at, ORDER.index(line.kind), line.id))[: PAGE_SIZE + 1]


def _deeds(attempt: Attempt, after: Place | None) -> list[ProtocolLine]:
    behind = after.behind(LineKind.DEED) if after else None
    entries = audit.entries_about("attempt", attempt.public_id, without=TOLD_BETTER, after=behind, limit=PAGE_SIZE + 1)
    return [
        ProtocolLine(entry.at, LineKind.DEED, entry.id, entry.deed, entry.actor_id if entry.actor_kind == "person" else None, entry.detail) for entry in entries
    ]


def _answers(attempt: Attempt, after: Place | None) -> list[ProtocolLine]:
    question = select(AnswerEvent).where(AnswerEvent.attempt_id == attempt.id).order_by(AnswerEvent.received_at, AnswerEvent.id)
    if after is not None:
        question = question.where(tuple_(AnswerEvent.received_at, AnswerEvent.id) > after.behind(LineKind.ANSWER))
    events = db.session.scalars(question.limit(PAGE_SIZE + 1)).all()
    windows = _windows(attempt) if events else {}
    return [
        ProtocolLine(
            event.received_at,
            LineKind.ANSWER,
            event.id,
            event.verdict,
            attempt.person_id,
            {"position": event.position, "window": windows[event.client_id], "sequence": event.sequence, "flagged": event.is_flagged},
        )
        for event in events
    ]


def _windows(attempt: Attempt) -> dict[str, str]:
    """Each window by a short name, in the order in which they sent first."""
    first = func.min(AnswerEvent.id)
    sent = select(AnswerEvent.client_id).where(AnswerEvent.attempt_id == attempt.id).group_by(AnswerEvent.client_id).order_by(first)
    return {client_id: f"W{number}" for number, client_id in enumerate(db.session.scalars(sent), start=1)}


def _scores(attempt: Attempt, after: Place | None) -> list[ProtocolLine]:
    question = select(ScoreRun).where(ScoreRun.attempt_id == attempt.id).order_by(ScoreRun.graded_at, ScoreRun.id)
    if after is not None:
        question = question.where(tuple_(ScoreRun.graded_at, ScoreRun.id) > after.behind(LineKind.SCORE))
    return [
        ProtocolLine(
            run.graded_at,
            LineKind.SCORE,
            run.id,
            run.reason,
            run.by_id,
            {
                "ordinal": run.ordinal,
                "rules": run.rule_version,
                "share": RESULT.validate_python(run.result).share,
                "passed": run.is_passed,
                "final": run.is_final,
            },
        )
        for run in db.session.scalars(question.limit(PAGE_SIZE + 1))
    ]
