"""Whom a pack may tell of, and what was true of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from training.accounts.models import Person, PersonFact
from training.accounts.queries import people_of_team
from training.accounts.rules import Fact, FactKind
from training.db import db
from training.insights.rules import Scope

PORTION = 200
"""How many people are told of at once: the memory that a pack takes, and how long other jobs wait, follow this and not the organisation."""
KINDS_TOLD = (FactKind.STATUS, FactKind.TEAM, FactKind.LANGUAGES, FactKind.MARKETS, FactKind.COHORTS, FactKind.NAME)
"""Accommodations and everything else are nobody's business here."""


def people_behind(scope: Scope, after_id: int, *, at: datetime, asked_at: datetime) -> Sequence[Person]:
    """The next portion of those whom a pack of this scope may tell of, in the order of their accounts; the last one is shorter.

    For a lead nobody outside the team as it is when they ask.
    """
    asked = select(Person).where(Person.id > after_id).order_by(Person.id).limit(PORTION)
    if scope.person_id is not None:
        return db.session.scalars(asked.where(Person.id == scope.person_id)).all()
    if scope.team_id is not None:
        asked = asked.where(Person.id.in_([person.id for person in people_of_team(scope.team_id, at=asked_at)]))
    return db.session.scalars(asked.where(Person.created_at <= at)).all()


def facts_of_people(person_ids: Sequence[int], *, known_at: datetime) -> Mapping[int, tuple[Fact, ...]]:
    """What was recorded of these people by then, of the kinds that a pack tells."""
    asked = select(PersonFact).where(PersonFact.person_id.in_(person_ids), PersonFact.kind.in_(KINDS_TOLD), PersonFact.recorded_at <= known_at)
    found = defaultdict[int, tuple[Fact, ...]](tuple)
    for row in db.session.scalars(asked.order_by(PersonFact.id)):
        found[row.person_id] += (Fact(FactKind(row.kind), row.value["value"], row.effective_from, row.recorded_at, row.id),)
    return found


def public_ids(person_ids: Sequence[int]) -> Mapping[int, str]:
    """How these people are called in addresses and packs, by id."""
    return dict(db.session.execute(select(Person.id, Person.public_id).where(Person.id.in_(person_ids))).all())


def people_called(names: Sequence[str]) -> Sequence[Person]:
    """The people of these public ids, in order: so many at once as names fit one statement."""
    return db.session.scalars(select(Person).where(Person.public_id.in_(names)).order_by(Person.public_id)).all()
