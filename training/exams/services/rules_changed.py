"""Grading every attempt at an exam anew, where the rules of grading have changed: who would change first, then chunk by chunk."""

from collections.abc import Iterator
from datetime import datetime

from training.actors import Actor
from training.exams.queries.regrading import Scope, changed_runs, graded_attempts
from training.exams.rules.runs import RunReason
from training.exams.services.consequences import RULED, follow_runs
from training.exams.services.foreseeing import DryRun, foresee
from training.exams.services.regrading import CHUNK, Grounds, hold, reading, regraded, write_runs


def try_out_exam(exam_id: int, *, now: datetime) -> DryRun:
    """Whom grading every attempt at an exam anew would change, without changing anything."""
    return foresee(Scope(exam_id=exam_id), reading(), now=now)


def regrade_exam(exam_id: int, *, by: Actor, site_url: str, now: datetime) -> Iterator[tuple[int, int]]:
    """Grade every attempt at an exam anew with all that follows: after each chunk, which the caller commits, how many were looked at and how many changed.

    Begun again after whatever stopped it, it passes over what is graded anew already.
    """
    scope, after, read = Scope(exam_id=exam_id), (0, 0), reading()
    while attempts := graded_attempts(scope, after=after, limit=CHUNK):
        attempts = hold(attempts, scope, after=after)
        changed = regraded(attempts, scope, read)
        write_runs(changed, Grounds(RunReason.RULES_CHANGED, by.id), now=now)
        runs = changed_runs(attempt_ids=[each.attempt.attempt_id for each in changed], limit=CHUNK) if changed else []
        follow_runs(runs, RULED, by=by, site_url=site_url, now=now)
        after = attempts[-1].person_id, attempts[-1].attempt_id
        yield len(attempts), len(changed)
