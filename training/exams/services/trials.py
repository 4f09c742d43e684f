"""Sitting a form of an exam that is still being written, to see it as a candidate would. Nothing of it counts; what was seen is known from then on."""

import secrets
from datetime import datetime
from typing import Any

from training.actors import Actor
from training.audit.services import record
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.documents import ExamDocument
from training.exams.models import ExamTrial
from training.exams.queries import PinnedPlace
from training.exams.queries.supplying import usage_of_exam
from training.exams.queries.trials import items_on, open_trial_of
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import ItemState
from training.exams.rules.drawing import Basis
from training.exams.rules.pilots import Place, pilots_for, with_pilots
from training.exams.rules.reasons import TrialRefusal
from training.exams.services.acquainting import note_acquaintance
from training.exams.services.pinning import pinned


def begin_trial(document: ExamDocument, *, allow_public: bool, by: Actor, now: datetime) -> ExamTrial:
    """Draw a form as for a candidate who has met nothing, for whoever tries the exam out: they know its items from now on and never draw one.

    Where they have a trial of this exam open, it is that one: however often this is asked at once, one form is drawn. Raises Refusal where the bank cannot
    fill a form, and for somebody who sits an exam just now.
    """
    assert by.id is not None, "people sit trials"
    if queries.is_sitting(by.id):
        raise Refusal(TrialRefusal.SITTING)
    certification.hold_person(by.id)
    running = open_trial_of(by.id, document.id)
    if running is not None:
        return running
    seed = secrets.randbits(53)
    drawn = _drawn(document, seed, allow_public=allow_public)
    if drawn is None:
        raise Refusal(TrialRefusal.CANNOT_FILL)
    trial = ExamTrial(public_id=secrets.token_urlsafe(16), person_id=by.id, exam_slug=document.id, title=document.title, limit_seconds=document.limit_seconds)
    trial.seed, trial.answers, trial.begun_at, trial.ended_at = seed, {}, now, None
    trial.places = [[place.item.version_id, place.is_pilot] for place in drawn]
    db.session.add(trial)
    _acquaint(trial, now=now)
    record("exam.trial_begun", by=by, subject=("exam", document.id), now=now, detail={"questions": len(drawn)})
    return trial


def _drawn(document: ExamDocument, seed: int, *, allow_public: bool) -> tuple[Place, ...] | None:
    terms, usage = queries.terms_of(document, with_public=allow_public or not document.gating), usage_of_exam(document.id)
    live, trials = ([item.pool_item for item in queries.bank_items(terms, state=state)] for state in (ItemState.LIVE, ItemState.PILOT))
    drawn = Basis(document.blueprint, live, usage, pilots_for(document.blueprint, trials, usage)).draw(seed)
    return with_pilots(document.blueprint, drawn.form, drawn.pool, seed) if drawn else None


def _acquaint(trial: ExamTrial, *, now: datetime) -> None:
    for item in items_on(trial):
        note_acquaintance(trial.person_id, item, Acquaintance.OPENED, now=now)


def trial_place(trial: ExamTrial, position: int) -> PinnedPlace | None:
    """One place of a trial's form, counted from 1, with its options in the order in which they are shown; nothing where it has no such place."""
    if not 1 <= position <= len(trial.places):
        return None
    version_id, is_pilot = trial.places[position - 1]
    return pinned(queries.item_versions([version_id])[version_id], position, trial.seed, is_pilot=is_pilot)


def answer_trial(trial: ExamTrial, position: int, response: dict[str, Any]) -> None:
    """Keep an answer of a trial that is held for change, until it ends. Raises Refusal where it has ended."""
    if trial.ended_at is not None:
        raise Refusal(TrialRefusal.OVER)
    trial.answers = {**trial.answers, str(position): response}
    db.session.flush()


def end_trial(trial: ExamTrial, *, now: datetime) -> None:
    """End a trial that is held for change; ending it twice changes nothing."""
    if trial.ended_at is None:
        trial.ended_at = now
        db.session.flush()
