"""Passes that a ruling took back, and the re-tests that are still due."""

from collections.abc import Sequence

from sqlalchemy import select

from training.certification.models import RetestFlag
from training.certification.rules import RetestDeed, latest_by_attempt
from training.db import db


def retest_history(person_id: int) -> Sequence[RetestFlag]:
    """Every entry about a person's re-tests, the latest first."""
    return db.session.scalars(select(RetestFlag).where(RetestFlag.person_id == person_id).order_by(RetestFlag.id.desc())).all()


def open_retests(person_id: int, certification_id: int | None = None) -> list[RetestFlag]:
    """The re-tests that a person still has to pass, the latest first; for one certification or for all."""
    latest = latest_by_attempt(retest_history(person_id))
    return [entry for entry in latest if entry.deed == RetestDeed.RAISED and certification_id in (None, entry.certification_id)]


def personal_retests(person_id: int) -> list[dict[str, object]]:
    """A person's re-tests as they take them away, the latest entry first."""
    return [
        {"exam": entry.exam_slug, "attempt": entry.attempt, "entry": entry.deed, "reason": entry.reason, "recorded_at": entry.recorded_at}
        for entry in retest_history(person_id)
    ]
