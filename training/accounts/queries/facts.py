"""What is true of whom, and since when."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import bindparam, select

from training.accounts.models import CurrentFact, PendingFact, Person, PersonFact
from training.accounts.rules import Fact, FactKind, PersonState, state_at
from training.db import db, instant_of, json_row, json_rows, json_value, told, utc_text

_TOLD = json_row(PersonFact.kind, json_value(PersonFact.value), utc_text(PersonFact.effective_from), utc_text(PersonFact.recorded_at), PersonFact.id)
FACTS_NOW = told(
    select(json_rows(_TOLD)).where(PersonFact.person_id == Person.id, PersonFact.effective_from <= bindparam("now", type_=PersonFact.effective_from.type))
)
"""What is true of the person of a statement at its parameter `now`, as a column of that statement; `state_told` reads it."""


@lru_cache(maxsize=4096)
def state_told(facts: str) -> PersonState:
    """What these facts come to, all of which hold: the same text comes with every request of a person until another fact does."""
    found = [
        Fact(FactKind(kind), value["value"], instant_of(since), instant_of(recorded), number) for kind, value, since, recorded, number in json.loads(facts)
    ]
    latest = max((max(fact.effective_from, fact.recorded_at) for fact in found), default=datetime.min.replace(tzinfo=UTC))
    return state_at(found, at=latest, known_at=latest)


def _fact(row: PersonFact) -> Fact:
    return Fact(FactKind(row.kind), row.value["value"], row.effective_from, row.recorded_at, row.id)


def facts_of(person_id: int) -> tuple[Fact, ...]:
    """Everything ever recorded about a person, oldest effect first."""
    rows = db.session.scalars(select(PersonFact).where(PersonFact.person_id == person_id).order_by(PersonFact.effective_from, PersonFact.id))
    return tuple(_fact(row) for row in rows)


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """A fact with the name of whoever recorded it; nobody's name where a program or a command did."""

    fact: Fact
    recorded_by: str | None


def fact_history(person_id: int) -> Sequence[RecordedFact]:
    """Everything ever recorded about a person and by whom, newest effect first."""
    asked = (
        select(PersonFact, Person.name)
        .outerjoin(Person, Person.id == PersonFact.recorded_by_id)
        .where(PersonFact.person_id == person_id)
        .order_by(PersonFact.effective_from.desc(), PersonFact.id.desc())
    )
    return [RecordedFact(_fact(row), name) for row, name in db.session.execute(asked)]


def state_of(person_id: int, *, at: datetime, known_at: datetime | None = None) -> PersonState:
    """What is true of a person at `at`, as it was known at `known_at`, or as it is known now."""
    facts = facts_of(person_id)
    return state_at(facts, at=at, known_at=known_at or _latest_knowledge(facts, at))


def states_of(person_ids: Iterable[int], *, at: datetime) -> Mapping[int, PersonState]:
    """The same for many people in one statement, as it is known now."""
    ids = set(person_ids)
    found: dict[int, list[Fact]] = defaultdict(list)
    if ids:
        for row in db.session.scalars(select(PersonFact).where(PersonFact.person_id.in_(ids), PersonFact.effective_from <= at)):
            found[row.person_id].append(_fact(row))
    return {identity: state_at(found[identity], at=at, known_at=_latest_knowledge(found[identity], at)) for identity in ids}


def _latest_knowledge(facts: Iterable[Fact], at: datetime) -> datetime:
    return max((fact.recorded_at for fact in facts), default=at)


def current_facts_of(person_id: int) -> Sequence[CurrentFact]:
    """The rows by which lists find this person."""
    return db.session.scalars(select(CurrentFact).where(CurrentFact.person_id == person_id)).all()


def pending_facts(*, now: datetime) -> Sequence[PendingFact]:
    """Facts that have taken effect since the current facts were last brought up to date."""
    return db.session.scalars(select(PendingFact).where(PendingFact.due_at <= now).order_by(PendingFact.due_at, PendingFact.fact_id)).all()


def kinds_of_facts(ids: Collection[int]) -> dict[int, FactKind]:
    """What kind of fact each of these is."""
    found = db.session.execute(select(PersonFact.id, PersonFact.kind).where(PersonFact.id.in_(ids)))
    return {number: FactKind(kind) for number, kind in found}
