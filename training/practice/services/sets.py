"""Trainers pick what others practise, and give it to people and teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.cases.queries import practice_cases_by_slugs
from training.db import db
from training.errors import Refusal
from training.practice import queries
from training.practice.models import PracticeSession, PracticeSet, SetAssignment
from training.practice.rules import PurposeKind, SetRefusal, purpose_of


@dataclass(frozen=True, slots=True)
class Picked:
    """What a trainer picked: cases in their order, or clauses and how many cases of them."""

    title: str
    note: str = ""
    cases: Sequence[str] = ()
    """Slugs."""
    clauses: Sequence[str] = ()
    case_count: int = 0


def make_set(picked: Picked, *, by: Actor, now: datetime) -> PracticeSet:
    """Keep what was picked. Raises Refusal where it names a case that the practice pool does not hold."""
    known = practice_cases_by_slugs(picked.cases)
    if (unknown := next((slug for slug in picked.cases if slug not in known), None)) is not None:
        raise Refusal(SetRefusal.CASE_UNKNOWN, case=unknown)
    made = PracticeSet(
        title=picked.title,
        note=picked.note,
        case_ids=[known[slug].case_id for slug in picked.cases],
        clauses=list(picked.clauses),
        case_count=len(picked.cases) or picked.case_count,
        made_by_id=by.id,
        made_at=now,
    )
    db.session.add(made)
    db.session.flush()
    record("practice_set.made", by=by, subject=("practice_set", made.id), now=now, detail={"case_count": made.case_count})
    return made


def give_set(given: PracticeSet, *, person_id: int | None = None, team_id: int | None = None, by: Actor, now: datetime) -> SetAssignment:
    """Give this set to a person, or to everybody of a team. Raises Refusal where they have it already."""
    assignment = SetAssignment(set_id=given.id, person_id=person_id, team_id=team_id, given_by_id=by.id, given_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(assignment)
    except IntegrityError as error:
        raise Refusal(SetRefusal.ALREADY_GIVEN) from error
    record("practice_set.given", by=by, subject=("person", person_id) if person_id is not None else ("team", team_id or 0), now=now, detail={"set": given.id})
    return assignment


def take_back_set(assignment: SetAssignment, *, by: Actor, now: datetime) -> None:
    """Let them have it no longer. What they answered stays theirs."""
    assignment.withdrawn_at = now
    db.session.flush()
    record("practice_set.taken_back", by=by, subject=("set_assignment", assignment.id), now=now, detail={"set": assignment.set_id})


def end_whole_set(session: PracticeSession, *, now: datetime) -> None:
    """End the session of a set that is whole: every listed case answered or skipped, or as many of its clauses answered as were asked for."""
    purpose = purpose_of(session.scope)
    if purpose.kind is not PurposeKind.SET:
        return
    given = queries.practice_set(int(purpose.names[0]))
    done_count = queries.last_position(session) if given.case_ids else len(queries.answered_in(session))
    if done_count >= given.case_count:
        session.ended_at = now
        db.session.flush()
