"""The page that stands before the questions while an attempt is paused or its candidate takes a break."""

from flask import render_template

from training import clock
from training.exams import queries
from training.exams.queries import Standing


def covered_page(attempt: Standing, position: int | None = None) -> str | None:
    """The cover, where the questions are covered now. It holds nothing of them; `position` is where the candidate goes on."""
    now = clock.now()
    if attempt.paused_at is None and not attempt.breaks.is_on_break(now):
        return None
    return render_template("exams/covered.html", attempt=attempt, position=position, bank=attempt.breaks, now=now, count=queries.place_count(attempt))
