"""What a person's judgements add up to: rows that are kept as judgements are appended, never the ledger itself."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, select

from training.db import db
from training.judgements.models import PersonTally
from training.judgements.rules import Dimension, Source, Tallies, Tally


@dataclass(frozen=True, slots=True)
class AreaTally:
    """A person's answers in one area."""

    area: str
    count: int
    """Answers to cases never answered before."""
    right: int
    """Those of them that were right by the strict outcome."""
    repeat_count: int


def area_tallies(person_id: int, *, source: Source = Source.PRACTICE) -> dict[str, AreaTally]:
    """How this person did in each area."""
    question = select(PersonTally.key, PersonTally.count, PersonTally.right, PersonTally.repeat_count).where(*_rows(person_id, source, Dimension.AREA))
    rows = db.session.execute(question)
    return {area: AreaTally(area, count, right, repeats) for area, count, right, repeats in rows if count or repeats}


def _rows(person_id: int, source: Source, dimension: Dimension) -> tuple[ColumnElement[bool], ...]:
    return (PersonTally.person_id == person_id, PersonTally.source == source.value, PersonTally.dimension == dimension.value)


def tallies_of(person_ids: Collection[int], *, dimensions: Collection[Dimension]) -> dict[int, Tallies]:
    """What these people's judgements add up to in these dimensions, by person; rows that count nothing are left out."""
    counted = [getattr(PersonTally, each.name) for each in fields(Tally)]
    question = select(PersonTally.person_id, PersonTally.source, PersonTally.dimension, PersonTally.key, *counted).where(
        PersonTally.person_id.in_(sorted(person_ids)),
        PersonTally.dimension.in_(sorted(dimensions)),
        (PersonTally.count > 0) | (PersonTally.repeat_count > 0),
    )
    found: dict[int, dict[tuple[Source, Dimension, str], Tally]] = {person_id: {} for person_id in person_ids}
    for person_id, source, dimension, key, *counts in db.session.execute(question):
        found[person_id][Source(source), Dimension(dimension), key] = Tally(*counts)
    return {**found}
