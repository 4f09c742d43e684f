"""Counting as a whole what is of millions of answers: what groups of people decided, and what policy changes did."""

from collections.abc import Callable, Mapping
from datetime import datetime
from time import perf_counter

from sqlalchemy import Select, delete, insert, literal, select

from training.config import organisation_zone
from training.db import Base, UtcDateTime, db
from training.insights.models import ChangeCount, ChangeEffect, ChangeUptake, OrganisationCounting, OrganisationDecision, OrganisationNote
from training.insights.queries.decisions import decisions_counted
from training.insights.queries.effects import asked_count, changes_to_count, effects_counted, uptake_counted
from training.insights.queries.ways import on_the_way
from training.insights.rules.effects import days_since, window_of
from training.insights.rules.pace import A_DAY, SOONEST, is_due, months_until
from training.policy_changes.models import PublishedChange

MONTHS_KEPT = 13
"""A year, and the month that runs."""
DECISIONS, EFFECTS, WAYS = "decisions", "effects", "ways"
"""What is counted as a whole."""


def is_time_for(what: str, *, now: datetime) -> bool:
    """Whether this is counted anew now."""
    last = db.session.get(OrganisationCounting, what)
    soonest = A_DAY if what == WAYS else SOONEST
    return last is None or is_due(last.counted_at, last.seconds, soonest=soonest, now=now)


def count_as_a_whole(what: str, *, now: datetime) -> None:
    """Count it anew, and note how long it took."""
    begun = perf_counter()
    COUNTS[what](now)
    db.session.merge(OrganisationCounting(what=what, counted_at=now, seconds=perf_counter() - begun))


def count_decisions(now: datetime) -> None:
    """What groups decided in the last months."""
    months = months_until(now.astimezone(organisation_zone()), MONTHS_KEPT)
    edges = [(begins.date(), ends) for begins, ends in months]
    db.session.execute(delete(OrganisationDecision))
    _keep(OrganisationDecision, decisions_counted(edges, since=months[0][0]))


def count_effects(now: datetime) -> None:
    """What policy changes did."""
    for model in (ChangeUptake, ChangeEffect, ChangeCount):
        db.session.execute(delete(model))
    for row in changes_to_count():
        _count_effect(row, now)


def _count_effect(row: PublishedChange, now: datetime) -> None:
    change, window = row.change, window_of(row.published_at, now=now)
    db.session.add(ChangeCount(change_id=row.id, weeks=window.weeks, asked=asked_count(change)))
    if window.weeks and change.touched:
        _keep(ChangeEffect, effects_counted(row.id, change, window))
    _keep(ChangeUptake, uptake_counted(row.id, change, days_since(row.published_at, now=now, zone=organisation_zone())))


def _keep(model: type[Base], counted: Select[*tuple[object, ...]]) -> None:
    db.session.execute(insert(model).from_select([column.name for column in counted.selected_columns], counted))


def look_again(now: datetime) -> None:
    """Note everybody who is on the way, once a day: practice and what the gate asks change it without a note of theirs."""
    people = on_the_way().subquery()
    _keep(OrganisationNote, select(people.c.person_id, literal(now, UtcDateTime()).label("due_at")))


COUNTS: Mapping[str, Callable[[datetime], None]] = {DECISIONS: count_decisions, EFFECTS: count_effects, WAYS: look_again}
"""What is counted as a whole, by name."""
