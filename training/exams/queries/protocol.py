"""The protocol of an attempt: everything that arrived, was done and was graded, in order, without what any question or answer says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from training.audit import queries as audit
from training.db import db
from training.exams.documents import RESULT
from training.exams.models import AnswerEvent, Attempt, ScoreRun

TOLD_BETTER = frozenset({"attempt.graded", "attempt.answer_not_counted"})
"""Deeds whose lines come from the ledger they speak of."""


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
    name: str
    """The deed, the answer's verdict, or the reason of the score."""
    by_id: int | None
    detail: dict[str, Any]


def protocol_of(attempt: Attempt) -> list[ProtocolLine]:
    """The lines, in the order of the server's clock."""
    lines = [*_deeds(attempt), *_answers(attempt), *_scores(attempt)]
    return sorted(lines, key=lambda line: line.at)


def _deeds(attempt: Attempt) -> list[ProtocolLine]:
    entries = [entry for entry in audit.entries_about("attempt", attempt.public_id) if entry.deed not in TOLD_BETTER]
    return [ProtocolLine(entry.at, LineKind.DEED, entry.deed, entry.actor_id if entry.actor_kind == "person" else None, entry.detail) for entry in entries]


def _answers(attempt: Attempt) -> list[ProtocolLine]:
    columns = (AnswerEvent.received_at, AnswerEvent.verdict, AnswerEvent.position, AnswerEvent.client_id, AnswerEvent.sequence, AnswerEvent.is_flagged)
    rows = db.session.execute(select(*columns).where(AnswerEvent.attempt_id == attempt.id).order_by(AnswerEvent.id)).all()
    windows = _lettered([row.client_id for row in rows])
    return [
        ProtocolLine(
            row.received_at,
            LineKind.ANSWER,
            row.verdict,
            attempt.person_id,
            {"position": row.position, "window": windows[row.client_id], "sequence": row.sequence, "flagged": row.is_flagged},
        )
        for row in rows
    ]


def _lettered(client_ids: Sequence[str]) -> dict[str, str]:
    """Each window by a short name, in the order in which they sent first."""
    return {client_id: f"W{number}" for number, client_id in enumerate(dict.fromkeys(client_ids), start=1)}


def _scores(attempt: Attempt) -> list[ProtocolLine]:
    runs = db.session.scalars(select(ScoreRun).where(ScoreRun.attempt_id == attempt.id).order_by(ScoreRun.ordinal))
    return [
        ProtocolLine(
            run.graded_at,
            LineKind.SCORE,
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
        for run in runs
    ]
