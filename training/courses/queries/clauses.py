"""Clauses as they stood when something was decided by them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from training.courses.models import Clause, ClauseVersion, Module, ModuleVersion
from training.courses.rules.clause_changes import ClauseWords
from training.courses.rules.versions import Version
from training.db import db


class Standing(StrEnum):
    """What became of a clause since."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class QuotedClause:
    """A clause as one version of its module has it."""

    code: str
    html: str
    language: str
    module_slug: str
    module_title: str
    anchor: str
    version: Version
    published_at: datetime
    standing: Standing
    """What it says by now, in whichever module it stands."""


_VERSIONS = (
    select(
        Clause.code,
        ClauseVersion.id,
        ClauseVersion.content_hash,
        ModuleVersion.published_at,
        (Module.current_version_id == ModuleVersion.id).label("is_current"),
    )
    .join_from(ClauseVersion, Clause, Clause.id == ClauseVersion.clause_id)
    .join(ModuleVersion, ModuleVersion.id == ClauseVersion.module_version_id)
    .join(Module, Module.id == ModuleVersion.module_id)
    .order_by(ModuleVersion.published_at, ClauseVersion.id)
)
"""All versions of clauses, the oldest first, without their texts."""

TOLD = ("title", "major", "minor", "patch", "published_at")
_TEXTS = (
    select(ClauseVersion.id, ClauseVersion.html, Module.slug, Module.language, *(getattr(ModuleVersion, name) for name in TOLD))
    .join_from(ClauseVersion, ModuleVersion, ModuleVersion.id == ClauseVersion.module_version_id)
    .join(Module, Module.id == ModuleVersion.module_id)
)


def clauses_as_of(codes: Collection[str], *, at: datetime) -> list[QuotedClause]:
    """These clauses, in this order, as they stood at an instant; two statements.

    One that was first published later is quoted as it was then; a code that no module ever had is left out.
    """
    versions: dict[str, list[Any]] = {}
    for row in db.session.execute(_VERSIONS.where(Clause.code.in_(set(codes)))):
        versions.setdefault(row.code, []).append(row)
    quoted = {code: _standing_at(versions[code], at) for code in codes if code in versions}
    return _with_texts({code: (row.id, _standing_now(row, versions[code])) for code, row in quoted.items()})


def _standing_at(versions: list[Any], at: datetime) -> Any:
    """The newest of these versions, the oldest first, that was published by then; else the first there was."""
    return next((row for row in reversed(versions) if row.published_at <= at), versions[0])


def _standing_now(quoted: Any, versions: list[Any]) -> Standing:
    current = [row.content_hash for row in versions if row.is_current]
    if not current:
        return Standing.GONE
    return Standing.SAME if quoted.content_hash in current else Standing.CHANGED


def _with_texts(chosen: dict[str, tuple[int, Standing]]) -> list[QuotedClause]:
    if not chosen:
        return []
    ids = [row_id for row_id, _standing in chosen.values()]
    texts = {row.id: row for row in db.session.execute(_TEXTS.where(ClauseVersion.id.in_(ids)))}
    return [_quoted(code, texts[row_id], standing) for code, (row_id, standing) in chosen.items()]


def _quoted(code: str, row: Any, standing: Standing) -> QuotedClause:
    return QuotedClause(code, row.html, row.language, row.slug, row.title, code.lower(), Version(row.major, row.minor, row.patch), row.published_at, standing)


@dataclass(frozen=True, slots=True)
class PublishedClauses:
    """A module's current version, and what its clauses say in it, in their order."""

    version: Version
    clauses: tuple[ClauseWords, ...]


_CURRENT = (
    select(Module.slug, ModuleVersion.major, ModuleVersion.minor, ModuleVersion.patch, Clause.code, ClauseVersion.text, ClauseVersion.labels)
    .join(ModuleVersion, ModuleVersion.id == Module.current_version_id)
    .outerjoin(ClauseVersion, ClauseVersion.module_version_id == ModuleVersion.id)
    .outerjoin(Clause, Clause.id == ClauseVersion.clause_id)
    .order_by(Module.slug, ClauseVersion.position)
)


def published_clauses() -> dict[str, PublishedClauses]:
    """What is published of every module, by its slug; one statement."""
    versions: dict[str, Version] = {}
    found: dict[str, list[ClauseWords]] = {}
    for slug, major, minor, patch, code, words, labels in db.session.execute(_CURRENT):
        versions[slug] = Version(major, minor, patch)
        found.setdefault(slug, []).extend([ClauseWords(code, words, tuple(labels))] if code is not None else [])
    return {slug: PublishedClauses(version, tuple(found[slug])) for slug, version in versions.items()}
