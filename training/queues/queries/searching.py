"""Who may work a queue, which queues somebody may work, and how: found among candidates, each asked of the gate itself.

Indexes narrow the candidates to those whom the gate could let in at all; whether it does is the gate's answer and nobody else's. A page looks at
so many candidates at most, a fixed number at once, so its cost does not grow with the organisation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, or_, select, union

from training.accounts.models import Person
from training.certification.models import CertificateEvent, Certification
from training.certification.rules import EventKind
from training.db import db
from training.queues.models import Queue, QueueOverride
from training.queues.queries.evidence import gather
from training.queues.queries.queues import demands_of
from training.queues.rules.decision import Action
from training.queues.rules.evidence import Requirements, requirements_at

LOOKED_AT = 2_000
"""How many candidates one page looks at, at most."""
AT_ONCE = 250
"""How many of them are read by one statement."""
Key = TypeVar("Key", int, str)
Chunk = Sequence[tuple[Key, str]]
"""Some candidates, each by what orders them and by the name that the gate knows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant that is asked about, and as known when."""

    at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """One page of what was found, by public id, slug or name, and from where the next page goes on: nothing where nothing is left to look at."""

    names: list[str]
    next_after: Key | None


def people_let_in(queue: str, action: Action, *, at: datetime, known_at: datetime, after: int = 0, size: int) -> Found[int]:
    """The people who may do this in the queue, by public id, in order of their number; from the one `after` whom the last page ended.

    A page may hold fewer than `size` although people are left: it looks at no more than `LOOKED_AT` candidates.
    """
    requirements = requirements_at(tuple(version for version in demands_of([queue]).get(queue, ()) if version.recorded_at <= known_at), at)
    if requirements is None:
        return Found([], None)

    def let_in(chunk: Chunk[int]) -> Chunk[int]:
        gathered = gather([name for _, name in chunk], [queue], known_from=known_at, asked_from=min(at, known_at))
        return [(key, name) for key, name in chunk if gathered.grants(name, queue, action, at=at, known_at=known_at)]

    rows = db.session.execute(_candidates(queue, requirements, Moment(at, known_at), after))
    return _page([(key, name) for key, name in rows], let_in, after, size)


def queues_open(subject: str, action: Action, *, at: datetime, known_at: datetime, after: str = "", size: int) -> Found[str]:
    """The queues in which this subject (public id or e-mail) may do this, by slug and in its order."""
    asked = select(Queue.slug).where(Queue.slug > after).order_by(Queue.slug).limit(LOOKED_AT)

    def open_to_them(chunk: Chunk[str]) -> Chunk[str]:
        gathered = gather([subject], [slug for slug, _ in chunk], known_from=known_at, asked_from=min(at, known_at))
        return [(slug, name) for slug, name in chunk if gathered.grants(subject, slug, action, at=at, known_at=known_at)]

    return _page([(slug, slug) for slug in db.session.scalars(asked)], open_to_them, after, size)


def actions_open(subject: str, queue: str, *, at: datetime, known_at: datetime) -> list[Action]:
    """What this subject (public id or e-mail) may do in the queue."""
    gathered = gather([subject], [queue], known_from=known_at, asked_from=min(at, known_at))
    return [action for action in Action if gathered.grants(subject, queue, action, at=at, known_at=known_at)]


def _page(candidates: Chunk[Key], chosen: Callable[[Chunk[Key]], Chunk[Key]], after: Key, size: int) -> Found[Key]:
    """The first of the candidates who are chosen, looked at chunk by chunk until one more than fits the page is found."""
    found: list[tuple[Key, str]] = []
    for start in range(0, len(candidates), AT_ONCE):
        found += chosen(candidates[start : start + AT_ONCE])
        if len(found) > size:
            return Found([name for _, name in found[:size]], found[size - 1][0] if size else after)
    is_all = len(candidates) < LOOKED_AT
    return Found([name for _, name in found], None if is_all else candidates[-1][0])


def _candidates(queue: str, requirements: Requirements, moment: Moment, after: int) -> Select[int, str]:
    """Whom the gate could let in: whoever has a term of a required certificate that runs then, or an exception; everybody where none is required."""
    if not requirements.certifications:
        return select(Person.id, Person.public_id).where(Person.id > after).order_by(Person.id).limit(LOOKED_AT)
    paths = [_holders(slugs, moment, after) for slugs in _ways_in(requirements)] + [_excepted(queue, moment, after)]
    limited: CompoundSelect[int] = union(*(select(path.order_by(path.selected_columns[0]).limit(LOOKED_AT).subquery()) for path in paths))
    found = limited.subquery()
    person_id = found.c[0]
    return select(Person.id, Person.public_id).join(found, person_id == Person.id).order_by(Person.id).limit(LOOKED_AT)


def _ways_in(requirements: Requirements) -> list[tuple[str, ...]]:
    """Sets of certifications, of which somebody let in holds every one of at least one set."""
    return [requirements.all_of] if requirements.all_of else [(slug,) for slug in requirements.any_of]


def _holders(slugs: tuple[str, ...], moment: Moment, after: int) -> Select[int]:
    """Everybody with a term of each of these certifications that runs at that instant, whatever else became of it; found by the first of them."""
    event = CertificateEvent
    found = select(event.person_id).distinct().where(event.person_id > after, _runs(event, slugs[0], moment))
    for slug in slugs[1:]:
        other = event.__table__.alias()
        found = found.where(exists().where(other.c.person_id == event.person_id, _runs(other.c, slug, moment)))
    return found


def _runs(event: Any, slug: str, moment: Moment) -> ColumnElement[bool]:
    """Whether an entry carries a term of this certification that runs at the moment; what ends by disuse, or never, has no end that is stored."""
    return and_(
        event.certification_id == select(Certification.id).where(Certification.slug == slug).scalar_subquery(),
        event.kind.in_((EventKind.AWARDED.value, EventKind.RENEWED.value)),
        event.recorded_at <= moment.known_at,
        event.valid_from <= moment.at,
        or_(event.valid_until.is_(None), event.valid_until > moment.at),
    )


def _excepted(queue: str, moment: Moment, after: int) -> Select[int]:
    """Everybody for whom an exception opens the queue at that instant, ended early or not."""
    entry = QueueOverride
    return (
        select(entry.person_id)
        .distinct()
        .join(Queue, Queue.id == entry.queue_id)
        .where(Queue.slug == queue, entry.person_id > after, entry.effect == "allow", entry.recorded_at <= moment.known_at)
        .where(entry.effective_from <= moment.at, entry.effective_until > moment.at)
    )
