"""Counting everything anew, from the records of everybody: what is kept must come to the same."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, literal, select

from training.accounts.models import Person
from training.accounts.queries import states_of
from training.db import UtcDateTime, db
from training.insights import queries
from training.insights.models import OrganisationNote
from training.insights.queries.figures import About, figures
from training.insights.rules.figures import Tally
from training.insights.rules.groups import Group, group_of
from training.insights.rules.lines import Topic

PORTION = 500
FigureKey = tuple[Group, Topic, str]


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many people are in each group, and how they stand with what."""

    sizes: defaultdict[Group, int] = field(default_factory=lambda: defaultdict(int))
    tallies: defaultdict[FigureKey, Tally] = field(default_factory=lambda: defaultdict(Tally))


def counted_anew(*, now: datetime) -> Recounted:
    """By the records of everybody, some hundreds at a time."""
    found, last = Recounted(), 0
    while ids := db.session.scalars(select(Person.id).where(Person.id > last).order_by(Person.id).limit(PORTION)).all():
        states = {person_id: state for person_id, state in states_of(ids, at=now).items() if state.is_active}
        lines, last = queries.lines_of(states, at=now), ids[-1]
        for person_id, state in states.items():
            group = group_of(state)
            assert group is not None, "who is active is in one"
            found.sizes[group] += 1
            for line in lines[person_id]:
                found.tallies[group, line.topic, line.subject] += Tally(**{line.state_at(now).value: 1})
    return found


def counted_by_what_is_kept(*, now: datetime) -> Recounted:
    """By what is kept, as pages add it up."""
    found = Recounted()
    for known in queries.known_groups():
        found.sizes[known.group] = known.person_count
        for (topic, subject), tally in figures(About(tuple(Topic), among=[known.id]), now=now).items():
            found.tallies[known.group, topic, subject] = tally
    return found


def note_everybody(*, now: datetime) -> None:
    """Have everybody counted anew."""
    noted = select(Person.id, literal(now, UtcDateTime()))
    db.session.execute(insert(OrganisationNote).from_select(["person_id", "due_at"], noted))
