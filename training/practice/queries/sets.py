"""Trainers' sets: who has them, and how far they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from training.db import db
from training.errors import NotFound
from training.judgements.models import Judgement
from training.judgements.queries import IS_NEWEST, on_occasion_of
from training.practice.models import PracticeSession, PracticeSet, Serving, SetAssignment
from training.practice.rules import Purpose, PurposeKind


@dataclass(frozen=True, slots=True)
class SetRun:
    """One person's latest way through a set."""

    session_id: int
    answered_count: int
    right_count: int
    is_ended: bool


@dataclass(frozen=True, slots=True)
class OwnSet:
    """A set that a person has, and their latest way through it, if they began."""

    set: PracticeSet
    run: SetRun | None

    @property
    def is_finished(self) -> bool:
        """Whether they went through it to its end, or left it there."""
        return self.run is not None and self.run.is_ended

    @property
    def answered_count(self) -> int:
        """How many of its cases they answered on their latest way."""
        return self.run.answered_count if self.run else 0


def practice_set(set_id: int) -> PracticeSet:
    """The set with this number. Raises NotFound."""
    found = db.session.get(PracticeSet, set_id)
    if found is None:
        raise NotFound
    return found


def set_given_to(person_id: int, team_id: int | None, set_id: int) -> PracticeSet:
    """The set with this number, if this person of this team has it. Raises NotFound."""
    question = select(PracticeSet).join(SetAssignment, SetAssignment.set_id == PracticeSet.id)
    found = db.session.scalar(question.where(PracticeSet.id == set_id, _given(person_id, team_id)).limit(1))
    if found is None:
        raise NotFound
    return found


def _given(person_id: int, team_id: int | None) -> ColumnElement[bool]:
    whom = SetAssignment.person_id == person_id
    return SetAssignment.withdrawn_at.is_(None) & (or_(whom, SetAssignment.team_id == team_id) if team_id is not None else whom)


def sets_of(person_id: int, team_id: int | None, *, size: int = 20) -> list[OwnSet]:
    """The sets that this person has, the newest first."""
    given = select(SetAssignment.set_id).where(_given(person_id, team_id))
    sets = db.session.scalars(select(PracticeSet).where(PracticeSet.id.in_(given)).order_by(PracticeSet.id.desc()).limit(size)).all()
    runs = _latest_runs([each.id for each in sets], [person_id])
    return [OwnSet(each, runs.get((each.id, person_id))) for each in sets]


def runs_of_set(set_id: int, person_ids: Collection[int]) -> Mapping[int, SetRun]:
    """The latest way of each of these people through this set."""
    return {person_id: run for (_set_id, person_id), run in _latest_runs([set_id], person_ids).items()}


def _latest_runs(set_ids: Collection[int], person_ids: Collection[int]) -> Mapping[tuple[int, int], SetRun]:
    """The latest way through each of these sets of each of these people, by set and person, in one statement."""
    sets_by_scope = {Purpose(PurposeKind.SET, (str(set_id),)).scope: set_id for set_id in set_ids}
    latest = (
        select(func.max(PracticeSession.id))
        .where(PracticeSession.scope.in_(sorted(sets_by_scope)), PracticeSession.person_id.in_(sorted(person_ids)))
        .group_by(PracticeSession.scope, PracticeSession.person_id)
    )
    given = aliased(Judgement)
    counts = (func.count(Judgement.id), func.count(Judgement.id).filter(Judgement.is_strict))
    question = (
        select(PracticeSession.scope, PracticeSession.person_id, PracticeSession.id, *counts, PracticeSession.ended_at.is_not(None))
        .join(Serving, Serving.session_id == PracticeSession.id, isouter=True)
        .join(given, given.id == Serving.judgement_id, isouter=True)
        .join(Judgement, on_occasion_of(given) & IS_NEWEST, isouter=True)
        .where(PracticeSession.id.in_(latest))
        .group_by(PracticeSession.scope, PracticeSession.person_id, PracticeSession.id, PracticeSession.ended_at)
    )
    rows = db.session.execute(question)
    return {
        (sets_by_scope[scope], person_id): SetRun(session_id, answered, right, is_ended) for scope, person_id, session_id, answered, right, is_ended in rows
    }


def sets_page(*, before_id: int | None = None, size: int = 30) -> Sequence[PracticeSet]:
    """Every set that was made, the newest first, one page of it."""
    question = select(PracticeSet).order_by(PracticeSet.id.desc()).limit(size)
    return db.session.scalars(question if before_id is None else question.where(PracticeSet.id < before_id)).all()


def open_set_assignments(set_id: int) -> Sequence[SetAssignment]:
    """Who has this set now, in the order in which it was given."""
    question = select(SetAssignment).where(SetAssignment.set_id == set_id, SetAssignment.withdrawn_at.is_(None))
    return db.session.scalars(question.order_by(SetAssignment.id)).all()


def set_assignment(assignment_id: int) -> SetAssignment:
    """A giving that was not taken back. Raises NotFound."""
    found = db.session.get(SetAssignment, assignment_id)
    if found is None or found.withdrawn_at is not None:
        raise NotFound
    return found


def case_ids_served_in(session: PracticeSession) -> set[int]:
    """The cases that were served in this session."""
    return set(db.session.scalars(select(Serving.case_id).where(Serving.session_id == session.id)))
