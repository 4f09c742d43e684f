"""The handbook: current modules, their versions and clauses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, defer, joinedload

from training.courses.models import Clause, ClauseVersion, Module, ModuleVersion
from training.courses.rules.versions import Version
from training.db import db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class CurrentModule:
    """A module as it stands now, without its text."""

    module_id: int
    module_version_id: int
    slug: str
    area: str
    language: str
    title: str
    summary: str
    version: Version
    section_count: int
    word_count: int
    original_id: int | None
    """What it translates; nothing of an original."""


@dataclass(frozen=True, slots=True)
class CurrentClause:
    """A clause as it stands now; its page is the module's, at the anchor."""

    code: str
    labels: tuple[str, ...]
    html: str
    text: str
    module_slug: str
    module_title: str
    anchor: str


def current_modules() -> list[CurrentModule]:
    """Every module, translations too, by area, then title."""
    columns = (Module.slug, Module.area, Module.language, Module.original_id, ModuleVersion)
    light = (defer(ModuleVersion.source), defer(ModuleVersion.html), defer(ModuleVersion.outline))
    statement = (
        select(*columns)
        .join(ModuleVersion, Module.current_version_id == ModuleVersion.id)
        .options(*light)
        .order_by(Module.area, ModuleVersion.title, Module.id)
    )
    return [
        CurrentModule(
            version.module_id,
            version.id,
            slug,
            area,
            language,
            version.title,
            version.summary,
            version.version,
            version.section_count,
            version.word_count,
            original_id,
        )
        for slug, area, language, original_id, version in db.session.execute(statement)
    ]


def module_by_slug(slug: str) -> Module:
    """The module of this slug with its current version. Raises NotFound."""
    current = contains_eager(Module.current_version).options(defer(ModuleVersion.source))
    statement = select(Module).join(ModuleVersion, Module.current_version_id == ModuleVersion.id).options(current).where(Module.slug == slug)
    module = db.session.scalar(statement)
    if module is None:
        raise NotFound
    return module


def known_module(slug: str) -> Module | None:
    """The module of this slug, or None where none was ever published."""
    return db.session.scalar(select(Module).options(joinedload(Module.current_version)).where(Module.slug == slug))


def versions_of(module_id: int) -> Sequence[ModuleVersion]:
    """Every version of a module, the newest first, without their pages."""
    unread = (defer(ModuleVersion.source), defer(ModuleVersion.html))
    order = (ModuleVersion.major.desc(), ModuleVersion.minor.desc(), ModuleVersion.patch.desc())
    return db.session.scalars(select(ModuleVersion).options(*unread).where(ModuleVersion.module_id == module_id).order_by(*order)).all()


def version_known(module_id: int, version: Version) -> ModuleVersion | None:
    """One version of a module; nothing where it never ran here."""
    return db.session.scalar(
        select(ModuleVersion).where(
            ModuleVersion.module_id == module_id,
            ModuleVersion.major == version.major,
            ModuleVersion.minor == version.minor,
            ModuleVersion.patch == version.patch,
        )
    )


def module_version(module_id: int, version: Version) -> ModuleVersion:
    """One version of a module. Raises NotFound."""
    found = version_known(module_id, version)
    if found is None:
        raise NotFound
    return found


def clause_by_code(code: str) -> CurrentClause:
    """A clause as its module's current version has it. Raises NotFound where none has it (any more)."""
    statement = (
        select(ClauseVersion, Clause.code, Module.slug, ModuleVersion.title)
        .join(Clause, ClauseVersion.clause_id == Clause.id)
        .join(Module, ClauseVersion.module_version_id == Module.current_version_id)
        .join(ModuleVersion, ModuleVersion.id == Module.current_version_id)
        .where(Clause.code == code)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    version: ClauseVersion = row.ClauseVersion
    return CurrentClause(row.code, tuple(version.labels), version.html, version.text, row.slug, row.title, row.code.lower())


def known_clauses(codes: Iterable[str]) -> dict[str, Clause]:
    """The clauses of these codes, whichever module has or had them."""
    return {clause.code: clause for clause in db.session.scalars(select(Clause).where(Clause.code.in_(set(codes))))}


def current_clause_codes() -> frozenset[str]:
    """The codes of all clauses that current module versions have."""
    statement = select(Clause.code).join(ClauseVersion, ClauseVersion.clause_id == Clause.id)
    return frozenset(db.session.scalars(statement.join(Module, ClauseVersion.module_version_id == Module.current_version_id)))


def clause_codes_ever() -> frozenset[str]:
    """The codes of all clauses that any version of any module ever had."""
    return frozenset(db.session.scalars(select(Clause.code)))
