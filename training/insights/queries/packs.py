"""The packs there are, and which of them somebody may open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from training.db import db
from training.errors import NotFound
from training.insights.models import EvidencePack

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at packs: everybody's, or their own about the team that they lead now."""

    person_id: int
    team_id: int | None
    sees_all: bool

    @property
    def may_open(self) -> ColumnElement[bool]:
        """Whether a pack is one of those."""
        own = (EvidencePack.asked_by_id == self.person_id) & EvidencePack.team_id.is_not(None) & (EvidencePack.team_id == self.team_id)
        return EvidencePack.id.is_not(None) if self.sees_all else own


def packs_page(viewer: Viewer, *, before_id: int | None = None) -> Sequence[EvidencePack]:
    """A page of the packs that somebody may open, the newest first, and one more where there are more."""
    asked = select(EvidencePack).where(viewer.may_open).order_by(EvidencePack.id.desc()).limit(PAGE_SIZE + 1)
    return db.session.scalars(asked if before_id is None else asked.where(EvidencePack.id < before_id)).all()


def pack_numbered(public_id: str, viewer: Viewer) -> EvidencePack:
    """The pack of this number, for whoever may open it. Raises NotFound."""
    found = db.session.scalar(select(EvidencePack).where(EvidencePack.public_id == public_id, viewer.may_open))
    if found is None:
        raise NotFound(public_id)
    return found


def waiting_packs(person_id: int) -> Sequence[EvidencePack]:
    """The packs of somebody that are not made yet, in order."""
    asked = select(EvidencePack).where(EvidencePack.asked_by_id == person_id, EvidencePack.made_at.is_(None))
    return db.session.scalars(asked.order_by(EvidencePack.id)).all()


def next_waiting(*, left_alone_since: datetime, is_to_be_taken: bool = False) -> EvidencePack | None:
    """The pack that waits longest for a job, of those that no job is at or that one has left alone since then; locked where it is to be taken."""
    is_free = or_(EvidencePack.begun_at.is_(None), EvidencePack.begun_at < left_alone_since)
    order = (EvidencePack.worked_at.is_not(None), EvidencePack.worked_at, EvidencePack.id)
    asked = select(EvidencePack).where(EvidencePack.made_at.is_(None), is_free).order_by(*order).limit(1)
    asked = asked.with_for_update(skip_locked=True) if is_to_be_taken else asked
    return db.session.scalar(asked.execution_options(populate_existing=True))


def personal_packs(person_id: int) -> list[dict[str, object]]:
    """The packs that a person asked for or that are about them alone, as they take them away."""
    about = EvidencePack.person_id == person_id
    asked = select(EvidencePack).where(or_(about, EvidencePack.asked_by_id == person_id)).order_by(EvidencePack.id)
    return [
        {
            "number": pack.public_id,
            "is_about_you": pack.person_id == person_id,
            "was_asked_for_by_you": pack.asked_by_id == person_id,
            "scope": pack.scope,
            "at": pack.at,
            "since": pack.since,
            "asked_at": pack.asked_at,
            "sha256": pack.sha256,
        }
        for pack in db.session.scalars(asked)
    ]


def numbers_among(numbers: Iterable[str]) -> set[str]:
    """Which of these are numbers of packs, five hundred a statement."""
    wanted, found = sorted(numbers), set[str]()
    for begin in range(0, len(wanted), 500):
        found.update(db.session.scalars(select(EvidencePack.public_id).where(EvidencePack.public_id.in_(wanted[begin : begin + 500]))))
    return found
