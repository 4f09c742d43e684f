"""A team at an instant: its people, and the gate's answer for each of them and every queue, from one reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.models import Person
from training.accounts.queries import assignments_of, people_of_team, states_of
from training.accounts.rules import assignment_at
from training.queues.queries.evidence import gather
from training.queues.queries.queues import PublishedQueue, queues
from training.queues.rules.staffing import Cells, Member, cell

PAGE_SIZE = 200
"""People on one page; all its figures are about them."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """A page of a team's people and every queue there was at that instant. `people_count` is how many the team has."""

    members: Sequence[Member]
    queues: Sequence[PublishedQueue]
    cells: Cells
    people_count: int = 0


def staffing_of(team_id: int, *, at: datetime, now: datetime, page: int = 1) -> Staffing:
    """The people of a team at an instant, by name, two hundred a page: a number of statements that does not depend on how many they are.

    An instant in the past is answered as it was known then, one in the future as far as is known now.
    """
    people = people_of_team(team_id, at=at)
    return _read(people[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], at, now, len(people))


def whole_team(team_id: int, *, at: datetime, now: datetime) -> Iterator[Staffing]:
    """Everybody of a team at an instant, page by page."""
    people = people_of_team(team_id, at=at)
    for start in range(0, len(people), PAGE_SIZE):
        yield _read(people[start : start + PAGE_SIZE], at, now, len(people))


def _read(people: Sequence[Person], at: datetime, now: datetime, count: int) -> Staffing:
    known_at, found = min(at, now), queues(now=at)
    names, slugs = [person.public_id for person in people], [queue.slug for queue in found]
    gathered = gather(names, slugs, known_from=known_at, asked_from=known_at)
    cells = {}
    for name in names:
        for slug in slugs:
            then = gathered.decide(name, slug, at=at, known_at=known_at)
            cells[name, slug] = cell(then, gathered.decide(name, slug, at=now, known_at=now) if at > now else None)
    return Staffing(_members(people, at), found, cells, count)


def _members(people: Sequence[Person], at: datetime) -> list[Member]:
    states, shifts = states_of([person.id for person in people], at=at), assignments_of([person.id for person in people])
    members = []
    for person in people:
        worked = assignment_at(shifts.get(person.id, ()), at)
        shift_id = (worked.shift_id if worked else None) or 0
        members.append(Member(person.id, person.public_id, person.name, states[person.id].languages, shift_id))
    return members
