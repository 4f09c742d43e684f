"""Cohorts that trainers named: which there are, who is in them, and whom somebody means to add."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, delete, exists, func, insert, literal, select
from sqlalchemy.orm import QueryableAttribute, aliased

from training.accounts.models import Cohort, CurrentFact, Person, PersonFact
from training.accounts.queries.listing import has_fact
from training.accounts.rules import FactKind, Status
from training.db import db
from training.errors import NotFound


def cohort(cohort_id: int) -> Cohort:
    """The cohort with this id. Raises NotFound."""
    found = db.session.get(Cohort, cohort_id)
    if found is None:
        raise NotFound(cohort_id)
    return found


def hold_cohort(cohort_id: int) -> Cohort:
    """The same, held until the transaction ends: nobody joins it while it is closed. Raises NotFound."""
    asked = select(Cohort).where(Cohort.id == cohort_id).with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(cohort_id)
    return found


def cohorts(*, is_closed: bool = False) -> Sequence[Cohort]:
    """Those that people join, or those that are closed, by name."""
    return db.session.scalars(select(Cohort).where(Cohort.closed_at.is_not(None) if is_closed else Cohort.closed_at.is_(None)).order_by(Cohort.name)).all()


def cohort_names(*, open_only: bool = False) -> Mapping[int, str]:
    """Names by id, in order of the names."""
    asked = select(Cohort.id, Cohort.name).order_by(Cohort.name)
    return {row.id: row.name for row in db.session.execute(asked.where(Cohort.closed_at.is_(None)) if open_only else asked)}


def is_cohort_name_taken(name: str, *, other_than: int | None = None) -> bool:
    """Whether another cohort goes by this name, in capitals or not."""
    asked = select(Cohort.name).where(Cohort.id != other_than) if other_than is not None else select(Cohort.name)
    return name.casefold() in {known.casefold() for known in db.session.scalars(asked)}


def cohort_sizes() -> Mapping[int, int]:
    """How many people are in each cohort now, by its id; nothing for those in which nobody is."""
    asked = select(CurrentFact.member, func.count()).where(CurrentFact.kind == FactKind.COHORTS.value).group_by(CurrentFact.member)
    return {int(row[0]): row[1] for row in db.session.execute(asked)}


def member_ids(cohort_id: int) -> Sequence[int]:
    """Everybody who is in it now, by name."""
    asked = select(CurrentFact.person_id).where(CurrentFact.kind == FactKind.COHORTS.value, CurrentFact.member == str(cohort_id))
    return db.session.scalars(asked.order_by(CurrentFact.sort_name, CurrentFact.person_id)).all()


@dataclass(frozen=True, slots=True)
class Membership:
    """One stretch of somebody's membership."""

    person_id: int
    since: datetime
    until: datetime | None
    """When they were taken out; nothing while they are in it."""


def memberships(cohort_id: int) -> Sequence[Membership]:
    """Who was in it from when to when, as the ledger of facts tells it, the newest beginning first."""
    is_about_any = PersonFact.kind == FactKind.COHORTS.value
    ever = select(PersonFact.person_id).where(is_about_any, cast(PersonFact.value, Text).contains(f'"{cohort_id}"'))
    asked = select(PersonFact.person_id, PersonFact.value, PersonFact.effective_from).where(is_about_any, PersonFact.person_id.in_(ever))
    begun: dict[int, datetime] = {}
    found: list[Membership] = []
    for person_id, value, at in db.session.execute(asked.order_by(PersonFact.effective_from, PersonFact.id)):
        if str(cohort_id) in value["value"]:
            begun.setdefault(person_id, at)
        elif person_id in begun:
            found.append(Membership(person_id, begun.pop(person_id), at))
    found += [Membership(person_id, since, None) for person_id, since in begun.items()]
    return sorted(found, key=lambda each: (each.since, each.person_id), reverse=True)


def are_in_cohort(person_id: ColumnElement[int] | QueryableAttribute[int], cohort_id: int) -> ColumnElement[bool]:
    """Whether the person of this column is in a cohort now."""
    members = select(CurrentFact.person_id).where(CurrentFact.kind == FactKind.COHORTS.value, CurrentFact.member == str(cohort_id))
    return person_id.in_(members)


def is_in_cohort(person_id: int, cohort_id: int) -> bool:
    """Whether this person is in it now."""
    return db.session.get(CurrentFact, (person_id, FactKind.COHORTS.value, str(cohort_id))) is not None


def joinable_ids(person_ids: Collection[int]) -> frozenset[int]:
    """Those of these people who work here or are about to, five hundred a statement."""
    wanted, found = sorted(person_ids), set[int]()
    for start in range(0, len(wanted), 500):
        fits = Person.id.in_(wanted[start : start + 500]), Person.erased_at.is_(None), ~has_fact(FactKind.STATUS, Status.DEACTIVATED.value)
        found.update(db.session.scalars(select(Person.id).where(*fits)))
    return frozenset(found)


def active_ids_in_team(team_id: int) -> Sequence[int]:
    """The active people of a team now."""
    return db.session.scalars(select(Person.id).where(has_fact(FactKind.TEAM, str(team_id)), has_fact(FactKind.STATUS, Status.ACTIVE.value))).all()


def hired_ids(first: datetime, until: datetime) -> Sequence[int]:
    """People who are active and began to be, for the first time, from `first` until before `until`."""
    row, earlier = aliased(PersonFact), aliased(PersonFact)
    began = and_(*_is_beginning(row), row.effective_from >= first, row.effective_from < until)
    before = exists().where(earlier.person_id == row.person_id, *_is_beginning(earlier), earlier.effective_from < first)
    asked = select(Person.id).join(row, row.person_id == Person.id).where(began, ~before, has_fact(FactKind.STATUS, Status.ACTIVE.value))
    return db.session.scalars(asked.distinct()).all()


def _is_beginning(row: type[PersonFact]) -> tuple[ColumnElement[bool], ...]:
    return row.kind == FactKind.STATUS.value, row.term == Status.ACTIVE.value


def cohorts_by_person(person_ids: Iterable[int]) -> Mapping[int, tuple[frozenset[int], datetime | None]]:
    """In which cohorts each of these people is, and since when they are in these; held until the transaction ends, so that nobody changes it meanwhile.

    It is what was said last: whoever waited for another to change it began before that took effect.
    """
    ids = sorted(set(person_ids))
    db.session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update())
    found: dict[int, tuple[frozenset[int], datetime | None]] = dict.fromkeys(ids, (frozenset(), None))
    asked = select(PersonFact.person_id, PersonFact.value, PersonFact.effective_from).where(PersonFact.kind == FactKind.COHORTS.value)
    for person_id, value, since in db.session.execute(asked.where(PersonFact.person_id.in_(ids)).order_by(PersonFact.effective_from, PersonFact.id)):
        found[person_id] = frozenset(map(int, value["value"])), since
    return found


def list_in_cohort(cohort_id: int, person_ids: Collection[int]) -> None:
    """Let lists find these people by this cohort."""
    said = select(Person.id, literal(FactKind.COHORTS.value), literal(str(cohort_id)), Person.sort_name)
    columns = [CurrentFact.person_id, CurrentFact.kind, CurrentFact.member, CurrentFact.sort_name]
    db.session.execute(insert(CurrentFact).from_select(columns, said.where(Person.id.in_(person_ids))))


def unlist_from_cohort(cohort_id: int, person_ids: Collection[int]) -> None:
    """Let lists no longer find these people by this cohort."""
    theirs = CurrentFact.kind == FactKind.COHORTS.value, CurrentFact.member == str(cohort_id), CurrentFact.person_id.in_(person_ids)
    db.session.execute(delete(CurrentFact).where(*theirs))
