"""Whom a policy change asks, and who of them has acknowledged it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, literal, select, tuple_

from training.accounts.models import Person
from training.certification.models import Obligation
from training.courses.models import Acknowledgement, Module
from training.db import UtcDateTime, db, one_of_ids
from training.insights.models import OrganisationMember
from training.policy_changes.rules.changes import PolicyChange

LEARNERS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody whom a change asks, and when they acknowledged it."""

    id: int
    public_id: str
    name: str
    group_id: int
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class LearnersPage:
    """Some of them by name, and from whom on the pages beside it are reached."""

    people: Sequence[Learner]
    previous_id: int | None
    next_id: int | None


def learners_page(
    change: PolicyChange, among: Collection[int] | None, *, has_learned: bool, after_id: int | None = None, before_id: int | None = None
) -> LearnersPage:
    """A page of those whom a change asks and who work here, by name, who have acknowledged it or who have not."""
    is_backwards, start = before_id is not None, db.session.get(Person, before_id or after_id or 0)
    asked = _learners(change, among, has_learned=has_learned)
    if start is not None:
        key, place = tuple_(Person.sort_name, Person.id), tuple_(literal(start.sort_name), literal(start.id))
        asked = asked.where(key < place if is_backwards else key > place)
    asked = asked.order_by(Person.sort_name.desc(), Person.id.desc()) if is_backwards else asked.order_by(Person.sort_name, Person.id)
    rows = [Learner(*row) for row in db.session.execute(asked.limit(LEARNERS_A_PAGE + 1), _given(among))]
    has_more, people = len(rows) > LEARNERS_A_PAGE, rows[:LEARNERS_A_PAGE]
    if is_backwards:
        people.reverse()
    has_previous, has_next = (has_more, True) if is_backwards else (start is not None, has_more)
    return LearnersPage(people, people[0].id if people and has_previous else None, people[-1].id if people and has_next else None)


def all_learners(change: PolicyChange, among: Collection[int] | None, *, has_learned: bool) -> Iterator[Learner]:
    """All of them, by name."""
    asked = _learners(change, among, has_learned=has_learned).order_by(Person.sort_name, Person.id)
    for row in db.session.execute(asked, _given(among)):
        yield Learner(*row)


def _learners(change: PolicyChange, among: Collection[int] | None, *, has_learned: bool) -> Select[int, str, str, int, datetime | None]:
    new, module = change.new, select(Module.id).where(Module.slug == change.module).scalar_subquery()
    version = tuple_(Acknowledgement.major, Acknowledgement.minor, Acknowledgement.patch) >= tuple_(new.major, new.minor, new.patch)
    theirs = (Acknowledgement.person_id == Person.id, Acknowledgement.module_id == module, version)
    at = select(func.min(Acknowledgement.acknowledged_at, type_=UtcDateTime())).where(*theirs).correlate(Person).scalar_subquery()
    is_learned = select(Acknowledgement.id).where(*theirs).correlate(Person).exists()
    is_asked = select(Obligation.id).where(
        Obligation.person_id == Person.id, Obligation.module_slug == change.module, Obligation.module_version == str(change.new)
    )
    asked = select(Person.id, Person.public_id, Person.name, OrganisationMember.group_id, at)
    asked = asked.join(OrganisationMember, OrganisationMember.person_id == Person.id).where(is_asked.correlate(Person).exists())
    asked = asked.where(is_learned if has_learned else ~is_learned)
    return asked if among is None else asked.where(one_of_ids(OrganisationMember.group_id, "groups"))


def _given(among: Collection[int] | None) -> dict[str, list[int]]:
    return {} if among is None else {"groups": list(among)}
