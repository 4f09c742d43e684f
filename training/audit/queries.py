"""Questions to the audit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, text, tuple_
from sqlalchemy.orm import selectinload

from training.audit.models import AuditEntry, AuditSalt, AuditSeal, AuditWords
from training.db import Prepared, Remembered, db

PAGE_SIZE = 50
HASHES_READ = 10_000
SEALER_LOCK = 7_023_816
"""The advisory lock on PostgreSQL that only one sealer holds."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries somebody wants to see; what is None does not narrow."""

    deed: str | None = None
    """A whole deed (`person.created`) or the room before the dot (`person`)."""
    actor_kind: str | None = None
    actor_id: int | None = None
    subject_kind: str | None = None
    subject_id: str | None = None


_SALTS: Remembered[str, bytes] = Remembered(2)
_SALT = Prepared(select(AuditSalt.salt).where(AuditSalt.month == bindparam("month")))


def salt_of(month: str) -> bytes | None:
    """The salt of this month, if any value was hidden in it yet: read once by each process, when it is there for good."""
    known = _SALTS.get(month)
    if known is not None:
        return known
    for (salt,) in _SALT.rows(month=month):
        return _SALTS.put(month, bytes(salt))
    made_here = db.session.get(AuditSalt, month)
    return made_here.salt if made_here else None


def entries_page(wanted: EntryFilter, *, before_id: int | None = None) -> Sequence[AuditEntry]:
    """A page of entries, the newest first, and one more where there are more."""
    asked = select(AuditEntry).options(selectinload(AuditEntry.words)).order_by(AuditEntry.id.desc()).limit(PAGE_SIZE + 1)
    if before_id is not None:
        asked = asked.where(AuditEntry.id < before_id)
    if wanted.deed is not None:
        asked = asked.where(AuditEntry.deed == wanted.deed if "." in wanted.deed else AuditEntry.deed.startswith(f"{wanted.deed}.", autoescape=True))
    for column, value in (
        (AuditEntry.actor_kind, wanted.actor_kind),
        (AuditEntry.actor_id, wanted.actor_id),
        (AuditEntry.subject_kind, wanted.subject_kind),
        (AuditEntry.subject_id, wanted.subject_id),
    ):
        if value is not None:
            asked = asked.where(column == value)
    return db.session.scalars(asked).all()


def entries_about(kind: str, identity: str, *, without: Collection[str], after: tuple[datetime, int] | None, limit: int) -> Sequence[AuditEntry]:
    """What was done to one thing but for these deeds, in the order of time and of number, behind this time and number; so many at most."""
    asked = select(AuditEntry).options(selectinload(AuditEntry.words))
    asked = asked.where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == identity, AuditEntry.deed.not_in(without))
    if after is not None:
        asked = asked.where(tuple_(AuditEntry.at, AuditEntry.id) > after)
    return db.session.scalars(asked.order_by(AuditEntry.at, AuditEntry.id).limit(limit)).all()


def entries_noting(deeds: Collection[str], kind: str, identities: Collection[str], *, until: datetime) -> Sequence[AuditEntry]:
    """What was done of these deeds to things of one kind, up to an instant, in order."""
    asked = select(AuditEntry).options(selectinload(AuditEntry.words))
    asked = asked.where(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(identities), AuditEntry.deed.in_(deeds))
    return db.session.scalars(asked.where(AuditEntry.at <= until).order_by(AuditEntry.id)).all()


def times_noted(deed: str, *, actor_id: int, kind: str, identity: str, most: int) -> int:
    """How many entries say that this person did this to one thing; counted no further than `most`."""
    own = AuditEntry.subject_kind == kind, AuditEntry.subject_id == identity, AuditEntry.deed == deed, AuditEntry.actor_id == actor_id
    return db.session.scalar(select(func.count()).select_from(select(AuditEntry.id).where(*own).limit(most).subquery())) or 0


def may_seal() -> bool:
    """Whether this transaction is now the only sealer. On SQLite a writing transaction is alone anyway."""
    if db.engine.dialect.name != "postgresql":
        return True
    return bool(db.session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": SEALER_LOCK}))


def last_seal() -> AuditSeal | None:
    """The end of the chain."""
    return db.session.scalar(select(AuditSeal).order_by(AuditSeal.position.desc()).limit(1))


def seal_at(position: int) -> AuditSeal | None:
    """The link at this position."""
    return db.session.get(AuditSeal, position)


def unsealed_entries(*, settled_before: datetime | None, limit: int) -> Sequence[AuditEntry]:
    """Entries that are not in the chain yet, oldest first.

    Entries get their ids before their transactions commit, so one may appear behind another that is sealed. What was
    sealed before `settled_before` has nothing behind it that could still appear; None looks at everything.
    """
    asked = select(AuditEntry).outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id).where(AuditSeal.entry_id.is_(None))
    if settled_before is not None:
        settled = select(AuditSeal.entry_id).where(AuditSeal.sealed_at < settled_before).order_by(AuditSeal.sealed_at.desc(), AuditSeal.position.desc())
        asked = asked.where(AuditEntry.id > func.coalesce(settled.limit(1).scalar_subquery(), 0))
    return db.session.scalars(asked.order_by(AuditEntry.id).limit(limit)).all()


def unsealed_count() -> int:
    """How many entries are not in the chain, wherever they stand."""
    asked = select(func.count()).select_from(AuditEntry).outerjoin(AuditSeal, AuditSeal.entry_id == AuditEntry.id).where(AuditSeal.entry_id.is_(None))
    return db.session.scalar(asked) or 0


def positions_of(entry_ids: Sequence[int]) -> Mapping[int, int]:
    """Where in the chain these entries stand, by id; those that are not sealed yet are left out. So many at once as ids fit one statement."""
    asked = select(AuditSeal.entry_id, AuditSeal.position).where(AuditSeal.entry_id.in_(entry_ids))
    return dict(db.session.execute(asked).all())


def links_at(positions: Sequence[int]) -> Sequence[tuple[AuditSeal, AuditEntry]]:
    """The seals at these positions with their entries, in order. Likewise."""
    asked = select(AuditSeal, AuditEntry).join(AuditEntry, AuditEntry.id == AuditSeal.entry_id).options(selectinload(AuditEntry.words))
    asked = asked.where(AuditSeal.position.in_(positions))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(AuditSeal.position))]


def chain_hashes(*, until: int) -> Iterator[str]:
    """The hashes of the chain up to this position, in order; ten thousand in memory at a time."""
    for begin in range(0, until, HASHES_READ):
        asked = select(AuditSeal.hash).where(AuditSeal.position > begin, AuditSeal.position <= min(begin + HASHES_READ, until))
        yield from db.session.scalars(asked.order_by(AuditSeal.position)).all()


def written_words() -> Iterator[tuple[AuditWords, str]]:
    """What people wrote, with the detail of its entry; a thousand in memory at a time."""
    asked = select(AuditWords, AuditEntry.detail_json).join(AuditEntry, AuditEntry.id == AuditWords.entry_id).order_by(AuditWords.entry_id, AuditWords.name)
    for row in db.session.execute(asked.execution_options(yield_per=1000)):
        yield row[0], row[1]


def chain() -> Iterator[tuple[AuditSeal, AuditEntry | None]]:
    """Every seal in order with the entry it seals, if that is still there; a thousand in memory at a time."""
    asked = select(AuditSeal, AuditEntry).outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id).order_by(AuditSeal.position)
    for row in db.session.execute(asked.execution_options(yield_per=1000)):
        yield row[0], row[1]
