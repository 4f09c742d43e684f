"""Keeping signals: what a candidate's windows report of themselves, as long as the attempt runs, and what is computed afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from training.db import db
from training.exams import queries
from training.exams.models import Attempt, AttemptSignal
from training.exams.rules.integrity.kinds import MOST_SIGNALS, Reported, SignalKind, WindowSignal, recorded


def report_signals(attempt: Attempt, client_id: str, reports: Sequence[Reported], *, now: datetime) -> int:
    """Keep what a window of an attempt reports that the caller holds; how much of it was kept.

    What was reported before, what falls into a break or a pause, and whatever goes beyond the most that an attempt keeps
    is not kept. Neither is anything after the end.
    """
    if not attempt.is_open_at(now):
        return 0
    room = MOST_SIGNALS - queries.reported_count(attempt.id)
    known, rests = queries.reported_numbers(attempt.id, client_id), queries.rests_of(attempt)
    fresh = {report.number: report for report in reports if report.number not in known and attempt.started_at <= report.at and recorded(report, rests)}
    kept = list(fresh.values())[: max(room, 0)]
    db.session.add_all([_signal(attempt, client_id, report, now) for report in kept])
    db.session.flush()
    return len(kept)


def _signal(attempt: Attempt, client_id: str, report: Reported, now: datetime) -> AttemptSignal:
    return AttemptSignal(
        attempt_id=attempt.id,
        kind=report.kind.value,
        client_id=client_id,
        number=report.number,
        position=report.position,
        seconds=report.seconds if report.kind is WindowSignal.FOCUS_LOST else None,
        figures={},
        at=report.at,
        recorded_at=now,
    )


def note_takeover(attempt: Attempt, client_id: str, *, now: datetime) -> None:
    """Note that this window took over from another."""
    db.session.add(AttemptSignal(attempt_id=attempt.id, kind=SignalKind.TAKEOVER.value, client_id=client_id, figures={}, at=now, recorded_at=now))


def note_computed(attempt: Attempt, kind: SignalKind, figures: dict[str, Any], now: datetime) -> None:
    """Note what was computed about an attempt that is over, with all that explains it."""
    at = attempt.finished_at or now
    db.session.add(AttemptSignal(attempt_id=attempt.id, kind=kind.value, figures=figures, at=at, recorded_at=now))
    db.session.flush()
