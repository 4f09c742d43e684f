"""Which cases of a concept could come next for a person: each question stays within the concept and the person's own rows.

The statements are put together once for each shape of what is wanted: that would take longer than the database does.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Executable, Select, bindparam, func, select, union_all

from training.cases.models import Case
from training.cases.queries import IS_DRAWN, IS_OF_SEVERE_FAMILY, PRACTICE_CASE, PracticeCase, practice_case_of
from training.cases.rules import Difficulty
from training.db import db
from training.judgements.models import Judgement
from training.judgements.queries import IS_FIRST
from training.practice.models import Serving
from training.practice.rules import NOTHING_SPARED, RECENT_COUNT, Candidate, Limits, Recent, Sparing

CANDIDATE_COUNT = 8
"""How many cases of each difficulty are looked at: enough that one of them is no look-alike of the last three."""

PERSON: BindParameter[int] = bindparam("person_id")
WAS_SERVED = select(Serving.id).where(Serving.person_id == PERSON, Serving.case_id == Case.id).correlate(Case).exists()
WAS_ANSWERED = select(Judgement.id).where(Judgement.person_id == PERSON, Judgement.case_id == Case.id, IS_FIRST).correlate(Case).exists()
_NEAR_MISS = Case.__table__.alias()
IS_KEPT_FOR_PAIR = (
    select(_NEAR_MISS.c.id).where(_NEAR_MISS.c.slug == Case.contrast_slug, _NEAR_MISS.c.difficulty == Difficulty.BORDERLINE.value).correlate(Case).exists()
)

Row = TypeVar("Row", bound=Select[*tuple[Any, ...]])

Shape = tuple[bool, bool, bool, bool]
"""Whether languages, a surface and areas limit what is wanted, and whether severe cases are left out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a case is looked for, and what it is limited to."""

    person_id: int
    limits: Limits
    languages: Collection[str]
    sparing: Sparing = NOTHING_SPARED

    def lighter(self) -> "Wanted":
        """The same without severe cases."""
        return replace(self, sparing=replace(self.sparing, is_without_severe=True))

    def shape(self, concept: str = "") -> Shape:
        """Which limits there are; a concept that is named itself is not limited by areas."""
        is_by_area = bool(concept and self.limits.rules and concept not in self.limits.rules)
        return bool(self.languages), bool(self.limits.surface), is_by_area, self.sparing.is_without_severe

    def parameters(self, shape: Shape) -> Mapping[str, Any]:
        """The parameters of statements of this shape."""
        given = {"languages": sorted(self.languages), "surface": self.limits.surface, "areas": sorted(self.limits.rules)}
        return {"person_id": self.person_id} | {name: value for (name, value), is_there in zip(given.items(), shape, strict=False) if is_there}


def recent_of(person_id: int) -> list[Recent]:
    """The last cases that were put before this person, the newest first."""
    return [Recent(*row) for row in db.session.execute(_RECENT, {"person_id": person_id})]


_OF_SERVING = (Serving.is_borderline, Serving.answered_at.is_not(None), Serving.is_severe)
_RECENT = (
    select(*(Case.id, Case.concept, Case.family, Serving.session_id, Case.contrast_slug.is_not(None)), *_OF_SERVING)
    .join_from(Serving, Case, Case.id == Serving.case_id)
    .where(Serving.person_id == PERSON)
    .order_by(Serving.id.desc())
    .limit(RECENT_COUNT)
)


def unseen_cases(concept: str, wanted: Wanted) -> dict[Candidate, PracticeCase]:
    """The first cases of each difficulty that the person was never shown nor answered anywhere, in one statement."""
    return _candidates(_unseen, concept, wanted)


def skipped_cases(concept: str, wanted: Wanted) -> dict[Candidate, PracticeCase]:
    """The first cases that the person was shown and never answered."""
    return _candidates(_skipped, concept, wanted)


def answered_cases(concept: str, wanted: Wanted) -> dict[Candidate, PracticeCase]:
    """The cases that the person answered, the one answered longest ago first."""
    return _candidates(_answered, concept, wanted)


def is_unseen(case_id: int, wanted: Wanted) -> bool:
    """Whether the person reads this case's language, practises its surface, and was never shown it nor answered it anywhere."""
    shape = wanted.shape()
    return db.session.scalar(_unseen_one(shape), {**wanted.parameters(shape), "case_id": case_id}) is not None


def _candidates(statement_of: Callable[[Shape], Executable], concept: str, wanted: Wanted) -> dict[Candidate, PracticeCase]:
    shape = wanted.shape(concept)
    rows = db.session.execute(statement_of(shape), {**wanted.parameters(shape), "concept": concept})
    return {Candidate(row.id, row.family, Difficulty(row.difficulty), row.is_kept_for_pair): practice_case_of(row) for row in rows}


@lru_cache
def _unseen(shape: Shape) -> Executable:
    fresh = _of_concept(shape).where(~WAS_SERVED, ~WAS_ANSWERED).order_by(Case.id).limit(CANDIDATE_COUNT)
    return union_all(*(select(fresh.where(Case.difficulty == difficulty.value).subquery()) for difficulty in Difficulty))


@lru_cache
def _skipped(shape: Shape) -> Executable:
    return _of_concept(shape).where(WAS_SERVED, ~WAS_ANSWERED).order_by(Case.id).limit(CANDIDATE_COUNT)


@lru_cache
def _answered(shape: Shape) -> Executable:
    question = _of_concept(shape).join(Judgement, Judgement.case_id == Case.id).where(Judgement.person_id == PERSON, IS_FIRST)
    return question.group_by(Case.id).order_by(func.max(Judgement.given_at), Case.id).limit(CANDIDATE_COUNT)


@lru_cache
def _unseen_one(shape: Shape) -> Select[int]:
    return _limited(select(Case.id), shape).where(Case.id == bindparam("case_id"), ~Case.is_held, ~WAS_SERVED, ~WAS_ANSWERED)


def _of_concept(shape: Shape) -> Select[*tuple[Any, ...]]:
    return _limited(select(*PRACTICE_CASE, IS_KEPT_FOR_PAIR.label("is_kept_for_pair")), shape).where(IS_DRAWN, Case.concept == bindparam("concept"))


def _limited(question: Row, shape: Shape) -> Row:
    by_language, by_surface, by_area, is_without_severe = shape
    if by_language:
        question = question.where(Case.language.in_(bindparam("languages", expanding=True)))
    if by_surface:
        question = question.where(Case.surface == bindparam("surface"))
    if by_area:
        question = question.where(Case.area.in_(bindparam("areas", expanding=True)))
    if is_without_severe:
        question = question.where(~IS_OF_SEVERE_FAMILY)
    return question
