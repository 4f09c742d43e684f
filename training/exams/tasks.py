"""What follows by itself: attempts whose time is over are ended, also when nobody looks; figures and signals follow what was submitted."""

from datetime import datetime

from flask import current_app

from training.db import begin_writing, db
from training.exams import services
from training.jobs import every

MOST_ROUNDS = 100


@every(seconds=10)
def end_expired_attempts(now: datetime) -> None:
    """End and grade what has expired, few at a time so that nobody who saves waits long. Whoever looked earlier has seen it expired already."""
    for _ in range(MOST_ROUNDS):
        begin_writing()
        if not services.sweep_expired(now):
            return
        db.session.commit()


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
    """Grade anew what rulings ask for, chunk by chunk, each committed: whatever stops it, it goes on behind the last one."""
    for _ in range(MOST_ROUNDS):
        begin_writing()
        if not services.carry_on(site_url=str(current_app.config["PUBLIC_URL"]).rstrip("/"), now=now):
            return
        db.session.commit()


@every(seconds=30)
def count_signals(now: datetime) -> None:
    """Count what was noticed about attempts that ended."""
    for _ in range(MOST_ROUNDS):
        begin_writing()
        if not services.tally_finished(now):
            return
        db.session.commit()


@every(seconds=60)
def compare_wrong_answers(now: datetime) -> None:
    """Once a day, compare the wrong answers of those who sat the same exam: first compared, then noted, so that nobody waits to save meanwhile."""
    found = services.compare_cohorts(now)
    db.session.rollback()
    for compared in found:
        begin_writing()
        services.keep_comparison(compared, now=now)
        db.session.commit()


@every(seconds=20)
def prepare_windows(now: datetime) -> None:
    """Draw forms for those who may sit in an announced window, one a transaction so that nobody who starts waits long."""
    for exam, person_id in services.awaited_forms(now=now):
        begin_writing()
        services.prepare_form(exam, person_id, allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"], now=now)
        db.session.commit()
