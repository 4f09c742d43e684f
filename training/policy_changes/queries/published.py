"""The changes that were published."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, tuple_

from training.db import db
from training.errors import NotFound
from training.policy_changes.models import PublishedChange


def published_changes(*, skipped: int = 0, count: int = 30) -> Sequence[PublishedChange]:
    """The changes that ask something of people, the latest first."""
    asked = select(PublishedChange).order_by(PublishedChange.published_at.desc(), PublishedChange.id.desc())
    return db.session.scalars(asked.offset(skipped).limit(count)).all()


def change_of(module: str, version: str) -> PublishedChange:
    """The change that led to this version of a module. Raises NotFound."""
    found = db.session.scalar(select(PublishedChange).where(PublishedChange.module_slug == module, PublishedChange.version == version))
    if found is None:
        raise NotFound
    return found


def changes_of(versions: Collection[tuple[str, str]]) -> dict[tuple[str, str], PublishedChange]:
    """The changes that led to these versions of modules, by both."""
    if not versions:
        return {}
    asked = select(PublishedChange).where(tuple_(PublishedChange.module_slug, PublishedChange.version).in_(sorted(versions)))
    return {(found.module_slug, found.version): found for found in db.session.scalars(asked)}


def exam_versions_used() -> frozenset[tuple[str, str]]:
    """The versions of delta exams that an earlier change asks for: somebody may have passed them, and nobody passes one twice."""
    return frozenset((slug, version) for exams in db.session.scalars(select(PublishedChange.exams)) for slug, version in exams)
