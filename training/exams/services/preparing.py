"""Preparing forms before an announced window opens, so that nobody waits for a draw when everybody starts at once."""

import secrets
from dataclasses import replace
from datetime import datetime

from training.certification import queries as certification
from training.db import db
from training.exams import queries
from training.exams.models import PreparedForm
from training.exams.queries import PublishedExam
from training.exams.services.drafting import Draft, draft_for, sitter_of


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

    One form a transaction, and the person held, so that nobody who starts meanwhile gets another.
    """
    certification.hold_person(person_id)
    if person_id not in queries.unprepared_people(exam, minute=person_id % 60):
        return False
    sitter = sitter_of(queries.candidacy_of(person_id, now=now), exam, allow_public=allow_public, now=now)
    draft = draft_for(sitter, seed=secrets.randbits(53), now=now)
    if draft is not None:
        _keep(person_id, exam, draft, now=now)
    return draft is not None


def _may_sit(person_id: int, exam: PublishedExam, *, at: datetime) -> bool:
    candidacy = queries.candidacy_of(person_id, now=at)
    if not candidacy.evidence.state.is_active or queries.offer_of(candidacy, exam, now=at) is not None:
        return False
    return replace(queries.readiness_by(candidacy, exam, now=at), window_refusal=None).refusal is None


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
    queries.note_uses(exam.id, [version_id for version_id, _ in draft.places], is_new_form=True)
