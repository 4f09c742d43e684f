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


def awaited_forms(*, now: datetime) -> list[tuple[PublishedExam, int]]:
    """The exams whose window nears, each with a person whose turn it is in this minute of the hour, who may sit and has no form yet.

    Whoever comes to be able to sit after their last turn has their form drawn when they start, as ever.
    """
    near = [(exam, window) for exam in queries.exams() if (window := exam.document.announced_window) and window.is_prepared_for(now)]
    return [
        (exam, person_id)
        for exam, window in near
        for person_id in queries.unprepared_people(exam, minute=now.minute)
        if _may_sit(person_id, exam, at=max(now, window.opens_at))
    ]


def prepare_form(exam: PublishedExam, person_id: int, *, allow_public: bool, now: datetime) -> bool:
    """Draw and keep one person's form; says whether. Not where the bank cannot fill it, which the start says better.

    One form a transaction: whoever starts meanwhile holds first their person, then the counts of items, and so does this.
    """
    certification.hold_person(person_id)
    if person_id not in queries.unprepared_people(exam, minute=person_id % 60):
        return False
    draft = draft_for(person_id, exam, allow_public=allow_public, seed=secrets.randbits(53), now=now)
    if draft is not None:
        _keep(person_id, exam, draft, now=now)
    return draft is not None


def _may_sit(person_id: int, exam: PublishedExam, *, at: datetime) -> bool:
    if accounts.state_of(person_id, at=at).status != "active":
        return False
    if queries.offer_of(person_id, exam, now=at) is not None:
        return False
    return replace(queries.readiness_of(person_id, exam, now=at), window_refusal=None).refusal is None


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
