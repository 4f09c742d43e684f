"""People who are followed together: how far each is, what they sit now, and how they did last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from training.accounts.queries import PeopleFilter, people_page
from training.accounts.rules import FactKind, Status
from training.courses.models import Assignment
from training.courses.queries import Taker, Work, takers_page
from training.db import db
from training.exams.models import Attempt
from training.exams.rules.timing import AttemptState


@dataclass(frozen=True, slots=True)
class Followed:
    """One of them."""

    public_id: str
    name: str
    taker: Taker | None
    """How far they are with what the assignment asks, where they are followed by one."""
    sitting: Attempt | None
    """The attempt that they sit now."""
    last: Attempt | None
    """The attempt that they ended last."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Some of them by name, and from whom on the pages beside it are reached."""

    people: Sequence[Followed]
    previous_id: int | None
    next_id: int | None


def team_cohort(team_id: int, *, reader_id: int, now: datetime, after_id: int | None = None, before_id: int | None = None) -> Cohort:
    """A page of the active people of a team. Attempts of the reader's own are left out: they are for a colleague."""
    members = {FactKind.STATUS: Status.ACTIVE.value, FactKind.TEAM: str(team_id)}
    page = people_page(PeopleFilter(members=members), after_id=after_id, before_id=before_id)
    sitting, last = attempts_of_people({each.id for each in page.people} - {reader_id}, now=now)
    people = [Followed(each.public_id, each.name, None, sitting.get(each.id), last.get(each.id)) for each in page.people]
    return Cohort(people, page.previous_id, page.next_id)


def cohort_asked(asked: Assignment, work: Work, *, reader_id: int, now: datetime, after_id: int | None = None, before_id: int | None = None) -> Cohort:
    """The same of the people whom an assignment asks."""
    page = takers_page(asked, work, now=now, after_id=after_id, before_id=before_id)
    sitting, last = attempts_of_people({each.person_id for each in page.takers} - {reader_id}, now=now)
    people = [Followed(each.public_id, each.name, each, sitting.get(each.person_id), last.get(each.person_id)) for each in page.takers]
    return Cohort(people, page.previous_id, page.next_id)


def attempts_of_people(person_ids: Collection[int], *, now: datetime) -> tuple[dict[int, Attempt], dict[int, Attempt]]:
    """What each of them sits now, and what they ended last, in two statements."""
    theirs, is_open = Attempt.person_id.in_(sorted(person_ids)), Attempt.state == AttemptState.OPEN.value
    whole = (joinedload(Attempt.exam_version), joinedload(Attempt.current_score_run))
    begun = db.session.scalars(select(Attempt).where(theirs, is_open).options(*whole).order_by(Attempt.id))
    latest = select(func.max(Attempt.id)).where(theirs, ~is_open).group_by(Attempt.person_id)
    ended = db.session.scalars(select(Attempt).where(Attempt.id.in_(latest)).options(*whole))
    sitting = {attempt.person_id: attempt for attempt in begun if attempt.paused_at is not None or attempt.is_open_at(now)}
    return sitting, {attempt.person_id: attempt for attempt in ended}
