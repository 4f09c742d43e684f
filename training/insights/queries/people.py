"""Whom a pack may tell of, and what was true of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from training.accounts.models import Person, PersonFact
from training.accounts.queries import people_of_team
from training.accounts.rules import Fact, FactKind
from training.db import db
from training.insights.rules import Scope

PORTION = 500
"""How many people are read at once: the memory that a pack takes follows this and not the organisation."""
KINDS_TOLD = (FactKind.STATUS, FactKind.TEAM, FactKind.LANGUAGES, FactKind.MARKETS, FactKind.NAME)
"""Accommodations and everything else are nobody's business here."""


def people_in(scope: Scope, *, at: datetime, asked_at: datetime) -> Iterator[Sequence[Person]]:
    """Whom a pack of this scope may tell of, in portions and in the order of their accounts; for a lead nobody outside the team as it is when they ask."""
    if scope.person_id is not None:
        yield db.session.scalars(select(Person).where(Person.id == scope.person_id)).all()
        return
    members = None if scope.team_id is None else {person.id for person in people_of_team(scope.team_id, at=asked_at)}
    last_id = 0
    asked = select(Person).where(Person.created_at <= at).order_by(Person.id).limit(PORTION)
    while portion := db.session.scalars(asked.where(Person.id > last_id)).all():
        last_id = portion[-1].id
        yield portion if members is None else [person for person in portion if person.id in members]


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
