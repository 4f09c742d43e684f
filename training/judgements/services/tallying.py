"""Keeping what a person's judgements add up to, in the transaction that appends them."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Insert, case
from sqlalchemy.dialects import postgresql, sqlite

from training.cases.rules import acts
from training.db import db
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement, PersonTally
from training.judgements.rules import Countable, Dimension, ErrorKind, Reference, Source, Tally, TallyChange, TallyKey, decision_key, labels_key, tally_changes


def countable(judgement: Judgement, *, reference: Reference, language: str) -> Countable:
    """What is counted of a judgement; `reference` is what it was scored by, `language` that of the version it was given to."""
    answer, preferred = parse_answer(judgement.answer), reference.decisions[0]
    keys = {
        Dimension.AREA: judgement.area,
        Dimension.SURFACE: judgement.surface,
        Dimension.LANGUAGE: language,
        Dimension.DECISION: decision_key(preferred),
        Dimension.LABELS: labels_key(reference.labels, answer.labels),
    }
    if reference.severity is not None:
        keys[Dimension.SEVERITY] = reference.severity.value
    return Countable(
        person_id=judgement.person_id,
        source=Source(judgement.source),
        keys=keys,
        reference_acts=acts(preferred),
        answer_acts=acts(answer.actions),
        is_right=judgement.is_strict,
        error=ErrorKind(judgement.error) if judgement.error else None,
        is_critical_miss=judgement.is_critical_miss,
        is_first=judgement.is_first_exposure,
        seconds=judgement.seconds,
        given_at=judgement.given_at,
    )


def keep_tallies(added: Iterable[Countable], *, replaced: Iterable[Countable] = ()) -> None:
    """Add these judgements to what their people's add up to, and take away those that they replace.

    Rows are written in the order of their keys, so that two writers never wait for one another in a ring: whoever records for several
    people in one transaction does it by one call.
    """
    changes = tally_changes(added, replaced=replaced)
    if changes:
        db.session.execute(_adding(db.engine.dialect.name), [_row(key, changes[key]) for key in sorted(changes)])


def _row(key: TallyKey, change: TallyChange) -> dict[str, Any]:
    person_id, source, dimension, name = key
    return {"person_id": person_id, "source": source.value, "dimension": dimension.value, "key": name, **asdict(change.tally), "last_at": change.last_at}


@cache
def _adding(dialect: str) -> Insert:
    """The statement that adds to a row, or begins it where there is none."""
    insert = postgresql.insert(PersonTally) if dialect == "postgresql" else sqlite.insert(PersonTally)
    added, kept = insert.excluded, PersonTally.__table__.c
    sums: dict[str, ColumnElement[Any]] = {each.name: kept[each.name] + added[each.name] for each in fields(Tally)}
    last_at = case((added.last_at > kept.last_at, added.last_at), else_=kept.last_at)
    return insert.on_conflict_do_update(index_elements=[*PersonTally.__table__.primary_key], set_={**sums, "last_at": last_at})
