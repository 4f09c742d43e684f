"""A team at an instant: its people, and the gate's answer for each of them and every queue, from one reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.models import Person
from training.accounts.queries import assignments_of, states_of, team_page
from training.accounts.rules import assignment_at
from training.queues.queries.evidence import gather
from training.queues.queries.queues import PublishedQueue, queues
from training.queues.rules.staffing import Cells, Member, cell

PAGE_SIZE = 100
"""People on one page; all its figures are about them."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """A page of a team's people and every queue there was at that instant."""

    members: Sequence[Member]
    queues: Sequence[PublishedQueue]
    cells: Cells
    has_more: bool = False
    """Whether the team has more people than these and those before them."""


def staffing_of(team_id: int, *, at: datetime, now: datetime, after_id: int | None = None) -> Staffing:
    """The people of a team at an instant, by name, a hundred a page, from the one after a person on.

    The number of statements does not depend on how many they are.

    An instant in the past is answered as it was known then, one in the future as far as is known now.
    """
    people, has_more = team_page(team_id, at=at, after_id=after_id, size=PAGE_SIZE)
    return _read(people, at, now, has_more)


def whole_team(team_id: int, *, at: datetime, now: datetime) -> Iterator[Staffing]:
    """Everybody of a team at an instant, page by page."""
    found = staffing_of(team_id, at=at, now=now)
    while found.members:
        yield found
        found = staffing_of(team_id, at=at, now=now, after_id=found.members[-1].id) if found.has_more else Staffing((), (), {})


def _read(people: Sequence[Person], at: datetime, now: datetime, has_more: bool) -> Staffing:
    known_at, found = min(at, now), queues(now=at)
    names, slugs = [person.public_id for person in people], [queue.slug for queue in found]
    gathered = gather(names, slugs, known_from=known_at, asked_from=known_at)
    cells = {}
    for name in names:
        for slug in slugs:
            then = gathered.decide(name, slug, at=at, known_at=known_at)
            cells[name, slug] = cell(then, gathered.decide(name, slug, at=now, known_at=now) if at > now else None)
    return Staffing(_members(people, at), found, cells, has_more)


def _members(people: Sequence[Person], at: datetime) -> list[Member]:
    states, shifts = states_of([person.id for person in people], at=at), assignments_of([person.id for person in people])
    members = []
    for person in people:
        worked = assignment_at(shifts.get(person.id, ()), at)
        shift_id = (worked.shift_id if worked else None) or 0
        members.append(Member(person.id, person.public_id, person.name, states[person.id].languages, shift_id))
    return members
