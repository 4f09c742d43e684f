"""Which cases of a concept could come next for a person: each question stays within the concept and the person's own rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Executable, Select, func, select, union_all
from sqlalchemy.orm import aliased

from training.cases.models import Case
from training.cases.queries import IS_PRACTISED
from training.cases.rules import Difficulty
from training.db import db
from training.judgements.models import Judgement
from training.judgements.queries import IS_FIRST
from training.practice.models import Serving
from training.practice.rules import RECENT_COUNT, Candidate, Limits, Recent

CANDIDATE_COUNT = 8
"""How many cases of each difficulty are looked at: enough that one of them is no look-alike of the last three."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a case is looked for, and what it is limited to."""

    person_id: int
    limits: Limits
    languages: Collection[str]


def recent_of(person_id: int) -> list[Recent]:
    """The last cases that were put before this person, the newest first."""
    shown = (Case.id, Case.concept, Case.family, Serving.session_id)
    question = (
        select(*shown, Case.contrast_slug.is_not(None), Serving.is_borderline, Serving.answered_at.is_not(None))
        .join_from(Serving, Case, Case.id == Serving.case_id)
        .where(Serving.person_id == person_id)
    )
    return [Recent(*row) for row in db.session.execute(question.order_by(Serving.id.desc()).limit(RECENT_COUNT))]


def unseen_cases(concept: str, wanted: Wanted) -> list[Candidate]:
    """The first cases of each difficulty that the person was never shown nor answered anywhere, in one statement."""
    seen = (_served(wanted.person_id).exists(), _answered(wanted.person_id).exists())
    parts = [
        _of(concept, wanted).where(Case.difficulty == difficulty.value, *(~each for each in seen)).order_by(Case.id).limit(CANDIDATE_COUNT).subquery()
        for difficulty in Difficulty
    ]
    return _candidates(union_all(*(select(part) for part in parts)))


def skipped_cases(concept: str, wanted: Wanted) -> list[Candidate]:
    """The first cases that the person was shown and never answered."""
    question = _of(concept, wanted).where(_served(wanted.person_id).exists(), ~_answered(wanted.person_id).exists())
    return _candidates(question.order_by(Case.id).limit(CANDIDATE_COUNT))


def answered_cases(concept: str, wanted: Wanted) -> list[Candidate]:
    """The cases that the person answered, the one answered longest ago first."""
    last = func.max(Judgement.given_at)
    question = _of(concept, wanted).join(Judgement, Judgement.case_id == Case.id).where(Judgement.person_id == wanted.person_id, IS_FIRST)
    return _candidates(question.group_by(Case.id).order_by(last, Case.id).limit(CANDIDATE_COUNT))


def is_unseen(case_id: int, wanted: Wanted) -> bool:
    """Whether the person reads this case's language, practises its surface, and was never shown it nor answered it anywhere."""
    question = select(Case.id).where(Case.id == case_id, ~_served(wanted.person_id).exists(), ~_answered(wanted.person_id).exists())
    return db.session.scalar(question.where(*_readable(wanted))) is not None


def _served(person_id: int) -> Select[int]:
    return select(Serving.id).where(Serving.person_id == person_id, Serving.case_id == Case.id).correlate(Case)


def _answered(person_id: int) -> Select[int]:
    return select(Judgement.id).where(Judgement.person_id == person_id, Judgement.case_id == Case.id, IS_FIRST).correlate(Case)


def _of(concept: str, wanted: Wanted) -> Select[int, str, str, bool]:
    near_miss = aliased(Case)
    is_kept_for_pair = select(near_miss.id).where(near_miss.slug == Case.contrast_slug, near_miss.difficulty == Difficulty.BORDERLINE.value).correlate(Case)
    question = select(Case.id, Case.family, Case.difficulty, is_kept_for_pair.exists().label("is_kept_for_pair"))
    return question.where(IS_PRACTISED, Case.concept == concept, *_within(concept, wanted))


def _within(concept: str, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    if wanted.limits.rules and concept not in wanted.limits.rules:
        return [*_readable(wanted), Case.area.in_(sorted(wanted.limits.rules))]
    return _readable(wanted)


def _readable(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.languages:
        conditions.append(Case.language.in_(sorted(wanted.languages)))
    if wanted.limits.surface:
        conditions.append(Case.surface == wanted.limits.surface)
    return conditions


def _candidates(question: Executable) -> list[Candidate]:
    return [Candidate(case_id, family, Difficulty(difficulty), is_kept) for case_id, family, difficulty, is_kept in db.session.execute(question)]
