"""What training of people is known, and how their practice answers were judged."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased

from training.cases.models import CaseVersion
from training.courses.models import Acknowledgement, Assignment, Course, Module
from training.db import db
from training.insights.rules.audiences import Audiences
from training.judgements.models import Judgement
from training.judgements.rules import Source
from training.practice.models import PracticeSession
from training.quality.models import QualityAudit
from training.quality.rules import Sampling

UNDETERMINED = "und"
"""The code of a language that nobody said (ISO 639-2)."""


@dataclass(frozen=True, slots=True)
class Practised:
    """What somebody practised by an instant: how often, how much, and for how long between case and answer."""

    first_at: datetime
    last_at: datetime
    answer_count: int
    seconds: float
    session_count: int = 0


def practised(person_ids: Sequence[int], *, until: datetime) -> Mapping[int, Practised]:
    """The practice of these people; nothing of those who did not."""
    begun = select(PracticeSession.person_id, func.count()).where(PracticeSession.person_id.in_(person_ids), PracticeSession.started_at <= until)
    sessions = dict(db.session.execute(begun.group_by(PracticeSession.person_id)).all())
    asked = (
        select(Judgement.person_id, func.min(Judgement.given_at), func.max(Judgement.given_at), func.count(), func.sum(Judgement.seconds))
        .where(Judgement.person_id.in_(person_ids), Judgement.source == Source.PRACTICE.value)
        .where(Judgement.corrects_id.is_(None), Judgement.given_at <= until)
        .group_by(Judgement.person_id)
    )
    return {
        person_id: Practised(first, last, count, seconds or 0.0, sessions.get(person_id, 0))
        for person_id, first, last, count, seconds in db.session.execute(asked)
    }


def practice_by_language(person_ids: Sequence[int], *, known_at: datetime) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """How many first answers of these people to practice cases were right, of how many, by language, as they were judged by then."""
    later = aliased(Judgement)
    is_replaced = select(later.id).where(later.corrects_id == Judgement.id, later.corrected_at <= known_at).exists()
    asked = (
        select(Judgement.person_id, CaseVersion.language, func.sum(case((Judgement.is_strict, 1), else_=0)), func.count())
        .join(CaseVersion, CaseVersion.id == Judgement.case_version_id)
        .where(Judgement.person_id.in_(person_ids), Judgement.source == Source.PRACTICE.value, Judgement.given_at <= known_at)
        .where(or_(Judgement.corrected_at.is_(None), Judgement.corrected_at <= known_at), ~is_replaced)
        .where(Judgement.is_first_exposure, ~Judgement.is_withdrawn)
        .group_by(Judgement.person_id, CaseVersion.language)
    )
    return _by_person(asked)


def audits_by_language(person_ids: Sequence[int], *, known_at: datetime) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """How many randomly sampled live decisions of these people were right, of how many, by language, as audits had found by then."""
    later = aliased(QualityAudit)
    is_replaced = select(later.id).where(later.corrects_id == QualityAudit.id, later.recorded_at <= known_at).exists()
    language = func.coalesce(QualityAudit.language, UNDETERMINED)
    asked = (
        select(QualityAudit.person_id, language, func.sum(case((QualityAudit.error.is_(None), 1), else_=0)), func.count())
        .where(QualityAudit.person_id.in_(person_ids), QualityAudit.sampling == Sampling.RANDOM.value)
        .where(QualityAudit.decided_at <= known_at, QualityAudit.recorded_at <= known_at, ~is_replaced)
        .group_by(QualityAudit.person_id, language)
    )
    return _by_person(asked)


def _by_person(asked: Select[int, str, Any, int]) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    found = defaultdict[int, dict[str, tuple[int, int]]](dict)
    for person_id, language, right, count in db.session.execute(asked):
        found[person_id][language] = (int(right), count)
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """A policy version that somebody said they had read."""

    module: str
    version: str
    at: datetime


def readings(person_ids: Sequence[int], *, known_at: datetime) -> Mapping[int, tuple[Read, ...]]:
    """What these people had said they had read by then, in order."""
    asked = select(Acknowledgement, Module.slug).join(Module, Module.id == Acknowledgement.module_id)
    rows = db.session.execute(asked.where(Acknowledgement.person_id.in_(person_ids), Acknowledgement.recorded_at <= known_at).order_by(Acknowledgement.id))
    found = defaultdict[int, tuple[Read, ...]](tuple)
    for row, slug in rows:
        found[row.person_id] += (Read(slug, str(row.version), row.acknowledged_at),)
    return found


@dataclass(frozen=True, slots=True)
class Assigned:
    """A course or a module that an audience was asked to complete: one person, or everybody of a team, a cohort, or a market or language."""

    person_id: int | None
    team_id: int | None
    cohort_id: int | None
    rule: str | None
    course: str | None
    module: str | None
    assigned_at: datetime
    due_at: datetime


def assignments(audiences: Audiences, *, at: datetime) -> Sequence[Assigned]:
    """What these audiences were asked to complete at an instant, in order."""
    row = Assignment
    asked = select(row, Course.slug, Module.slug).outerjoin(Course, Course.id == row.course_id).outerjoin(Module, Module.id == row.module_id)
    ways = row.person_id.in_(audiences.people), row.team_id.in_(audiences.teams), row.cohort_id.in_(audiences.cohorts), row.rule.in_(audiences.rules)
    asked = asked.where(or_(*ways), row.assigned_at <= at, or_(row.withdrawn_at.is_(None), row.withdrawn_at > at)).order_by(row.id)
    return [
        Assigned(found.person_id, found.team_id, found.cohort_id, found.rule, course, module, found.assigned_at, found.due_at)
        for found, course, module in db.session.execute(asked)
    ]
