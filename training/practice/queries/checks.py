"""Practice sets and their runs."""

from dataclasses import dataclass

from sqlalchemy import select

from training.db import db
from training.errors import NotFound
from training.practice.models import Check, CheckVersion, PracticeSession


@dataclass(frozen=True, slots=True)
class KnownCheck:
    """A practice set as it stands now."""

    slug: str
    title: str
    case_count: int
    pass_count: int


def check_by_slug(slug: str) -> Check | None:
    """The practice set of this id of the content folder."""
    return db.session.scalar(select(Check).where(Check.slug == slug))


def known_check(slug: str) -> tuple[Check, CheckVersion]:
    """The practice set and its current version. Raises NotFound."""
    row = db.session.execute(select(Check, CheckVersion).join(CheckVersion, CheckVersion.id == Check.current_version_id).where(Check.slug == slug)).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def check_version(check_version_id: int) -> CheckVersion:
    """One version of a practice set."""
    return db.session.get_one(CheckVersion, check_version_id)


def check_of_version(version: CheckVersion) -> Check:
    """The practice set that this is a version of."""
    return db.session.get_one(Check, version.check_id)


def known_checks() -> list[KnownCheck]:
    """Every practice set, by title."""
    rows = db.session.execute(
        select(Check.slug, CheckVersion).join(CheckVersion, CheckVersion.id == Check.current_version_id).order_by(CheckVersion.title, Check.slug)
    )
    return [KnownCheck(slug, version.title, len(version.case_ids), version.pass_count) for slug, version in rows]


def check_titles() -> dict[str, str]:
    """The title of every practice set, by slug."""
    return {check.slug: check.title for check in known_checks()}


def runs_of_check(person_id: int, slug: str, *, size: int = 5) -> list[PracticeSession]:
    """This person's finished runs of a check, the newest first."""
    question = select(PracticeSession).where(
        PracticeSession.person_id == person_id, PracticeSession.scope == f"check:{slug}", PracticeSession.ended_at.is_not(None)
    )
    return list(db.session.scalars(question.order_by(PracticeSession.id.desc()).limit(size)))
