"""Preparing forms before an announced window opens, so that nobody waits for a draw when everybody starts at once."""

import secrets
from dataclasses import replace
from datetime import datetime

from training.accounts import queries as accounts
from training.certification import queries as certification
from training.db import db
from training.exams import queries
from training.exams.models import PreparedForm
from training.exams.queries import PublishedExam
from training.exams.services.drafting import Draft, draft_for

CHUNK = 20
"""Forms of one transaction: as many as somebody who starts another exam may wait for."""


def prepare_forms(*, allow_public: bool, now: datetime) -> int:
    """Prepare forms of every exam whose window nears, for those whose turn it is in this minute of the hour and who may sit; how many.

    Whoever comes to be able to sit after their last turn has their form drawn when they start, as ever.
    """
    count = 0
    for exam in queries.exams():
        window = exam.document.announced_window
        if window is None or not window.is_prepared_for(now):
            continue
        for person_id in queries.unprepared_people(exam, minute=now.minute):
            count += _may_sit(person_id, exam, at=max(now, window.opens_at)) and _prepare(person_id, exam, allow_public=allow_public, now=now)
            if count >= CHUNK:
                return count
    return count


def _may_sit(person_id: int, exam: PublishedExam, *, at: datetime) -> bool:
    if accounts.state_of(person_id, at=at).status != "active":
        return False
    if queries.offer_of(person_id, exam, now=at) is not None:
        return False
    return replace(queries.readiness_of(person_id, exam, now=at), window_refusal=None).refusal is None


def _prepare(person_id: int, exam: PublishedExam, *, allow_public: bool, now: datetime) -> bool:
    """Draw and keep one form; not where the bank cannot fill it, which the start says better."""
    certification.hold_person(person_id)
    draft = draft_for(person_id, exam, allow_public=allow_public, seed=secrets.randbits(53), now=now)
    if draft is None or queries.prepared_form(person_id, exam, with_public=True) is not None:
        return False
    _keep(person_id, exam, draft, now=now)
    return True


def _keep(person_id: int, exam: PublishedExam, draft: Draft, *, now: datetime) -> None:
    record = {"places": draft.places, "shared_items": draft.shared_count, "recent_families": draft.recent_count}
    form = PreparedForm(
        exam_version_id=exam.version_id,
        person_id=person_id,
        seed=draft.seed,
        pool_hash=draft.pool_hash,
        draw_version=draft.draw_version,
        cap_note=draft.cap_note,
        record=record,
        prepared_at=now,
    )
    db.session.add(form)
    db.session.flush()
    queries.count_uses(exam.id, [version_id for version_id, _ in draft.places])
