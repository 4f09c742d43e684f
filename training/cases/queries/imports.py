"""What was brought in from elsewhere, and what it has to be compared with."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from training.cases.importing.families import Kin
from training.cases.models import Case, CaseVersion, ImportedCase
from training.cases.rules import Pool, Surface
from training.db import db
from training.errors import NotFound

IMPORT_LOCK = 7_203_115
"""Any number that nothing else locks."""
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that was brought in before."""

    id: int
    digest: str
    is_published: bool
    """Whether a case runs of it."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """The content of something stored: a case, or a draft."""

    slug: str
    surface: Surface
    content: Mapping[str, Any]
    case_id: int | None
    draft_id: int | None
    is_examined: bool
    """Whether it is a case of the exam pool."""


def wait_for_other_imports() -> None:
    """Two files are never brought in at once: the second waits until the first is done. SQLite's single writer sees to it by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(IMPORT_LOCK)))


def known_rows(source: str) -> dict[str, KnownRow]:
    """Every row of this source that was brought in before, by its key."""
    running = select(Case.id).where(Case.slug == ImportedCase.slug).exists()
    rows = db.session.execute(select(ImportedCase.key, ImportedCase.id, ImportedCase.digest, running).where(ImportedCase.source == source))
    return {key: KnownRow(id_, digest, is_published) for key, id_, digest, is_published in rows}


def stored_texts(*, but: Collection[str]) -> Iterator[StoredText]:
    """The content of every case and every draft, in a fixed order; not of those with these slugs."""
    cases = select(Case.slug, Case.surface, CaseVersion.content, Case.id, Case.pool).join(CaseVersion, Case.current_version_id == CaseVersion.id)
    for row in db.session.execute(cases.order_by(Case.id), execution_options={"yield_per": ROWS_AT_ONCE}):
        if row.slug not in but:
            yield StoredText(row.slug, Surface(row.surface), row.content, row.id, None, row.pool == Pool.EXAM)
    drafts = select(ImportedCase.slug, ImportedCase.surface, ImportedCase.content, ImportedCase.id)
    for row in db.session.execute(drafts.order_by(ImportedCase.id), execution_options={"yield_per": ROWS_AT_ONCE}):
        if row.slug not in but:
            yield StoredText(row.slug, Surface(row.surface), row.content, None, row.id, False)


def complete_drafts(source: str) -> list[ImportedCase]:
    """The drafts of this source that are whole cases and of which no case runs, in the order in which they came."""
    running = select(Case.id).where(Case.slug == ImportedCase.slug).exists()
    question = select(ImportedCase).where(ImportedCase.source == source, ImportedCase.is_complete.is_(True), ~running)
    return list(db.session.scalars(question.order_by(ImportedCase.id)))


def imported_waiting(sought: str, *, skipped: int, count: int) -> list[ImportedCase]:
    """Rows of which no case runs, the last brought in first: with these words in the id, the source's own id, or the name of the source."""
    running = select(Case.id).where(Case.slug == ImportedCase.slug).exists()
    asked = select(ImportedCase).where(~running)
    for word in sought.lower().split():
        named = (func.lower(column).contains(word, autoescape=True) for column in (ImportedCase.slug, ImportedCase.key, ImportedCase.source))
        asked = asked.where(or_(*named))
    return list(db.session.scalars(asked.order_by(ImportedCase.import_id.desc(), ImportedCase.line, ImportedCase.id).offset(skipped).limit(count)))


def imported_case(imported_id: int) -> ImportedCase:
    """This row. Raises NotFound."""
    found = db.session.get(ImportedCase, imported_id)
    if found is None:
        raise NotFound(imported_id)
    return found


def imported_as(slug: str) -> ImportedCase | None:
    """The row that has this id as a case."""
    return db.session.scalar(select(ImportedCase).where(ImportedCase.slug == slug))


def drafts_with_kin() -> Iterator[Kin]:
    """Every draft, with what it is like and the families of the cases among that."""
    like, own = aliased(Case), aliased(Case)
    columns = (ImportedCase.id, ImportedCase.slug, ImportedCase.duplicate_of_id, like.family, like.pool, own.family, own.pool)
    question = select(*columns).outerjoin(like, like.id == ImportedCase.duplicate_of_case_id).outerjoin(own, own.slug == ImportedCase.slug)
    for id_, slug, original_id, like_family, like_pool, own_family, own_pool in db.session.execute(question):
        families = tuple(family for family in (like_family, own_family) if family is not None)
        yield Kin(id_, slug, original_id, families, Pool.EXAM in (like_pool, own_pool))


def examined_families() -> frozenset[str]:
    """The families of the exam pool."""
    return frozenset(db.session.scalars(select(Case.family).where(Case.pool == Pool.EXAM.value).distinct()))
