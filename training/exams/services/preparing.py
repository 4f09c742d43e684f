"""Preparing forms before an announced window opens, so that nobody waits for a draw when everybody starts at once; and what is not sat of them."""

import secrets
from dataclasses import replace
from datetime import datetime

from training.certification import queries as certification
from training.db import Remembered, db
from training.exams import queries
from training.exams.models import PreparedForm, PreparedFormRelease
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


_SETTLED: Remembered[int, bool] = Remembered(1_000)
"""Versions of exams of which no prepared form can be dropped any more: none is prepared after the window, and all are sat or released."""


def dropped_forms(*, now: datetime) -> list[tuple[PublishedExam, int]]:
    """The exams whose window is over, or that another version has taken the place of, each with a person whose prepared form was not sat."""
    current = {exam.version_id for exam in queries.exams()}
    found: list[tuple[PublishedExam, int]] = []
    for version_id in queries.prepared_versions():
        exam = queries.exam_of_version(version_id)
        window = exam.document.announced_window
        if _SETTLED.get(version_id) or window is None or not (window.is_over(now) or version_id not in current):
            continue
        people = queries.people_with_dropped_forms(version_id)
        found += [(exam, person_id) for person_id in people]
        if not people and window.is_over(now):
            _SETTLED.put(version_id, True)
    return found


def release_form(exam: PublishedExam, person_id: int, *, now: datetime) -> bool:
    """Let the items of a prepared form that this person did not sit count as used no more; says whether there was one."""
    certification.hold_person(person_id)
    form = queries.dropped_form(exam.version_id, person_id)
    if form is None:
        return False
    db.session.add(PreparedFormRelease(form_id=form.id, released_at=now))
    db.session.flush()
    queries.take_back_uses(exam.id, [version_id for version_id, _ in form.record["places"]])
    return True


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
