"""Who must learn a change of policy, by when, and who has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.certification.models import CertificateEvent, CertificateUse, Obligation
from training.certification.queries.work import use_told
from training.certification.rules import EventKind, disuse_end
from training.courses.rules.versions import Version
from training.db import db
from training.db.json_rows import one_of_ids

IS_OPEN = Obligation.met_at.is_(None)


@dataclass(frozen=True, slots=True)
class DeltaCounts:
    """How many people were asked to learn a change, how many of them have, and how many are late."""

    asked: int
    met: int
    overdue: int


def open_deltas(person_id: int) -> Sequence[Obligation]:
    """What a person still has to learn, the first due first."""
    return db.session.scalars(select(Obligation).where(Obligation.person_id == person_id, IS_OPEN).order_by(Obligation.due_at, Obligation.id)).all()


def open_deltas_of(person_ids: Collection[int], *, count: int) -> list[tuple[Obligation, Person]]:
    """What these people still have to learn, the first due first; so many at most."""
    if not person_ids:
        return []
    asked = select(Obligation, Person).join(Person, Person.id == Obligation.person_id).where(Obligation.person_id.in_(sorted(person_ids)), IS_OPEN)
    rows = db.session.execute(asked.order_by(Obligation.due_at, Person.sort_name, Obligation.id).limit(count))
    return [(owed, person) for owed, person in rows]


def deltas_of(person_ids: Collection[int]) -> Sequence[Obligation]:
    """Everything that these people were ever asked to learn."""
    asked = select(Obligation).where(one_of_ids(Obligation.person_id, "people")).order_by(Obligation.id)
    return db.session.scalars(asked, {"people": list(person_ids)}).all()


def deltas_met_by(person_id: int, attempt: str) -> Sequence[Obligation]:
    """What a person learned by passing this attempt."""
    return db.session.scalars(select(Obligation).where(Obligation.person_id == person_id, Obligation.met_by == attempt).order_by(Obligation.id)).all()


def _of_change(module: str, version: Version) -> ColumnElement[bool]:
    return and_(Obligation.module_slug == module, Obligation.module_version == str(version))


def asked_for(module: str, version: Version) -> frozenset[int]:
    """The people who were ever asked to learn this version of a module."""
    return frozenset(db.session.scalars(select(Obligation.person_id).where(_of_change(module, version))))


def delta_counts(module: str, version: Version, *, now: datetime) -> DeltaCounts:
    """How far everybody is who was asked to learn this version of a module."""
    late = and_(IS_OPEN, Obligation.due_at <= now)
    columns = (func.count(), func.count(Obligation.met_at), func.count().filter(late))
    asked, met, overdue = db.session.execute(select(*columns).where(_of_change(module, version))).one()
    return DeltaCounts(asked, met, overdue)


def still_to_learn(module: str, version: Version, *, among: Collection[int] | None, skipped: int, count: int) -> Sequence[tuple[Obligation, Person]]:
    """Who has not learned this version of a module yet, the first due first; of these people alone, where they are named."""
    asked = select(Obligation, Person).join(Person, Person.id == Obligation.person_id).where(_of_change(module, version), IS_OPEN)
    if among is not None:
        asked = asked.where(Obligation.person_id.in_(sorted(among)))
    rows = db.session.execute(asked.order_by(Obligation.due_at, Person.sort_name, Person.id).offset(skipped).limit(count))
    return [(owed, person) for owed, person in rows]


def _lapsed_by_disuse(certification_ids: Collection[int], now: datetime) -> list[int]:
    """The terms of these certifications, by id, that ended because no work was reported any more."""
    term, use = CertificateEvent, CertificateUse
    is_of_same = and_(use.person_id == term.person_id, use.certification_id == term.certification_id, use.superseded_at.is_(None))
    asked = select(term.id, term.valid_from, term.disuse_days, use.stretches).outerjoin(use, is_of_same)
    rows = db.session.execute(asked.where(term.certification_id.in_(sorted(certification_ids)), term.disuse_days.is_not(None)))
    return [
        number
        for number, begin, days, stretches in rows
        if begin is not None and days is not None and disuse_end(begin, days, use_told(number, stretches or (), now).stretches) <= now
    ]


def _holding(certification_ids: Collection[int], now: datetime) -> Select[int, datetime | None]:
    """Everybody with a term that is not over and was not revoked since, suspended or not, and the end of the last one, if each has a date to end on."""
    term, revoked = aliased(CertificateEvent), aliased(CertificateEvent)
    is_later = or_(revoked.effective_at > term.effective_at, and_(revoked.effective_at == term.effective_at, revoked.id > term.id))
    of_same = (revoked.person_id == term.person_id, revoked.certification_id == term.certification_id)
    is_revoked = select(revoked.id).where(*of_same, revoked.kind == EventKind.REVOKED.value, revoked.effective_at <= now, is_later).exists()
    last_end = case((func.count() == func.count(term.valid_until), func.max(term.valid_until)))
    is_over = or_(and_(term.valid_until.is_not(None), term.valid_until <= now), one_of_ids(term.id, "lapsed"))
    asked = select(term.person_id, last_end.label("ends_at")).where(term.certification_id.in_(sorted(certification_ids)), term.valid_from.is_not(None))
    return asked.where(~is_over, ~is_revoked).group_by(term.person_id).params(lapsed=_lapsed_by_disuse(certification_ids, now))


def holders(certification_ids: Collection[int], *, now: datetime) -> dict[int, datetime | None]:
    """Everybody who holds one of these certificates now or from a later day on, by id, and when the last of these terms ends; two statements."""
    return dict(db.session.execute(_holding(certification_ids, now)).all()) if certification_ids else {}


def awarded_ever(certification_ids: Collection[int]) -> frozenset[int]:
    """Which of these certifications anybody ever earned."""
    asked = select(CertificateEvent.certification_id).where(CertificateEvent.certification_id.in_(sorted(certification_ids)))
    return frozenset(db.session.scalars(asked.distinct()))


def holder_count_ending(certification_ids: Collection[int], *, now: datetime, by: datetime) -> int:
    """Of how many holders the last term ends before an instant."""
    if not certification_ids:
        return 0
    held = _holding(certification_ids, now).subquery()
    return db.session.scalar(select(func.count()).select_from(held).where(held.c.ends_at <= by)) or 0


def holders_ending(certification_ids: Collection[int], *, now: datetime, by: datetime, skipped: int = 0, count: int = 30) -> list[tuple[Person, datetime]]:
    """The holders whose last term ends before an instant, the first to end first."""
    if not certification_ids:
        return []
    held = _holding(certification_ids, now).subquery()
    asked = select(Person, held.c.ends_at).join(held, held.c.person_id == Person.id).where(held.c.ends_at <= by)
    rows = db.session.execute(asked.order_by(held.c.ends_at, Person.id).offset(skipped).limit(count))
    return [(person, ends_at) for person, ends_at in rows]


def personal_deltas(person_id: int) -> list[dict[str, object]]:
    """What a person was asked to learn, as they take it away."""
    rows = db.session.scalars(select(Obligation).where(Obligation.person_id == person_id).order_by(Obligation.recorded_at, Obligation.id))
    return [
        {
            "module": owed.module_slug,
            "version": owed.module_version,
            "how": owed.kind,
            "from": owed.effective_from,
            "due_at": owed.due_at,
            "met_at": owed.met_at,
        }
        for owed in rows
    ]
