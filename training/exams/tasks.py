"""What follows by itself: attempts whose time is over are ended, also when nobody looks; figures and signals follow what was submitted."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app

from training.db import begin_writing, db
from training.exams import services
from training.jobs import every

MOST_ROUNDS = 100
MOST_COMPARISONS = 5
"""Comparisons repeated at once: each may take seconds, and other jobs wait meanwhile."""


def _in_rounds(deed: Callable[[datetime], object], now: datetime) -> None:
    """Do it until it says that nothing is left, each round committed: whatever stops it, it goes on behind the last one."""
    for _ in range(MOST_ROUNDS):
        begin_writing()
        if not deed(now):
            return
        db.session.commit()


@every(seconds=10)
def end_expired_attempts(now: datetime) -> None:
    """End and grade what has expired, few at a time so that nobody who saves waits long. Whoever looked earlier has seen it expired already."""
    _in_rounds(services.sweep_expired, now)


@every(seconds=30)
def refresh_statistics(now: datetime) -> None:
    """Compute the figures of items and exams anew where something was graded since, so that they are never older than a minute."""
    from training.exams.services.analysing import analyse  # noqa: PLC0415  # Brings numpy and scipy along.

    found = analyse(now=now)
    if found is None:
        return
    db.session.rollback()
    begin_writing()
    services.keep_figures(found.items, found.exams, last_run_id=found.last_run_id, now=now)


@every(seconds=5)
def carry_out_rulings(now: datetime) -> None:
    """Grade anew what rulings ask for, chunk by chunk."""
    _in_rounds(lambda now: services.carry_on(site_url=current_app.config["PUBLIC_URL"], now=now), now)


@every(seconds=30)
def count_signals(now: datetime) -> None:
    """Count what was noticed about attempts that ended."""
    _in_rounds(services.tally_finished, now)


@every(seconds=60)
def compare_wrong_answers(now: datetime) -> None:
    """Once a day, compare the wrong answers of those who sat the same exam: first compared, then noted, so that nobody waits to save meanwhile."""
    found = services.compare_cohorts(now)
    db.session.rollback()
    for compared in found:
        begin_writing()
        services.keep_comparison(compared, now=now)
        db.session.commit()


@every(seconds=30)
def repeat_comparisons(now: datetime) -> None:
    """Compare again where a ruling changed what is wrong, a comparison a transaction."""
    for _ in range(MOST_COMPARISONS):
        found = services.compare_again()
        db.session.rollback()
        if found is None:
            return
        begin_writing()
        services.keep_repetition(found, now=now)
        db.session.commit()


@every(seconds=20)
def prepare_windows(now: datetime) -> None:
    """Draw forms for those who may sit in an announced window, one a transaction so that nobody who starts waits long."""
    for exam, person_id in services.awaited_forms(now=now):
        begin_writing()
        services.prepare_form(exam, person_id, allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"], now=now)
        db.session.commit()


@every(seconds=60)
def release_dropped_forms(now: datetime) -> None:
    """Let what was prepared and is never sat count as used no more, one form a transaction."""
    dropped = services.dropped_forms(now=now)
    db.session.rollback()
    for exam, person_id in dropped:
        begin_writing()
        services.release_form(exam, person_id, now=now)
        db.session.commit()
