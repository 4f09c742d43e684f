"""How far people are, as it is kept, and who is behind the figures of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, literal, select, tuple_

from training.accounts.models import Person
from training.db import db, one_of_ids
from training.insights.models import OrganisationFunnel, OrganisationWay
from training.insights.queries.milestones import milestones_of
from training.insights.rules.funnel import STAGES, Milestones, Stage, Standing, month_after, place_of

MILESTONES = {
    Stage.HIRED: OrganisationWay.hired_on,
    Stage.READ: OrganisationWay.read_on,
    Stage.COURSE: OrganisationWay.course_on,
    Stage.EXAM: OrganisationWay.exam_on,
    Stage.CERTIFIED: OrganisationWay.certified_on,
    Stage.OPEN: OrganisationWay.open_on,
    Stage.UNSUPERVISED: OrganisationWay.unsupervised_on,
}
"""In which column each stage is kept."""
WAYS_A_PAGE = 50
PORTION = 1_000
_WAY = (OrganisationWay.left_on, OrganisationWay.is_in_shadow, *MILESTONES.values())


def _way(told: Sequence[Any]) -> Milestones:
    """The way that the columns `_WAY` tell."""
    left_on, is_in_shadow, *days = told
    return Milestones({stage: day for stage, day in zip(MILESTONES, days, strict=True) if day is not None}, left_on, is_in_shadow)


def groups_followed(person_ids: Collection[int]) -> set[int]:
    """The ids of the groups in which the ways of these people are kept."""
    asked = select(OrganisationWay.group_id).where(one_of_ids(OrganisationWay.person_id, "people")).distinct()
    return set(db.session.scalars(asked, {"people": sorted(person_ids)}))


def ways_by_group(group_ids: Collection[int]) -> Mapping[int, Sequence[Milestones]]:
    """The ways of each group's people, one by one, in the order of their numbers."""
    asked = select(OrganisationWay.group_id, *_WAY).where(one_of_ids(OrganisationWay.group_id, "groups")).order_by(OrganisationWay.person_id)
    found: dict[int, list[Milestones]] = {}
    for group_id, *told in db.session.execute(asked, {"groups": sorted(group_ids)}):
        found.setdefault(group_id, []).append(_way(told))
    return {**found}


def ways_kept(group_ids: Collection[int]) -> dict[int, bytes]:
    """The same by group as pages read it."""
    asked = select(OrganisationFunnel.group_id, OrganisationFunnel.ways).where(one_of_ids(OrganisationFunnel.group_id, "groups"))
    return dict(db.session.execute(asked, {"groups": sorted(group_ids)}).all())


def ways_anew(*, now: datetime) -> Mapping[int, Milestones]:
    """Everybody's way by what the ledgers say, a thousand people at a time: what the kept ways must come to."""
    people = db.session.scalars(select(Person.id).order_by(Person.id)).all()
    found: dict[int, Milestones] = {}
    for start in range(0, len(people), PORTION):
        found |= milestones_of(people[start : start + PORTION], now=now)
    return found


def ways_one_by_one() -> Mapping[int, Milestones]:
    """Everybody's way as it is kept."""
    asked = select(OrganisationWay.person_id, *_WAY)
    return {person_id: _way(told) for person_id, *told in db.session.execute(asked)}


def on_the_way() -> Select[int]:
    """Those who work here and have something of the way before them, as a question."""
    is_through = (OrganisationWay.furthest == Stage.UNSUPERVISED.value) | ((OrganisationWay.furthest == Stage.OPEN.value) & ~OrganisationWay.is_in_shadow)
    return select(OrganisationWay.person_id).where(OrganisationWay.left_on.is_(None), ~is_through)


@dataclass(frozen=True, slots=True)
class Behind:
    """Which people are behind a figure of the funnel."""

    stage: Stage
    standing: Standing
    group_ids: Collection[int]
    hired: date | None = None
    """The first day of the month in which they were hired, where only those are meant."""


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Somebody with how far they are."""

    person_id: int
    public_id: str
    name: str
    group_id: int
    hired_on: date
    furthest: Stage
    reached_on: date
    left_on: date | None


Place = tuple[date, int]
"""Where somebody stands in such a list: since when they are where they are, and who they are."""


@dataclass(frozen=True, slots=True)
class WaysPage:
    """Some of them, who is longest where they are on top, and where the pages beside it begin."""

    people: Sequence[OnTheWay]
    previous: Place | None
    next: Place | None


def ways_page(behind: Behind, *, after: Place | None = None, before: Place | None = None) -> WaysPage:
    """A page of the people behind a figure: the first, or the one behind or before a place."""
    start, is_backwards = before or after, before is not None
    key, asked = (OrganisationWay.reached_on, OrganisationWay.person_id), _behind(behind)
    if start is not None:
        place = tuple_(literal(start[0], Date()), literal(start[1]))
        asked = asked.where(tuple_(*key) < place if is_backwards else tuple_(*key) > place)
    asked = asked.order_by(*(column.desc() for column in key)) if is_backwards else asked.order_by(*key)
    rows = _listed(asked.limit(WAYS_A_PAGE + 1), behind)
    has_more, people = len(rows) > WAYS_A_PAGE, rows[:WAYS_A_PAGE]
    if is_backwards:
        people.reverse()
    has_previous, has_next = (has_more, True) if is_backwards else (start is not None, has_more)
    return WaysPage(people, _place_of(people[0]) if people and has_previous else None, _place_of(people[-1]) if people and has_next else None)


def all_behind(behind: Behind) -> list[OnTheWay]:
    """Everybody behind a figure, who is longest where they are on top."""
    return _listed(_behind(behind).order_by(OrganisationWay.reached_on, OrganisationWay.person_id), behind)


def _behind(behind: Behind) -> Select[*tuple[Any, ...]]:
    way = OrganisationWay
    asked = select(way.person_id, Person.public_id, Person.name, way.group_id, way.hired_on, way.furthest, way.reached_on, way.left_on)
    asked = asked.join(Person, Person.id == way.person_id).where(one_of_ids(way.group_id, "groups"))
    if behind.hired is not None:
        asked = asked.where(way.hired_on >= behind.hired, way.hired_on < month_after(behind.hired))
    if behind.standing is Standing.REACHED:
        return asked.where(way.furthest.in_([stage.value for stage in STAGES[place_of(behind.stage) :]]))
    is_here = way.left_on.is_(None) if behind.standing is Standing.STAYING else way.left_on.is_not(None)
    return asked.where(way.furthest == behind.stage.value, is_here)


def _listed(asked: Select[*tuple[Any, ...]], behind: Behind) -> list[OnTheWay]:
    rows = db.session.execute(asked, {"groups": sorted(behind.group_ids)})
    return [_on_the_way(*row) for row in rows]


def _on_the_way(*told: Any) -> OnTheWay:
    person_id, public_id, name, group_id, hired_on, furthest, reached_on, left_on = told
    return OnTheWay(person_id, public_id, name, group_id, hired_on, Stage(furthest), reached_on, left_on)


def _place_of(person: OnTheWay) -> Place:
    return person.reached_on, person.person_id
