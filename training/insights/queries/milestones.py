"""On which day people first reached each stage of their way, by what the ledgers say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from training.accounts.models import Person, PersonFact
from training.accounts.rules import FactKind, Status
from training.certification.models import CertificateEvent
from training.certification.rules import EventKind
from training.config import organisation_zone
from training.courses.models import Acknowledgement
from training.db import UtcDateTime, db
from training.exams.models import Attempt
from training.exams.rules.timing import AttemptState
from training.insights.queries.completions import courses_completed
from training.insights.rules.funnel import Milestones, Stage
from training.queues.queries import first_opened

Instants = Mapping[int, datetime]
"""By person."""


@dataclass(frozen=True, slots=True)
class _Employment:
    hired_at: datetime
    left_at: datetime | None


def milestones_of(person_ids: Collection[int], *, now: datetime) -> dict[int, Milestones]:
    """How far these people are; who was never active is left out. As many statements for one of them as for a hundred."""
    employed = _employments(person_ids, now)
    awards = _awards(employed, now)
    found: dict[Stage, Instants] = {
        Stage.HIRED: {person_id: known.hired_at for person_id, known in employed.items()},
        Stage.READ: _firsts(select(Acknowledgement.person_id, _first(Acknowledgement.acknowledged_at)), Acknowledgement.person_id, employed),
        Stage.COURSE: courses_completed(employed),
        Stage.EXAM: _firsts(_SAT, Attempt.person_id, employed),
        Stage.CERTIFIED: {person_id: award.effective_at for person_id, award in awards.items()},
        Stage.OPEN: _opened(awards, employed, now),
        Stage.UNSUPERVISED: _promoted(awards, now),
    }
    return {person_id: _milestones(person_id, known, found, awards.get(person_id)) for person_id, known in employed.items()}


def _milestones(person_id: int, known: _Employment, found: Mapping[Stage, Instants], award: CertificateEvent | None) -> Milestones:
    days = {stage: _day(instants[person_id]) for stage, instants in found.items() if person_id in instants}
    return Milestones(days, _day(known.left_at) if known.left_at else None, award is None or award.is_provisional)


def _day(at: datetime) -> date:
    return at.astimezone(organisation_zone()).date()


def _first(column: Any) -> Any:
    return func.min(column, type_=UtcDateTime())


_SAT = select(Attempt.person_id, _first(Attempt.finished_at)).where(Attempt.state != AttemptState.OPEN.value)


def _firsts(asked: Select[int, datetime], person: Any, person_ids: Iterable[int]) -> Instants:
    return dict(db.session.execute(asked.where(person.in_(sorted(person_ids))).group_by(person)).all())


def _employments(person_ids: Collection[int], now: datetime) -> dict[int, _Employment]:
    """Since when each was first active, and, of those who are not any more, since when."""
    is_known = (PersonFact.kind == FactKind.STATUS.value, PersonFact.effective_from <= now, PersonFact.recorded_at <= now)
    asked = select(PersonFact.person_id, PersonFact.term, PersonFact.effective_from).where(PersonFact.person_id.in_(sorted(person_ids)), *is_known)
    changes = defaultdict[int, list[tuple[str | None, datetime]]](list)
    for person_id, status, since in db.session.execute(asked.order_by(PersonFact.effective_from, PersonFact.id)):
        changes[person_id].append((status, since))
    return {person_id: known for person_id, entries in changes.items() if (known := _employment(entries)) is not None}


def _employment(entries: Sequence[tuple[str | None, datetime]]) -> _Employment | None:
    hired_at = next((since for status, since in entries if status == Status.ACTIVE.value), None)
    if hired_at is None:
        return None
    left_at = None
    for status, since in entries:
        left_at = None if status == Status.ACTIVE.value else left_at or since
    return _Employment(hired_at, left_at)


def _awards(person_ids: Iterable[int], now: datetime) -> dict[int, CertificateEvent]:
    """Everybody's first award."""
    is_award = (CertificateEvent.kind == EventKind.AWARDED.value, CertificateEvent.effective_at <= now)
    asked = select(CertificateEvent).where(CertificateEvent.person_id.in_(sorted(person_ids)), *is_award)
    found: dict[int, CertificateEvent] = {}
    for event in db.session.scalars(asked.order_by(CertificateEvent.effective_at, CertificateEvent.id)):
        found.setdefault(event.person_id, event)
    return found


def _promoted(awards: Mapping[int, CertificateEvent], now: datetime) -> Instants:
    """When those who began in shadow with their first award were promoted out of it."""
    is_promotion = (CertificateEvent.kind == EventKind.PROMOTED.value, CertificateEvent.effective_at <= now)
    asked = select(CertificateEvent.person_id, CertificateEvent.certification_id, CertificateEvent.effective_at).where(*is_promotion)
    found: dict[int, datetime] = {}
    rows = db.session.execute(asked.where(CertificateEvent.person_id.in_(sorted(awards))).order_by(CertificateEvent.effective_at.desc()))
    for person_id, certification_id, at in rows:
        if awards[person_id].is_provisional and awards[person_id].certification_id == certification_id:
            found[person_id] = at
    return found


def _opened(awards: Mapping[int, CertificateEvent], employed: Mapping[int, _Employment], now: datetime) -> Instants:
    """When the gate first let them in; who has no certificate is let in by exceptions alone, which are no way of training."""
    names = dict(db.session.execute(select(Person.public_id, Person.id).where(Person.id.in_(sorted(awards)))).all())
    since = {name: max(awards[person_id].effective_at, employed[person_id].hired_at) for name, person_id in names.items()}
    return {names[name]: opened for name, opened in first_opened(since, now=now).items()}
